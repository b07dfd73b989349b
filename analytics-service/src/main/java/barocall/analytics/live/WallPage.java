package barocall.analytics.live;

import barocall.analytics.figures.AgainstTarget;
import barocall.analytics.figures.Measure;
import barocall.analytics.figures.Shown;
import barocall.analytics.figures.TargetView;
import barocall.analytics.live.Picture.Headline;
import barocall.city.Cities;
import barocall.city.City;
import barocall.city.Target;
import barocall.kit.security.Visitor;
import barocall.kit.web.PageController;
import barocall.kit.web.Pages;
import barocall.kit.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The administrator's page, and the way there. */
@PageController
class WallPage {
  private static final String DARK = "dark";

  private final Cities cities;
  private final Pictures pictures;
  private final Pages pages;
  private final MessageSource words;
  private final String chart;

  WallPage(
      Cities cities, Pictures pictures, Pages pages, MessageSource words, ChartLibrary library) {
    this.cities = cities;
    this.pictures = pictures;
    this.pages = pages;
    this.words = words;
    this.chart = library.path();
  }

  /** A city to choose. */
  public record Choice(String name, String href) {}

  /** Administrators of one city go to it, those of all choose one. */
  @GetMapping("/")
  Rendering home(
      @AuthenticationPrincipal Visitor visitor,
      @RequestParam(required = false) @Nullable String city,
      Locale locale) {
    String wanted = city != null ? city : visitor.city();
    if (wanted != null) {
      City known = cities.city(wanted).orElseThrow(ProblemException::notFound);
      return Rendering.redirectTo("/" + known.id()).build();
    }
    List<Choice> choices =
        cities.all().stream()
            .filter(it -> visitor.isAdminOf(it.id()))
            .map(it -> new Choice(it.name().in(locale), "/" + it.id()))
            .toList();
    if (choices.isEmpty()) {
      throw ProblemException.of(HttpStatus.FORBIDDEN, "kit.problem.forbidden");
    }
    return Rendering.view("cities").modelAttribute("choices", choices).build();
  }

  /** With {@code ?wall} for the screen on the wall: dark, one screenful. */
  @GetMapping("/{city}")
  Mono<Rendering> wall(@PathVariable String city, Locale locale, ServerWebExchange exchange) {
    City known = cities.city(city).orElseThrow(ProblemException::notFound);
    boolean onWall = exchange.getRequest().getQueryParams().containsKey("wall");
    return Mono.zip(pictures.now(city), pages.of(exchange))
        .map(
            parts ->
                Rendering.view("wall")
                    .model(model(known, parts.getT1(), onWall, locale))
                    .modelAttribute(Pages.PAGE, onWall ? parts.getT2().in(DARK) : parts.getT2())
                    .build());
  }

  private Map<String, Object> model(City city, Picture picture, boolean onWall, Locale locale) {
    Map<String, Object> model = new HashMap<>();
    model.put(
        "title", words.getMessage("wall.title", new Object[] {city.name().in(locale)}, locale));
    model.put("picture", picture);
    model.put("measures", MeasureView.of(picture.figures(), words, locale));
    model.put("targets", targets(city, picture, locale));
    model.put("longestWait", city.targets().of(Target.LONGEST_WAIT).orElse(null));
    model.put("asOf", DateTimeFormatter.ofPattern("HH:mm").format(picture.asOf()));
    model.put("stream", "/api/v1/cities/" + city.id() + "/live");
    model.put("journal", "/" + city.id() + "/journal");
    model.put("people", "/" + city.id() + "/people");
    model.put("configuration", "/" + city.id() + "/configuration");
    model.put("wall", onWall);
    model.put("kind", onWall ? "wall" : "");
    model.put("otherMode", "/" + city.id() + (onWall ? "" : "?wall"));
    model.put("chart", chart);
    model.put("baselineDate", date(city.baseline().date(), locale));
    model.put("baselineCount", Shown.number(city.baseline().count(), 0, locale));
    model.put("locale", locale);
    return model;
  }

  /** By the figure's id. */
  private Map<String, TargetView> targets(City city, Picture picture, Locale locale) {
    Map<String, TargetView> views = new HashMap<>();
    for (Measure measure : Measure.values()) {
      Headline headline = picture.figures().get(measure.id());
      AgainstTarget against =
          headline == null ? null : AgainstTarget.of(city.targets(), measure, headline.value());
      TargetView view = TargetView.of(against, measure.unit(), words, locale);
      if (view != null) {
        views.put(measure.id(), view);
      }
    }
    city.targets()
        .of(Target.LONGEST_WAIT)
        .map(wanted -> AgainstTarget.of(Target.LONGEST_WAIT, wanted, longestWait(picture)))
        .map(against -> TargetView.of(against, Measure.Unit.SECONDS, words, locale))
        .ifPresent(view -> views.put(Target.LONGEST_WAIT.id(), view));
    return views;
  }

  /** In seconds; nobody who waits is no wait. */
  private static double longestWait(Picture picture) {
    Instant since = picture.waiting().longestSince();
    return since == null ? 0 : Duration.between(since, picture.asOf().toInstant()).toSeconds();
  }

  private static String date(LocalDate date, Locale locale) {
    return locale.getLanguage().equals("ko")
        ? DateTimeFormatter.ofPattern("yyyy. M. d.", Locale.KOREA).format(date)
        : DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(Locale.UK).format(date);
  }
}
