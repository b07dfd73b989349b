package barocall.analytics.configuration;

import barocall.analytics.figures.Measure.Unit;
import barocall.analytics.figures.Shown;
import barocall.city.Category;
import barocall.city.City;
import barocall.city.Decision;
import barocall.city.Department;
import barocall.city.LegalClock;
import barocall.city.PetitionKind;
import barocall.city.Rule;
import barocall.city.Target;
import barocall.city.TimeRange;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** A city's file as tables, in the reader's language. */
final class ConfigurationTables {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final String NONE = "–";

  private final City city;
  private final Instant now;
  private final MessageSource words;
  private final Locale locale;

  /**
   * @param now when a petition is taken for received, to show when it would be due
   */
  ConfigurationTables(City city, Instant now, MessageSource words, Locale locale) {
    this.city = city;
    this.now = now;
    this.words = words;
    this.locale = locale;
  }

  List<TableView> all() {
    return List.of(
        basics(),
        hours(),
        holidays(),
        targets(),
        petitionKinds(),
        departments(),
        categories(),
        rules(),
        agents(),
        emergency());
  }

  private TableView basics() {
    List<List<String>> rows = new ArrayList<>();
    row(rows, "name", city.name().ko() + " · " + city.name().en());
    row(rows, "id", city.id());
    row(
        rows,
        "numbers",
        joined(
            city.numbers().stream()
                .map(
                    it ->
                        it.former()
                            ? said("configuration.number.former", it.number())
                            : it.number())
                .toList()));
    row(rows, "language", city.language().getDisplayLanguage(locale));
    row(rows, "timeZone", city.timeZone().getId());
    row(rows, "opened", date(city.baseline().opened()));
    row(
        rows,
        "baseline",
        said(
            "configuration.baseline.until",
            date(city.baseline().date()),
            Shown.number(city.baseline().count(), 0, locale)));
    row(rows, "coordinating", department(city.coordinatingDepartment()));
    row(
        rows,
        "defaultKind",
        city.petitionKind(city.defaultPetitionKind())
            .map(it -> it.name().in(locale))
            .orElse(city.defaultPetitionKind()));
    return table("basics", "", List.of("what", "said"), rows);
  }

  private void row(List<List<String>> rows, String what, String said) {
    rows.add(List.of(said("configuration.basics." + what), said));
  }

  private TableView hours() {
    List<List<String>> rows = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      rows.add(
          List.of(
              day.getDisplayName(TextStyle.FULL, locale),
              ranges(city.hours().week().getOrDefault(day, List.of())),
              city.workingTime().days().contains(day)
                  ? ranges(city.workingTime().ranges())
                  : NONE));
    }
    return table(
        "hours",
        said(
            city.hours().onHolidays()
                ? "configuration.hours.on-holidays"
                : "configuration.hours.not-on-holidays"),
        List.of("day", "open", "working"),
        rows);
  }

  private static String ranges(Collection<TimeRange> ranges) {
    return ranges.isEmpty()
        ? NONE
        : ranges.stream()
            .map(it -> TIME.format(it.from()) + "–" + end(it))
            .collect(Collectors.joining(", "));
  }

  private static String end(TimeRange range) {
    return range.endsWithDay() && range.to().equals(LocalTime.MIDNIGHT)
        ? "24:00"
        : TIME.format(range.to());
  }

  private TableView holidays() {
    LocalDate today = city.localDate(now);
    return table(
        "holidays",
        said("configuration.holidays.until", date(city.holidays().to())),
        List.of("date", "holiday"),
        city.holidays().holidays().stream()
            .filter(it -> !it.date().isBefore(today))
            .map(it -> List.of(date(it.date()), it.name().in(locale)))
            .toList());
  }

  private TableView targets() {
    List<List<String>> rows = new ArrayList<>();
    for (Target target : Target.values()) {
      city.targets()
          .of(target)
          .ifPresent(wanted -> rows.add(List.of(figure(target), goal(target, wanted))));
    }
    city.departments().stream()
        .filter(it -> city.targets().onTimeByDepartment().containsKey(it.id()))
        .forEach(
            it ->
                rows.add(
                    List.of(
                        figure(Target.ON_TIME_RATE) + " · " + it.name().in(locale),
                        goal(
                            Target.ON_TIME_RATE, city.targets().onTimeOf(it.id()).orElseThrow()))));
    return table("targets", said("configuration.targets.lead"), List.of("figure", "goal"), rows);
  }

  private String figure(Target target) {
    return target == Target.LONGEST_WAIT
        ? said("tile.longestWait")
        : said("measure." + target.id());
  }

  private String goal(Target target, double wanted) {
    boolean seconds = target.unit() == Target.Unit.SECONDS;
    return said(
        target.isAtLeast() ? "target.at-least" : seconds ? "target.within" : "target.at-most",
        Shown.value(seconds ? Unit.SECONDS : Unit.PERCENT, wanted, locale));
  }

  private TableView petitionKinds() {
    DateTimeFormatter moment =
        DateTimeFormatter.ofPattern(
            locale.getLanguage().equals("ko") ? "yyyy. M. d.(E) HH:mm" : "EEE d MMM yyyy HH:mm",
            locale);
    return table(
        "kinds",
        said("configuration.kinds.lead", moment.format(now.atZone(city.timeZone()))),
        List.of("kind", "period", "due", "clause"),
        city.petitionKinds().stream()
            .map(
                kind ->
                    List.of(
                        kind.name().in(locale),
                        kind.period().words().in(locale),
                        moment.format(
                            LegalClock.due(kind, now, city).dueAt().atZone(city.timeZone())),
                        kind.clause()))
            .toList());
  }

  private TableView departments() {
    return table(
        "departments",
        "",
        List.of("department", "told", "telephone", "duties"),
        city.departments().stream()
            .map(
                it ->
                    List.of(
                        it.name().in(locale),
                        told(it),
                        it.telephone() == null ? NONE : it.telephone(),
                        joined(it.duties())))
            .toList());
  }

  private String told(Department department) {
    List<String> ways = new ArrayList<>();
    if (department.email() != null) {
      ways.add(department.email());
    }
    if (department.webhook() != null) {
      ways.add(said("configuration.webhook", String.valueOf(department.webhook().getHost())));
    }
    return ways.isEmpty() ? said("configuration.inbox-only") : joined(ways);
  }

  private TableView categories() {
    return table(
        "categories",
        "",
        List.of("category", "department", "kind", "rules", "keywords"),
        city.categories().stream()
            .map(
                it ->
                    List.of(
                        it.common()
                            ? said("configuration.common", it.name().in(locale))
                            : it.name().in(locale),
                        it.department() == null ? NONE : department(it.department()),
                        kind(it.petitionKind()),
                        joined(rulesOf(it)),
                        joined(it.keywords())))
            .toList());
  }

  private List<String> rulesOf(Category category) {
    return city.rules().stream()
        .filter(rule -> rule.categories().contains(category.id()))
        .map(Rule::id)
        .toList();
  }

  private TableView rules() {
    List<List<String>> rows = new ArrayList<>();
    for (Rule rule : city.rules()) {
      rows.add(
          List.of(
              (rows.size() + 1) + ". " + rule.id(),
              when(rule),
              decision(rule.decision()),
              rule.why().in(locale)));
    }
    return table(
        "rules", said("configuration.rules.lead"), List.of("rule", "when", "then", "why"), rows);
  }

  private String when(Rule rule) {
    List<String> conditions = new ArrayList<>();
    if (!rule.channels().isEmpty()) {
      conditions.add(
          said(
              "configuration.when.channels",
              joined(rule.channels().stream().sorted().map(it -> said("channel." + it)).toList())));
    }
    List<String> categories =
        city.categories().stream()
            .filter(it -> rule.categories().contains(it.id()))
            .map(it -> it.name().in(locale))
            .toList();
    if (!categories.isEmpty()) {
      conditions.add(said("configuration.when.categories", joined(categories)));
    }
    if (!rule.any().isEmpty()) {
      conditions.add(said("configuration.when.any", joined(rule.any())));
    }
    if (!rule.all().isEmpty()) {
      conditions.add(said("configuration.when.all", joined(rule.all())));
    }
    Boolean outOfHours = rule.outOfHours();
    if (outOfHours != null) {
      conditions.add(said(outOfHours ? "configuration.when.closed" : "configuration.when.open"));
    }
    return conditions.isEmpty()
        ? said("configuration.when.always")
        : String.join(" · ", conditions);
  }

  private String decision(Decision decision) {
    if (decision instanceof Decision.Answer answer) {
      return said("configuration.then.answer", answer.text().in(locale));
    }
    if (decision instanceof Decision.Escalate escalate) {
      return said(
          "configuration.then.escalate",
          department(escalate.department()),
          kind(escalate.petitionKind()),
          said("configuration.priority." + escalate.priority().name().toLowerCase(Locale.ROOT)));
    }
    Decision.Desk desk = (Decision.Desk) decision;
    return said(
        "configuration.then.desk",
        joined(desk.departments().stream().map(this::department).toList()));
  }

  private TableView agents() {
    return table(
        "agents",
        "",
        List.of("agent", "id"),
        city.agents().stream().map(it -> List.of(it.name(), it.id())).toList());
  }

  private TableView emergency() {
    return table(
        "emergency",
        said("configuration.emergency.lead"),
        List.of("number", "words", "harmless"),
        city.emergency().groups().stream()
            .map(
                it ->
                    List.of(
                        it.number() + " " + it.name().in(locale),
                        joined(it.words()),
                        joined(it.harmless())))
            .toList());
  }

  private TableView table(String id, String lead, List<String> header, List<List<String>> rows) {
    return new TableView(
        id,
        said("configuration." + id),
        lead,
        header.stream().map(it -> said("configuration.column." + it)).toList(),
        rows);
  }

  private String department(String id) {
    return city.department(id).map(it -> it.name().in(locale)).orElse(id);
  }

  private String kind(@Nullable String id) {
    return id == null
        ? said("configuration.kind.default")
        : city.petitionKind(id).map(PetitionKind::name).map(it -> it.in(locale)).orElse(id);
  }

  private String date(LocalDate date) {
    return DateTimeFormatter.ofPattern(
            locale.getLanguage().equals("ko") ? "yyyy. M. d.(E)" : "EEE d MMM yyyy", locale)
        .format(date);
  }

  private static String joined(Collection<String> all) {
    return all.isEmpty() ? NONE : String.join(", ", all);
  }

  private String said(String code, Object... arguments) {
    return words.getMessage(code, arguments.length == 0 ? null : arguments, locale);
  }
}
