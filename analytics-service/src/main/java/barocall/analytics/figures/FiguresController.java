package barocall.analytics.figures;

import barocall.city.Cities;
import barocall.city.City;
import barocall.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The administrator's figures for programs. */
@RestController
class FiguresController {
  /** Said in full: what a reader takes for the charset where none is said is not ours. */
  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

  private final Cities cities;
  private final Figures figures;
  private final MessageSource words;
  private final Clock clock;

  FiguresController(Cities cities, Figures figures, MessageSource words, Clock clock) {
    this.cities = cities;
    this.figures = figures;
    this.words = words;
    this.clock = clock;
  }

  /** Every measure. */
  record Answer(List<KeyFigure> figures) {}

  /** The rows in the order asked for. */
  record Metrics(List<Map<String, Object>> rows) {}

  @Operation(summary = "A city's figures over all times")
  @GetMapping("/api/v1/cities/{city}/totals")
  Mono<Totals> totals(@PathVariable String city) {
    return figures.totals(known(city), clock.instant());
  }

  @Operation(
      summary = "Counts by time and breakdown; from is in, to is out, empty buckets are left out")
  @GetMapping(value = "/api/v1/cities/{city}/metrics", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<Metrics> metrics(
      @PathVariable String city,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String step,
      @RequestParam(required = false) @Nullable String by,
      Locale locale) {
    City known = known(city);
    MetricsQuestion question = MetricsQuestion.of(from, to, step, by, known.timeZone());
    return figures
        .rows(known, question.from(), question.to(), question.step(), question.by())
        .map(
            rows ->
                new Metrics(
                    rows.stream()
                        .filter(row -> RowTable.isShown(question.by(), row))
                        .map(row -> json(known, row, question.by(), locale))
                        .toList()));
  }

  @Operation(summary = "The same as comma-separated values")
  @GetMapping(value = "/api/v1/cities/{city}/metrics", produces = "text/csv")
  Mono<ResponseEntity<String>> csv(
      @PathVariable String city,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String step,
      @RequestParam(required = false) @Nullable String by,
      Locale locale) {
    City known = known(city);
    MetricsQuestion question = MetricsQuestion.of(from, to, step, by, known.timeZone());
    return figures
        .rows(known, question.from(), question.to(), question.step(), question.by())
        .map(
            rows ->
                ResponseEntity.ok()
                    .contentType(CSV)
                    .body(RowTable.csv(known, rows, question.by(), locale)));
  }

  @Operation(
      summary =
          "The call centre's figures of a period, with their definitions; from is in, to is out")
  @GetMapping("/api/v1/cities/{city}/figures")
  Mono<Answer> figures(
      @PathVariable String city,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      Locale locale) {
    City known = known(city);
    MetricsQuestion question = MetricsQuestion.of(from, to, "day", null, known.timeZone());
    return figures
        .counts(known, question.from(), question.to(), clock.instant())
        .map(
            counts ->
                new Answer(
                    Arrays.stream(Measure.values())
                        .map(
                            measure ->
                                KeyFigure.of(known.targets(), measure, counts, words, locale))
                        .toList()));
  }

  /**
   * What agents settled of a department's work; the department is empty where a category has none.
   */
  record Kept(String department, @Nullable String departmentName, long kept) {}

  /** The departments that were kept from something. */
  record KeptAnswer(List<Kept> departments) {}

  @Operation(
      summary =
          "What agents settled without a department, by the department that would have had it; from"
              + " is in, to is out")
  @GetMapping("/api/v1/cities/{city}/kept-from-departments")
  Mono<KeptAnswer> kept(
      @PathVariable String city,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      Locale locale) {
    City known = known(city);
    MetricsQuestion question = MetricsQuestion.of(from, to, "day", null, known.timeZone());
    return figures
        .keptFromDepartments(known, question.from(), question.to())
        .map(
            kept ->
                new KeptAnswer(
                    kept.entrySet().stream()
                        .map(
                            it ->
                                new Kept(
                                    it.getKey(),
                                    Names.of(known, By.DEPARTMENT, it.getKey(), locale)
                                        .orElse(null),
                                    it.getValue()))
                        .toList()));
  }

  private City known(String city) {
    return cities.city(city).orElseThrow(ProblemException::notFound);
  }

  private static Map<String, Object> json(City city, Row row, @Nullable By by, Locale locale) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", RowTable.format(row.from()));
    if (by != null && row.key() != null) {
      json.put(RowTable.name(by), row.key());
      Names.of(city, by, row.key(), locale)
          .ifPresent(called -> json.put(RowTable.name(by) + "Name", called));
    }
    RowTable.COLUMNS.forEach(
        (column, count) -> {
          if (RowTable.applies(by, count)) {
            json.put(column, row.count(count));
          }
        });
    return json;
  }
}
