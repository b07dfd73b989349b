package barocall.analytics.journal;

import barocall.analytics.facts.Count;
import barocall.analytics.figures.AgainstTarget;
import barocall.analytics.figures.AgainstTarget.Verdict;
import barocall.analytics.figures.By;
import barocall.analytics.figures.ErlangC;
import barocall.analytics.figures.KeyFigure;
import barocall.analytics.figures.Measure;
import barocall.analytics.figures.Measure.Unit;
import barocall.analytics.figures.Names;
import barocall.analytics.figures.Row;
import barocall.analytics.figures.Step;
import barocall.analytics.journal.JournalPage.Asked;
import barocall.analytics.journal.Sheet.Amount;
import barocall.analytics.journal.Sheet.Cell;
import barocall.analytics.journal.Sheet.Day;
import barocall.analytics.journal.Sheet.Moment;
import barocall.analytics.journal.Sheet.Nothing;
import barocall.analytics.journal.Sheet.Shape;
import barocall.analytics.journal.Sheet.Words;
import barocall.city.City;
import barocall.city.Target;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** The journal's tables for a spreadsheet, in the reader's language. */
final class JournalSheets {
  private static final Nothing NOTHING = new Nothing();
  private static final double DAY_SECONDS = 24 * 60 * 60;

  private final MessageSource words;
  private final Locale locale;

  JournalSheets(MessageSource words, Locale locale) {
    this.words = words;
    this.locale = locale;
  }

  /**
   * All tables that the page shows; what is empty is left out.
   *
   * @param now when the file is made
   */
  List<Sheet> of(Asked asked, Journal journal, Instant now) {
    List<Sheet> sheets = new ArrayList<>();
    sheets.add(about(asked, now));
    sheets.add(figures(asked.city(), journal));
    sheets.add(parts(asked, journal));
    sheets.add(onTime(asked.city(), journal));
    sheets.add(kept(asked.city(), journal));
    Staffing.of(
            asked.period(),
            journal,
            asked.city().agents().size(),
            asked.city().targets().of(Target.SERVICE_LEVEL).orElse(Staffing.USUAL_PERCENT))
        .ifPresent(staffing -> sheets.add(staffing(staffing)));
    sheets.add(course(asked, journal));
    return sheets.stream().filter(it -> !it.rows().isEmpty()).toList();
  }

  private Sheet about(Asked asked, Instant now) {
    City city = asked.city();
    Period period = asked.period();
    return new Sheet(
        said("journal.sheet.about"),
        List.of(said("journal.sheet.what"), said("journal.sheet.said")),
        List.of(
            row("journal.sheet.city", new Words(city.name().in(locale))),
            row("journal.sheet.period", new Words(said("journal.range." + period.range().word()))),
            row("journal.sheet.from", new Day(period.from())),
            row("journal.sheet.to", new Day(period.to().minusDays(1))),
            row("journal.sheet.before", new Day(period.before().from())),
            row(
                "journal.sheet.made",
                new Moment(LocalDateTime.ofInstant(now, city.timeZone()).withNano(0))),
            row("journal.n", new Words(said("journal.sheet.few")))));
  }

  private List<Cell> row(String code, Cell cell) {
    return List.of(new Words(said(code)), cell);
  }

  private Sheet figures(City city, Journal journal) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      KeyFigure now = KeyFigure.of(city.targets(), measure, journal.now(), words, locale);
      AgainstTarget target = AgainstTarget.of(city.targets(), measure, now.value());
      rows.add(
          List.of(
              new Words(now.name()),
              value(measure.unit(), now.value()),
              target == null ? NOTHING : value(measure.unit(), target.value()),
              verdict(target),
              value(measure.unit(), measure.of(journal.before()).value()),
              measure.isRate() ? count(now.n()) : NOTHING,
              new Words(now.definition() + (now.note() == null ? "" : " " + now.note()))));
    }
    return new Sheet(
        said("journal.figures"),
        List.of(
            said("journal.figure"),
            said("journal.value"),
            said("journal.sheet.target.value"),
            said("journal.sheet.verdict"),
            said("journal.before"),
            said("journal.n"),
            said("journal.definition")),
        rows);
  }

  private Sheet parts(Asked asked, Journal journal) {
    String by = said("journal.by." + asked.by().name().toLowerCase(Locale.ROOT));
    List<String> header = new ArrayList<>(List.of(by));
    JournalPage.COLUMNS.forEach(
        (column, count) -> {
          if (!isNoDepartments(asked.by(), count)) {
            header.add(said("journal." + column));
            header.add(said("journal.sheet.earlier", said("journal." + column)));
          }
        });
    List<List<Cell>> rows = new ArrayList<>();
    for (Journal.Part part : journal.parts()) {
      List<Cell> cells = new ArrayList<>(List.of(new Words(name(asked, part.key()))));
      for (Count count : JournalPage.COLUMNS.values()) {
        if (!isNoDepartments(asked.by(), count)) {
          cells.add(count(part.now().count(count)));
          cells.add(count(part.before().count(count)));
        }
      }
      rows.add(cells);
    }
    return new Sheet(said("journal.breakdown", by), header, rows);
  }

  /** Nothing is received by a department. */
  private static boolean isNoDepartments(By by, Count count) {
    return by == By.DEPARTMENT && count == Count.RECEIVED;
  }

  private Sheet onTime(City city, Journal journal) {
    return new Sheet(
        said("journal.onTime"),
        List.of(
            said("journal.kept.department"),
            said("journal.onTime.onTime"),
            said("journal.onTime.late"),
            said("journal.onTime.overdue"),
            said("journal.onTime.rate"),
            said("journal.sheet.target.value"),
            said("journal.sheet.verdict")),
        OnTime.of(city, journal.departments()).stream()
            .map(
                it ->
                    List.of(
                        new Words(department(city, it.department())),
                        count(it.onTime()),
                        count(it.late()),
                        count(it.overdue()),
                        value(Unit.PERCENT, it.rate()),
                        it.target() == null ? NOTHING : value(Unit.PERCENT, it.target().value()),
                        verdict(it.target())))
            .toList());
  }

  private Sheet kept(City city, Journal journal) {
    return new Sheet(
        said("journal.kept"),
        List.of(said("journal.kept.department"), said("journal.kept.count")),
        journal.kept().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(
                it ->
                    List.<Cell>of(
                        new Words(
                            it.getKey().isEmpty()
                                ? said("journal.kept.none")
                                : department(city, it.getKey())),
                        count(it.getValue())))
            .toList());
  }

  private Sheet staffing(Staffing staffing) {
    List<List<Cell>> rows = new ArrayList<>();
    for (ErlangC queue : staffing.queues()) {
      double wait = queue.averageSpeedOfAnswer();
      rows.add(
          List.of(
              count(queue.agents()),
              value(Unit.PERCENT, 100 * queue.serviceLevel(Staffing.SOON)),
              Double.isFinite(wait)
                  ? value(Unit.SECONDS, (double) Math.round(wait))
                  : new Words(said("journal.sheet.endless")),
              value(Unit.PERCENT, 100 * queue.occupancy()),
              queue.agents() == staffing.agents()
                  ? new Words(said("journal.sheet.now"))
                  : NOTHING));
    }
    return new Sheet(
        said("journal.sheet.staffing"),
        List.of(
            said("journal.sheet.agents"),
            said("journal.staffing.level"),
            said("journal.staffing.wait"),
            said("journal.staffing.busy"),
            said("journal.sheet.what")),
        rows);
  }

  private Sheet course(Asked asked, Journal journal) {
    boolean hours = asked.period().step() == Step.HOUR;
    List<String> header = new ArrayList<>(List.of(said(hours ? "journal.hour" : "journal.day")));
    JournalPage.COLUMNS.keySet().forEach(column -> header.add(said("journal." + column)));
    List<List<Cell>> rows = new ArrayList<>();
    for (Row row : journal.course()) {
      List<Cell> cells = new ArrayList<>();
      cells.add(
          hours ? new Moment(row.from().toLocalDateTime()) : new Day(row.from().toLocalDate()));
      JournalPage.COLUMNS.values().forEach(count -> cells.add(count(row.count(count))));
      rows.add(cells);
    }
    return new Sheet(said("journal.course"), header, rows);
  }

  private String name(Asked asked, String key) {
    if (key.isEmpty()) {
      return said("journal.none");
    }
    return asked.by() == By.CHANNEL
        ? String.valueOf(words.getMessage("channel." + key, null, key, locale))
        : Names.of(asked.city(), asked.by(), key, locale).orElse(key);
  }

  private String department(City city, String id) {
    return Names.of(city, By.DEPARTMENT, id, locale).orElse(id);
  }

  private Cell verdict(@Nullable AgainstTarget target) {
    if (target == null) {
      return NOTHING;
    }
    return new Words(
        target.verdict() == Verdict.FEW
            ? said("journal.few")
            : said("journal.sheet." + target.verdict().wireName()));
  }

  private static Amount count(long count) {
    return new Amount(count, Shape.COUNT);
  }

  /** A share as a share and a duration as one, so that a spreadsheet can go on with it. */
  private Cell value(Unit unit, @Nullable Double value) {
    if (value == null) {
      return new Words(said("journal.few"));
    }
    return switch (unit) {
      case COUNT -> new Amount(value, Shape.COUNT);
      case PERCENT -> new Amount(value / 100, Shape.PERCENT);
      case SECONDS -> new Amount(value / DAY_SECONDS, Shape.DURATION);
      case HOURS -> new Amount(value, Shape.HOURS);
      case RATIO -> new Amount(value, Shape.RATIO);
    };
  }

  private String said(String code, Object... arguments) {
    return words.getMessage(code, arguments.length == 0 ? null : arguments, locale);
  }
}
