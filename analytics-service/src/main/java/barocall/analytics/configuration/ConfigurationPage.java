package barocall.analytics.configuration;

import barocall.city.Cities;
import barocall.city.City;
import barocall.city.CityDoubt;
import barocall.city.Text;
import barocall.kit.web.Crumb;
import barocall.kit.web.PageController;
import barocall.kit.web.ProblemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What a city's file says. It is changed where it lies, not here. */
@PageController
class ConfigurationPage {
  private final Cities cities;
  private final Path folder;
  private final MessageSource words;
  private final Clock clock;

  ConfigurationPage(
      Cities cities, @Value("${barocall.cities}") Path folder, MessageSource words, Clock clock) {
    this.cities = cities;
    this.folder = folder;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/{city}/configuration")
  Mono<Rendering> configuration(@PathVariable String city, Locale locale) {
    City known = cities.city(city).orElseThrow(ProblemException::notFound);
    return Mono.fromCallable(
            () ->
                Findings.of(
                    folder,
                    cities,
                    known,
                    known.localDate(clock.instant()),
                    doubt(known, "configuration.changed"),
                    doubt(known, "configuration.others"),
                    locale))
        .subscribeOn(Schedulers.boundedElastic())
        .map(
            findings ->
                Rendering.view("configuration").model(model(known, findings, locale)).build());
  }

  private Map<String, Object> model(City city, List<Finding> findings, Locale locale) {
    String title = said("configuration.title", locale, city.name().in(locale));
    Map<String, Object> model = new HashMap<>();
    model.put("title", title);
    model.put(
        "crumbs",
        List.of(new Crumb(said("journal.wall", locale), "/" + city.id()), Crumb.here(title)));
    model.put("file", city.id() + ".yml");
    model.put("findings", findings);
    model.put("tables", new ConfigurationTables(city, clock.instant(), words, locale).all());
    return model;
  }

  private CityDoubt doubt(City city, String code) {
    return new CityDoubt(city.id() + ".yml", 1, both(code), both(code + ".remedy"));
  }

  private Text both(String code) {
    return new Text(said(code, Locale.KOREAN), said(code, Locale.ENGLISH));
  }

  private String said(String code, Locale locale, Object... arguments) {
    return words.getMessage(code, arguments.length == 0 ? null : arguments, locale);
  }
}
