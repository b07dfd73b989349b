package barocall.analytics.journal;

import barocall.analytics.facts.Count;
import barocall.analytics.figures.AgainstTarget;
import barocall.analytics.figures.By;
import barocall.analytics.figures.Counts;
import barocall.analytics.figures.ErlangC;
import barocall.analytics.figures.Figures;
import barocall.analytics.figures.KeyFigure;
import barocall.analytics.figures.Measure;
import barocall.analytics.figures.Names;
import barocall.analytics.figures.Row;
import barocall.analytics.figures.RowTable;
import barocall.analytics.figures.Shown;
import barocall.analytics.figures.Step;
import barocall.analytics.figures.TargetView;
import barocall.analytics.journal.Period.Range;
import barocall.city.Cities;
import barocall.city.City;
import barocall.city.Target;
import barocall.kit.web.Crumb;
import barocall.kit.web.PageController;
import barocall.kit.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** The figures of a period as a page that prints on A4, and as a file for spreadsheets. */
@PageController
class JournalPage {
  /** A period's end may lie a year behind its day, and no text of a date has five digits. */
  private static final int LAST_YEAR = 9_998;

  /** Without it Excel reads the file in the machine's old code page. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final MediaType XLSX =
      MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  static final Map<String, Count> COLUMNS = columns();

  private final Cities cities;
  private final Figures figures;
  private final MessageSource words;
  private final Clock clock;

  JournalPage(Cities cities, Figures figures, MessageSource words, Clock clock) {
    this.cities = cities;
    this.figures = figures;
    this.words = words;
    this.clock = clock;
  }

  /** A key figure as the page shows it. */
  public record FigureRow(
      String name,
      String value,
      @Nullable TargetView target,
      String before,
      String difference,
      String direction,
      String n,
      String definition) {}

  /** A department's complaints by their due time. */
  public record OnTimeRow(
      String name,
      String onTime,
      String late,
      String overdue,
      String rate,
      @Nullable TargetView target) {}

  /** A row of counts; before is null where nothing is compared. */
  public record CountRow(String name, List<Cell> cells) {}

  /** A count and the one before. */
  public record Cell(String now, @Nullable String before) {}

  /** What is asked for. */
  record Asked(City city, Period period, By by) {}

  @GetMapping("/{city}/journal")
  Mono<Rendering> journal(
      @PathVariable String city,
      @RequestParam(required = false) @Nullable String range,
      @RequestParam(required = false) @Nullable String date,
      @RequestParam(required = false) @Nullable String by,
      Locale locale) {
    Asked asked = asked(city, range, date, by, locale);
    return read(asked)
        .map(journal -> Rendering.view("journal").model(model(asked, journal, locale)).build());
  }

  /** With {@code &excel} a file that Excel opens by itself. */
  @GetMapping("/{city}/journal.csv")
  Mono<ResponseEntity<byte[]>> file(
      @PathVariable String city,
      @RequestParam(required = false) @Nullable String range,
      @RequestParam(required = false) @Nullable String date,
      @RequestParam(required = false) @Nullable String by,
      Locale locale,
      ServerWebExchange exchange) {
    Asked asked = asked(city, range, date, by, locale);
    Period period = asked.period();
    boolean excel = exchange.getRequest().getQueryParams().containsKey("excel");
    String name = city + "-" + period.range().word() + "-" + period.from() + ".csv";
    return rows(asked, period, period.step(), asked.by())
        .map(
            rows ->
                ResponseEntity.ok()
                    .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                    .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                    .body(
                        ((excel ? BYTE_ORDER_MARK : "")
                                + RowTable.csv(asked.city(), rows, asked.by(), locale))
                            .getBytes(StandardCharsets.UTF_8)));
  }

  /** The same tables as the page, with numbers and dates that a spreadsheet can count with. */
  @GetMapping("/{city}/journal.xlsx")
  Mono<ResponseEntity<byte[]>> workbook(
      @PathVariable String city,
      @RequestParam(required = false) @Nullable String range,
      @RequestParam(required = false) @Nullable String date,
      @RequestParam(required = false) @Nullable String by,
      Locale locale) {
    Asked asked = asked(city, range, date, by, locale);
    Period period = asked.period();
    String name = city + "-" + period.range().word() + "-" + period.from() + ".xlsx";
    return read(asked)
        .map(
            journal ->
                ResponseEntity.ok()
                    .contentType(XLSX)
                    .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                    .body(
                        Spreadsheet.of(
                            new JournalSheets(words, locale).of(asked, journal, clock.instant()))));
  }

  private Asked asked(
      String cityId,
      @Nullable String range,
      @Nullable String date,
      @Nullable String by,
      Locale locale) {
    City city = cities.city(cityId).orElseThrow(ProblemException::notFound);
    LocalDate day;
    try {
      day =
          date == null || date.isBlank()
              ? city.localDate(clock.instant())
              : LocalDate.parse(date.strip());
      if (day.getYear() < 1 || day.getYear() > LAST_YEAR) {
        throw new DateTimeException("beyond what calendars and stores can count with");
      }
    } catch (DateTimeException e) {
      throw ProblemException.badField("date", words.getMessage("journal.field.date", null, locale))
          .because(e);
    }
    return new Asked(
        city,
        Period.around(day, find(Range.values(), range, Range.DAY)),
        find(By.values(), by, By.CHANNEL));
  }

  /** What is not one of them is taken as not said: nobody types these. */
  private static <E extends Enum<E>> E find(E[] values, @Nullable String word, E otherwise) {
    return Arrays.stream(values)
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElse(otherwise);
  }

  private Mono<Journal> read(Asked asked) {
    Period period = asked.period();
    return Mono.zip(
            counts(asked.city(), period),
            counts(asked.city(), period.before()),
            rows(asked, period, period.step(), null),
            rows(asked, period, Step.DAY, asked.by()),
            rows(asked, period.before(), Step.DAY, asked.by()),
            figures.keptFromDepartments(
                asked.city(), start(asked.city(), period.from()), start(asked.city(), period.to())),
            figures.ofDepartments(
                asked.city(),
                start(asked.city(), period.from()),
                start(asked.city(), period.to()),
                clock.instant()))
        .map(
            parts ->
                new Journal(
                    parts.getT1(),
                    parts.getT2(),
                    parts.getT3(),
                    Journal.parts(parts.getT4(), parts.getT5()),
                    parts.getT6(),
                    parts.getT7()));
  }

  private Mono<Counts> counts(City city, Period period) {
    return figures.counts(
        city, start(city, period.from()), start(city, period.to()), clock.instant());
  }

  private Mono<List<Row>> rows(Asked asked, Period period, Step step, @Nullable By by) {
    City city = asked.city();
    return figures.rows(city, start(city, period.from()), start(city, period.to()), step, by);
  }

  private static Instant start(City city, LocalDate day) {
    return day.atStartOfDay(city.timeZone()).toInstant();
  }

  private Map<String, Object> model(Asked asked, Journal journal, Locale locale) {
    City city = asked.city();
    Period period = asked.period();
    String title = said("journal.title", locale, city.name().in(locale));
    Map<String, Object> model = new HashMap<>();
    model.put("title", title);
    model.put(
        "crumbs",
        List.of(new Crumb(said("journal.wall", locale), "/" + city.id()), Crumb.here(title)));
    model.put("period", said(period, locale));
    model.put("range", period.range().word());
    model.put("ranges", Arrays.stream(Range.values()).map(Range::word).toList());
    model.put("date", period.from().toString());
    model.put("by", word(asked.by()));
    model.put("bys", Arrays.stream(By.values()).map(JournalPage::word).toList());
    model.put("byName", said("journal.by." + word(asked.by()), locale));
    model.put("earlier", address("journal", asked, period.before()));
    model.put("later", address("journal", asked, period.next()));
    model.put("csv", address("journal.csv", asked, period));
    model.put("xlsx", address("journal.xlsx", asked, period));
    model.put("excel", address("journal.csv", asked, period) + "&excel");
    model.put("figures", figures(city, journal, locale));
    model.put("onTime", onTime(city, journal, locale));
    model.put(
        "columns",
        COLUMNS.keySet().stream().map(column -> said("journal." + column, locale)).toList());
    model.put("parts", parts(asked, journal, locale));
    model.put("kept", kept(city, journal, locale));
    Optional<Staffing> staffing =
        Staffing.of(
            asked.period(),
            journal,
            city.agents().size(),
            city.targets().of(Target.SERVICE_LEVEL).orElse(Staffing.USUAL_PERCENT));
    model.put("staffing", staffing.map(it -> staffing(it, locale)).orElse(List.of()));
    model.put("staffingLead", staffing.map(it -> lead(it, locale)).orElse(""));
    model.put("course", course(asked, journal, locale));
    model.put(
        "courseStep", said(period.step() == Step.HOUR ? "journal.hour" : "journal.day", locale));
    model.put(
        "printed",
        said(
            "journal.printed",
            locale,
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
                .format(LocalDateTime.ofInstant(clock.instant(), city.timeZone()))));
    return model;
  }

  private List<FigureRow> figures(City city, Journal journal, Locale locale) {
    List<FigureRow> rows = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      KeyFigure now = KeyFigure.of(city.targets(), measure, journal.now(), words, locale);
      Double before = measure.of(journal.before()).value();
      Double difference = Shown.difference(measure.unit(), now.value(), before);
      rows.add(
          new FigureRow(
              now.name(),
              value(measure, now.value(), locale),
              TargetView.of(
                  AgainstTarget.of(city.targets(), measure, now.value()),
                  measure.unit(),
                  words,
                  locale),
              value(measure, before, locale),
              difference == null ? "" : Shown.difference(measure.unit(), difference, locale),
              difference == null ? "same" : Shown.direction(measure.unit(), difference),
              measure.isRate() ? Shown.number(now.n(), 0, locale) : "",
              now.definition() + (now.note() == null ? "" : " " + now.note())));
    }
    return rows;
  }

  /** The departments that had complaints with a due time, the worst first. */
  private List<OnTimeRow> onTime(City city, Journal journal, Locale locale) {
    return OnTime.of(city, journal.departments()).stream()
        .map(
            it ->
                new OnTimeRow(
                    Names.of(city, By.DEPARTMENT, it.department(), locale).orElse(it.department()),
                    Shown.number(it.onTime(), 0, locale),
                    Shown.number(it.late(), 0, locale),
                    Shown.number(it.overdue(), 0, locale),
                    value(Measure.ON_TIME_RATE, it.rate(), locale),
                    TargetView.of(it.target(), Measure.Unit.PERCENT, words, locale)))
        .toList();
  }

  private String value(Measure measure, @Nullable Double value, Locale locale) {
    return value == null ? said("journal.few", locale) : Shown.value(measure.unit(), value, locale);
  }

  private List<CountRow> parts(Asked asked, Journal journal, Locale locale) {
    return journal.parts().stream()
        .map(
            part ->
                new CountRow(
                    name(asked, part.key(), locale),
                    cells(part.now(), part.before(), asked.by(), locale)))
        .toList();
  }

  private List<CountRow> kept(City city, Journal journal, Locale locale) {
    return journal.kept().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(
            it ->
                new CountRow(
                    it.getKey().isEmpty()
                        ? said("journal.kept.none", locale)
                        : Names.of(city, By.DEPARTMENT, it.getKey(), locale).orElse(it.getKey()),
                    List.of(new Cell(Shown.number(it.getValue(), 0, locale), null))))
        .toList();
  }

  /** A row for each number of agents that is worth looking at. */
  private List<CountRow> staffing(Staffing staffing, Locale locale) {
    return staffing.queues().stream()
        .map(
            queue ->
                new CountRow(
                    said(
                        queue.agents() == staffing.agents()
                            ? "journal.staffing.agents.now"
                            : "journal.staffing.agents.n",
                        locale,
                        queue.agents()),
                    List.of(
                        cell(Measure.Unit.PERCENT, 100 * queue.serviceLevel(Staffing.SOON), locale),
                        cell(Measure.Unit.SECONDS, queue.averageSpeedOfAnswer(), locale),
                        cell(Measure.Unit.PERCENT, 100 * queue.occupancy(), locale))))
        .toList();
  }

  private static Cell cell(Measure.Unit unit, double value, Locale locale) {
    return new Cell(Double.isFinite(value) ? Shown.value(unit, value, locale) : "∞", null);
  }

  private String lead(Staffing staffing, Locale locale) {
    ErlangC queue = staffing.needed();
    return said(
        "journal.staffing.lead",
        locale,
        DateTimeFormatter.ofPattern("HH:mm").format(staffing.hour()),
        Shown.number(queue.callsPerHour(), 0, locale),
        Shown.value(Measure.Unit.SECONDS, queue.handlingSeconds(), locale),
        queue.agents(),
        Shown.value(Measure.Unit.PERCENT, staffing.percent(), locale));
  }

  private String name(Asked asked, String key, Locale locale) {
    if (key.isEmpty()) {
      return said("journal.none", locale);
    }
    return asked.by() == By.CHANNEL
        ? words.getMessage("channel." + key, null, key, locale)
        : Names.of(asked.city(), asked.by(), key, locale).orElse(key);
  }

  private static List<CountRow> course(Asked asked, Journal journal, Locale locale) {
    DateTimeFormatter format =
        asked.period().step() == Step.HOUR ? DateTimeFormatter.ofPattern("HH:mm") : date(locale);
    return journal.course().stream()
        .map(row -> new CountRow(format.format(row.from()), cells(row, null, null, locale)))
        .toList();
  }

  private static List<Cell> cells(Row now, @Nullable Row before, @Nullable By by, Locale locale) {
    return COLUMNS.values().stream()
        .map(
            count ->
                by == By.DEPARTMENT && count == Count.RECEIVED
                    ? new Cell("–", null)
                    : new Cell(
                        Shown.number(now.count(count), 0, locale),
                        before == null ? null : Shown.number(before.count(count), 0, locale)))
        .toList();
  }

  private String said(Period period, Locale locale) {
    DateTimeFormatter format = date(locale);
    return period.range() == Range.DAY
        ? said("journal.on", locale, format.format(period.from()))
        : said(
            "journal.from",
            locale,
            format.format(period.from()),
            format.format(period.to().minusDays(1)));
  }

  private static DateTimeFormatter date(Locale locale) {
    return locale.getLanguage().equals("ko")
        ? DateTimeFormatter.ofPattern("yyyy. M. d.(E)", Locale.KOREA)
        : DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.UK);
  }

  private static String address(String file, Asked asked, Period period) {
    return UriComponentsBuilder.fromPath("/" + asked.city().id() + "/" + file)
        .queryParam("range", period.range().word())
        .queryParam("date", period.from())
        .queryParam("by", word(asked.by()))
        .toUriString();
  }

  private static String word(By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }

  private String said(String code, Locale locale, Object... arguments) {
    return words.getMessage(code, arguments.length == 0 ? null : arguments, locale);
  }

  private static Map<String, Count> columns() {
    Map<String, Count> columns = new LinkedHashMap<>();
    columns.put("received", Count.RECEIVED);
    columns.put("answered", Count.ANSWERED);
    columns.put("abandoned", Count.ABANDONED_IN_QUEUE);
    columns.put("resolved", Count.RESOLVED);
    columns.put("resolvedAtFirstContact", Count.RESOLVED_AT_FIRST_CONTACT);
    columns.put("escalated", Count.ESCALATED);
    return columns;
  }
}
