package barocall.kit.web;

import barocall.city.Cities;
import barocall.city.City;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Pages, language, problems and limits, the same in all services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceUrls.class)
class WebConfiguration {
  /** How long a question is still asked after its last viewer left: they may only have reloaded. */
  private static final Duration LINGER = Duration.ofSeconds(30);

  @Bean
  Assets assets() {
    return new Assets();
  }

  @Bean
  Pages pages(
      @Value("${spring.application.name:barocall}") String service,
      @Value("${barocall.demo}") boolean demo,
      ServiceUrls urls,
      Assets assets,
      ObjectProvider<PageVisitors> visitors,
      ObjectProvider<CityNames> names,
      ObjectProvider<Cities> cities,
      ChosenLanguage languages) {
    return new Pages(
        service,
        demo,
        urls,
        assets.path(),
        visitors.getIfAvailable(() -> exchange -> Mono.empty()),
        names.getIfAvailable(() -> (city, locale) -> nameOf(cities.getIfAvailable(), city, locale)),
        Optional.ofNullable(cities.getIfAvailable()),
        languages);
  }

  @Bean(WebHttpHandlerBuilder.LOCALE_CONTEXT_RESOLVER_BEAN_NAME)
  ChosenLanguage chosenLanguage(ObjectProvider<Cities> cities) {
    return new ChosenLanguage(
        city ->
            Optional.ofNullable(cities.getIfAvailable())
                .flatMap(all -> all.city(city))
                .map(City::language));
  }

  /** A number is no text and a text no number: whoever mixes them up is told so. */
  @Bean
  JsonMapperBuilderCustomizer strictBodies() {
    return json ->
        json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withCoercionConfig(
                LogicalType.Textual,
                text ->
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }

  @Bean
  BodyLimit bodyLimit(@Value("${barocall.web.body-limit}") DataSize limit) {
    return new BodyLimit(limit);
  }

  @Bean
  InFlight inFlight(
      @Value("${barocall.max-in-flight}") int requests,
      @Value("${barocall.max-live-pages}") int streams,
      @Value("${barocall.max-bytes-in-flight}") DataSize bytes,
      @Value("${barocall.max-share-of-an-address}") double share,
      @Value("${barocall.web.body-limit}") DataSize body,
      @Value("${barocall.web.slowest-body}") Duration slowestBody,
      Problems problems,
      MeterRegistry registry) {
    InFlight inFlight =
        new InFlight(
            new InFlight.Limits(
                requests, streams, bytes.toBytes(), share, body.toBytes(), slowestBody),
            problems);
    Gauge.builder("barocall.requests.in.flight", inFlight, InFlight::requests)
        .description("Requests that are being answered")
        .register(registry);
    Gauge.builder("barocall.live.pages", inFlight, InFlight::streams)
        .description("Streams of live pages that are open")
        .register(registry);
    return inFlight;
  }

  @Bean
  static PlainMemory plainMemory() {
    return new PlainMemory();
  }

  @Bean
  ConnectionLimits connectionLimits(
      @Value("${barocall.max-connections}") int most,
      @Value("${barocall.web.slowest-write}") Duration slowestWrite,
      MeterRegistry registry) {
    ConnectionLimits limits = new ConnectionLimits(most, slowestWrite);
    Gauge.builder("barocall.connections", limits, ConnectionLimits::open)
        .description("Connections of clients")
        .register(registry);
    return limits;
  }

  @Bean
  Problems problems(
      MessageSource words,
      Pages pages,
      ChosenLanguage languages,
      ServerCodecConfigurer codecs,
      ObjectProvider<ViewResolver> views,
      MeterRegistry registry) {
    return new Problems(
        words,
        pages,
        languages,
        codecs,
        List.copyOf(views.orderedStream().toList()),
        WebConfiguration::randomId,
        registry);
  }

  @Bean
  BareRefusals bareRefusals(ObjectProvider<Problems> problems, JsonMapper json) {
    return new BareRefusals(
        status -> {
          HttpStatus known = HttpStatus.resolve(status);
          return json.writeValueAsBytes(
              problems.getObject().bare(known == null ? HttpStatus.BAD_REQUEST : known));
        });
  }

  @Bean
  DroppedErrors droppedErrors() {
    return new DroppedErrors();
  }

  @Bean
  LiveStreams liveStreams(
      JsonMapper json,
      @Value("${barocall.live.every}") Duration every,
      @Value("${barocall.live.apart}") Duration apart,
      @Value("${barocall.live.heartbeat}") Duration heartbeat,
      @Value("${barocall.live.longest}") Duration longest) {
    return new LiveStreams(
        json,
        new SharedPoll.Pace(every, apart, LINGER),
        heartbeat,
        longest,
        Schedulers.parallel(),
        WebConfiguration::randomId);
  }

  private static String nameOf(@Nullable Cities cities, String city, Locale locale) {
    return Optional.ofNullable(cities)
        .flatMap(all -> all.city(city))
        .map(it -> it.name().in(locale))
        .orElse(city);
  }

  private static String randomId() {
    return HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextLong()).substring(4);
  }
}
