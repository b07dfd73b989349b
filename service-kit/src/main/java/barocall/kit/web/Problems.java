package barocall.kit.web;

import barocall.kit.process.Frames;
import barocall.kit.tracing.Traces;
import barocall.kit.web.ProblemException.FieldError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.context.MessageSource;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers every error: problem details for programs, a page in the reader's language for people.
 * Faults of our own are logged once, under an id that the answer shows.
 */
public final class Problems implements ErrorWebExceptionHandler, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private static final Pattern CODE_WITH_ARGUMENTS =
      Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+\\|.*", Pattern.DOTALL);

  private final MessageSource words;
  private final Pages pages;
  private final ChosenLanguage languages;
  private final ServerCodecConfigurer codecs;
  private final List<ViewResolver> views;
  private final Supplier<String> ids;
  private final MeterRegistry registry;
  private final ProblemReading reading = new ProblemReading();

  Problems(
      MessageSource words,
      Pages pages,
      ChosenLanguage languages,
      ServerCodecConfigurer codecs,
      List<ViewResolver> views,
      Supplier<String> ids,
      MeterRegistry registry) {
    this.words = words;
    this.pages = pages;
    this.languages = languages;
    this.codecs = codecs;
    this.views = views;
    this.ids = ids;
    this.registry = registry;
  }

  /** Before Spring's own, which would answer without a body. */
  @Override
  public int getOrder() {
    return -2;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
    if (ClientGone.by(error) || isAnsweredByTheServer(exchange)) {
      return Mono.error(error);
    }
    if (exchange.getResponse().isCommitted()) {
      return Traces.<Void>logging(
              () ->
                  LOG.error(
                      "{} {} broke off: {}",
                      exchange.getRequest().getMethod(),
                      template(exchange),
                      Frames.of(error)))
          .then(Mono.error(error));
    }
    ProblemException problem = reading.of(error);
    if (!problem.status().is5xxServerError()) {
      return answered(exchange, problem, null);
    }
    String id = ids.get();
    return Traces.<Void>logging(() -> log(exchange, problem, id, error))
        .then(Mono.defer(() -> answered(exchange, problem, id)));
  }

  private Mono<Void> answered(
      ServerWebExchange exchange, ProblemException problem, @Nullable String id) {
    return answer(exchange, problem, id)
        .doOnError(
            again -> {
              if (!ClientGone.by(again)) {
                LOG.error(
                    "{} {} could not even be answered with its problem: {}",
                    exchange.getRequest().getMethod(),
                    template(exchange),
                    Frames.of(again));
              }
            });
  }

  /** Writes a problem as the answer; for filters and entry points, which cannot throw. */
  public Mono<Void> answer(ServerWebExchange exchange, ProblemException problem) {
    return answer(exchange, problem, null);
  }

  /** What is said of a request that was none, and so has no exchange. */
  Problem bare(HttpStatus status) {
    return said(ProblemReading.coded(status), null, Locale.KOREAN);
  }

  private Mono<Void> answer(
      ServerWebExchange exchange, ProblemException problem, @Nullable String id) {
    Counter.builder("barocall.requests.refused")
        .description("Requests that were answered with a problem")
        .tag("problem", name(problem))
        .tag("status", Integer.toString(problem.status().value()))
        .register(registry)
        .increment();
    Problem said = said(problem, id, languages.of(exchange));
    if (PreferredAnswer.isPage(exchange.getRequest().getHeaders())) {
      return pages
          .of(exchange)
          .onErrorResume(noVisitor -> pages.withoutVisitor(exchange))
          .flatMap(page -> page(exchange, problem, said, page));
    }
    return ServerResponse.status(problem.status())
        .headers(headers -> headers.putAll(problem.headers()))
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .bodyValue(said)
        .flatMap(response -> response.writeTo(exchange, new Writing()));
  }

  private Mono<Void> page(
      ServerWebExchange exchange, ProblemException problem, Problem said, Page page) {
    return ServerResponse.status(problem.status())
        .headers(headers -> headers.putAll(problem.headers()))
        .contentType(MediaType.TEXT_HTML)
        .render("problem", Map.of(Pages.PAGE, page, "problem", said))
        .flatMap(response -> response.writeTo(exchange, new Writing()));
  }

  private Problem said(ProblemException problem, @Nullable String id, Locale locale) {
    List<FieldError> errors =
        problem.errors().stream()
            .map(wrong -> new FieldError(wrong.field(), say(wrong.message(), locale)))
            .toList();
    return new Problem(
        "urn:barocall:problem:" + name(problem),
        say(problem.title(), locale),
        problem.status().value(),
        say(problem.detail(), locale, problem.arguments()),
        errors,
        id,
        problem.more());
  }

  /** A code ends in the problem's own name; anything else is named after its status. */
  private static String name(ProblemException problem) {
    String title = problem.title();
    if (title.matches("[a-z0-9.-]+\\.title")) {
      String code = title.substring(0, title.length() - ".title".length());
      return code.substring(code.lastIndexOf('.') + 1);
    }
    return problem.status().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Field messages may bring their arguments behind bars: {@code code|first|second}. */
  private String say(String text, Locale locale, Object... arguments) {
    Object[] given = arguments;
    String code = text;
    if (given.length == 0 && CODE_WITH_ARGUMENTS.matcher(text).matches()) {
      String[] parts = text.split("\\|", -1);
      code = parts[0];
      given = Arrays.copyOfRange(parts, 1, parts.length);
    }
    String found = words.getMessage(code, given, text, locale);
    return found == null ? text : found;
  }

  private static void log(
      ServerWebExchange exchange, ProblemException problem, String id, Throwable error) {
    HttpMethod method = exchange.getRequest().getMethod();
    Throwable cause = problem.getCause() == null ? error : problem.getCause();
    if (problem.status() == HttpStatus.INTERNAL_SERVER_ERROR) {
      LOG.error("{} {} failed, problem {}: {}", method, template(exchange), id, Frames.of(cause));
    } else {
      LOG.warn(
          "{} {} answered {}, problem {}: {}",
          method,
          template(exchange),
          problem.status().value(),
          id,
          cause.getClass().getSimpleName());
    }
  }

  /** The route's pattern rather than its path: a path may hold a receipt number or a name. */
  private static Object template(ServerWebExchange exchange) {
    return exchange.getAttributeOrDefault(
        HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "(no route)");
  }

  /** Of a body that is no HTTP the server itself has said so, before we have read it. */
  private static boolean isAnsweredByTheServer(ServerWebExchange exchange) {
    return !exchange.getResponse().isCommitted()
        && ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse())
            instanceof HttpServerResponse server
        && server.hasSentHeaders();
  }

  private final class Writing implements ServerResponse.Context {
    @Override
    public List<HttpMessageWriter<?>> messageWriters() {
      return codecs.getWriters();
    }

    @Override
    public List<ViewResolver> viewResolvers() {
      return views;
    }
  }
}
