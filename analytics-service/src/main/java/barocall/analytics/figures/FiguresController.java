package barocall.analytics.figures;

import barocall.analytics.facts.Count;
import barocall.city.Cities;
import barocall.city.City;
import barocall.kit.web.ProblemException;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The administrator's figures for programs. */
@RestController
class FiguresController {
  /** The columns that every row has, in this order. */
  private static final Map<String, Count> COLUMNS = columns();

  private final Cities cities;
  private final Figures figures;
  private final Clock clock;

  FiguresController(Cities cities, Figures figures, Clock clock) {
    this.cities = cities;
    this.figures = figures;
    this.clock = clock;
  }

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
                    rows.stream().map(row -> json(known, row, question.by(), locale)).toList()));
  }

  @Operation(summary = "The same as comma-separated values")
  @GetMapping(value = "/api/v1/cities/{city}/metrics", produces = "text/csv")
  Mono<String> csv(
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
        .map(rows -> csv(known, rows, question.by(), locale));
  }

  private City known(String city) {
    return cities.city(city).orElseThrow(ProblemException::notFound);
  }

  private static Map<String, Object> json(City city, Row row, @Nullable By by, Locale locale) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", format(row.from()));
    if (by != null && row.key() != null) {
      json.put(name(by), row.key());
      Names.of(city, by, row.key(), locale)
          .ifPresent(called -> json.put(name(by) + "Name", called));
    }
    COLUMNS.forEach(
        (column, count) -> {
          if (applies(by, count)) {
            json.put(column, row.count(count));
          }
        });
    return json;
  }

  private static String csv(City city, List<Row> rows, @Nullable By by, Locale locale) {
    StringWriter text = new StringWriter();
    write(CsvWriter.builder().build(text), city, rows, by, locale);
    return text.toString();
  }

  private static void write(
      CsvWriter csv, City city, List<Row> rows, @Nullable By by, Locale locale) {
    List<String> header = new ArrayList<>(List.of("from"));
    if (by != null) {
      header.addAll(List.of(name(by), name(by) + "Name"));
    }
    COLUMNS.forEach(
        (column, count) -> {
          if (applies(by, count)) {
            header.add(column);
          }
        });
    csv.writeRecord(header);
    for (Row row : rows) {
      List<String> cells = new ArrayList<>(List.of(format(row.from())));
      if (by != null && row.key() != null) {
        cells.add(harmless(row.key()));
        cells.add(harmless(Names.of(city, by, row.key(), locale).orElse("")));
      }
      COLUMNS.forEach(
          (column, count) -> {
            if (applies(by, count)) {
              cells.add(Long.toString(row.count(count)));
            }
          });
      csv.writeRecord(cells);
    }
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Spreadsheets take a cell that begins so as a formula: it comes from a citizen's or a portal's
   * text.
   */
  private static String harmless(String cell) {
    return cell.isEmpty() || "=+-@\t\r".indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
  }

  /** By department nothing is received: an inquiry comes to the city. */
  private static boolean applies(@Nullable By by, Count count) {
    return by != By.DEPARTMENT || count != Count.RECEIVED;
  }

  private static String name(By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }

  private static String format(OffsetDateTime from) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(from);
  }

  private static Map<String, Count> columns() {
    Map<String, Count> columns = new LinkedHashMap<>();
    columns.put("received", Count.RECEIVED);
    columns.put("resolved", Count.RESOLVED);
    columns.put("resolvedAtFirstContact", Count.RESOLVED_AT_FIRST_CONTACT);
    columns.put("escalated", Count.ESCALATED);
    columns.put("abandoned", Count.ABANDONED);
    columns.put("offered", Count.OFFERED);
    columns.put("answered", Count.ANSWERED);
    columns.put("connected", Count.CONNECTED);
    columns.put("acknowledged", Count.ACKNOWLEDGED);
    columns.put("returned", Count.RETURNED);
    columns.put("transferred", Count.TRANSFERRED);
    columns.put("reopened", Count.REOPENED);
    return columns;
  }
}
