package barocall.intake.citizen;

import barocall.access.IdentityNumbers;
import barocall.city.Category;
import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.Door;
import barocall.intake.inquiries.Accepted;
import barocall.intake.inquiries.Accepting;
import barocall.intake.inquiries.Answers;
import barocall.intake.inquiries.Draft;
import barocall.intake.inquiries.Refusals;
import barocall.intake.words.Reading;
import barocall.intake.words.Wrong;
import barocall.intake.words.WrongInputException;
import barocall.kit.events.BrokerAwayException;
import barocall.kit.web.PageController;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The cities, and the form by which a citizen writes to one. */
@PageController
class CitizenPages {
  private final Cities cities;
  private final Accepting accepting;
  private final Answers answers;
  private final MessageSource words;
  private final Clock clock;
  private final FormLimit limit;
  private final SecureRandom random = new SecureRandom();

  CitizenPages(
      Cities cities,
      Accepting accepting,
      Answers answers,
      MessageSource words,
      Clock clock,
      Ticker ticker) {
    this.cities = cities;
    this.accepting = accepting;
    this.answers = answers;
    this.words = words;
    this.clock = clock;
    this.limit = new FormLimit(ticker);
  }

  /** A city as the first page lists it. */
  record CityLink(String href, String name, @Nullable String number) {}

  /** A category as the form offers it; {@code words} are what it is found by. */
  record Choice(String id, String name, String words, boolean common) {}

  @GetMapping("/")
  Rendering cities(@RequestParam(required = false) @Nullable String city, Locale locale) {
    if (city != null && cities.city(city).isPresent()) {
      return Rendering.redirectTo("/" + city).build();
    }
    return Rendering.view("cities")
        .modelAttribute("cities", cities.all().stream().map(it -> link(it, locale)).toList())
        .build();
  }

  @GetMapping("/{city}")
  Rendering form(@PathVariable("city") String cityId, Locale locale) {
    City city = Refusals.city(cities, cityId);
    return form(city, FormValues.empty(newKey()), Map.of(), null, HttpStatus.OK, locale);
  }

  @PostMapping("/{city}")
  Mono<Rendering> send(
      @PathVariable("city") String cityId, ServerWebExchange exchange, Locale locale) {
    City city = Refusals.city(cities, cityId);
    InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
    String address =
        remote == null || remote.getAddress() == null
            ? "unknown"
            : remote.getAddress().getHostAddress();
    return exchange
        .getFormData()
        .map(FormValues::of)
        .flatMap(
            values ->
                limit.maySend(address)
                    ? send(city, values, address, locale)
                    : Mono.just(
                        form(
                            city,
                            values,
                            Map.of(),
                            "intake.form.too-many",
                            HttpStatus.TOO_MANY_REQUESTS,
                            locale)));
  }

  private Mono<Rendering> send(City city, FormValues values, String address, Locale locale) {
    return Mono.defer(
            () -> {
              Reading reading = new Reading();
              String key = reading.key("Idempotency-Key", values.key());
              Draft draft = Draft.of(values.body(), city, reading);
              return accepting.accept(city, Door.INQUIRIES, "form/" + key, values.body(), draft);
            })
        .map(accepted -> sent(accepted, values))
        .doOnError(failed -> limit.wasNotAccepted(address))
        .onErrorResume(
            WrongInputException.class,
            wrong ->
                Mono.just(
                    form(
                        city,
                        values.key().isBlank() ? values.withKey(newKey()) : values,
                        errors(wrong, locale),
                        null,
                        HttpStatus.BAD_REQUEST,
                        locale)))
        .onErrorResume(
            Accepting.OtherWordsException.class,
            used ->
                Mono.just(
                    form(
                        city,
                        values.withKey(newKey()),
                        Map.of(),
                        "intake.form.sent-already",
                        HttpStatus.CONFLICT,
                        locale)))
        .onErrorResume(
            BrokerAwayException.class,
            away ->
                Mono.just(
                    form(
                        city,
                        values,
                        Map.of(),
                        "intake.form.away",
                        HttpStatus.SERVICE_UNAVAILABLE,
                        locale)));
  }

  private Rendering sent(Accepted accepted, FormValues values) {
    boolean masked =
        List.of(values.text(), values.address(), values.name()).stream()
            .anyMatch(it -> IdentityNumbers.mask(it).masked() > 0);
    return Rendering.redirectTo(
            URI.create(answers.statusPath(accepted) + "&sent=1" + (masked ? "&masked=1" : ""))
                .toString())
        .status(HttpStatus.SEE_OTHER)
        .build();
  }

  private Rendering form(
      City city,
      FormValues values,
      Map<String, String> errors,
      @Nullable String notice,
      HttpStatus status,
      Locale locale) {
    Instant now = clock.instant();
    boolean open = city.isOpen(now);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("city", city);
    model.put("cityName", city.name().in(locale));
    model.put("number", number(city));
    model.put("open", open);
    model.put("readFrom", Shown.of(city.nextOpening(now), city.timeZone(), locale));
    model.put("choices", city.categories().stream().map(it -> choice(it, locale)).toList());
    model.put("values", values);
    model.put("errors", errors);
    model.put("notice", notice);
    var rendering = Rendering.view("form").model(model).status(status);
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      rendering.header(HttpHeaders.RETRY_AFTER, "2");
    } else if (status == HttpStatus.TOO_MANY_REQUESTS) {
      rendering.header(HttpHeaders.RETRY_AFTER, Long.toString(FormLimit.WHILE.toSeconds()));
    }
    return rendering.build();
  }

  private Map<String, String> errors(WrongInputException wrong, Locale locale) {
    Map<String, String> errors = new LinkedHashMap<>();
    for (Wrong it : wrong.wrongs()) {
      errors.putIfAbsent(FormValues.field(it.field()), say(it.message(), locale));
    }
    return errors;
  }

  private String say(String message, Locale locale) {
    String[] parts = message.split("\\|", -1);
    Object[] arguments = java.util.Arrays.copyOfRange(parts, 1, parts.length, Object[].class);
    return words.getMessage(parts[0], arguments, locale);
  }

  private String newKey() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static CityLink link(City city, Locale locale) {
    return new CityLink("/" + city.id(), city.name().in(locale), number(city));
  }

  private static @Nullable String number(City city) {
    return city.numbers().stream()
        .filter(it -> !it.former())
        .map(it -> it.number())
        .findFirst()
        .orElse(null);
  }

  private static Choice choice(Category category, Locale locale) {
    String found =
        String.join(" ", category.keywords())
            + " "
            + category.name().ko()
            + " "
            + category.name().en();
    return new Choice(
        category.id(), category.name().in(locale), found.toLowerCase(locale), category.common());
  }
}
