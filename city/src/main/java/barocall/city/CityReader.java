package barocall.city;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one city's file. The city that it gives is of use only if no problem was found. */
final class CityReader {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?");
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
  private static final Pattern TELEPHONE = Pattern.compile("\\+?[0-9]+([ -][0-9]+)*");
  private static final Pattern PERCENT = Pattern.compile("[0-9]{1,3}(\\.[0-9])?");
  private static final int A_DAY_SECONDS = 24 * 60 * 60;
  private static final int BUTTONS = 6;
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Set<String> CHANNELS =
      new LinkedHashSet<>(
          List.of(
              "telephone",
              "web",
              "mobile",
              "sms",
              "fax",
              "email",
              "counter",
              "crew",
              "open311",
              "other"));

  private final Section top;
  private final Map<String, HolidayCalendar> calendars;
  private final Map<String, Integer> lines = new HashMap<>();
  private Set<String> departmentIds = Set.of();
  private Set<String> petitionKindIds = Set.of();
  private Map<String, Category> categoriesById = Map.of();

  CityReader(Section top, Map<String, HolidayCalendar> calendars) {
    this.top = top;
    this.calendars = calendars;
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  City read(String id) {
    Text name = top.bilingual("name");
    Locale language =
        top.value(
            "language",
            "a language that Barocall speaks",
            it -> it.matches("ko|en") ? Optional.of(Locale.forLanguageTag(it)) : Optional.empty(),
            "Write ko or en.",
            Locale.KOREAN);
    ZoneId zone =
        top.value(
            "timeZone",
            "a time zone",
            CityReader::zone,
            "Write a name of the time zone database such as Asia/Seoul.");
    List<TelephoneNumber> numbers = telephoneNumbers();
    OpeningHours hours = openingHours();
    HolidayCalendar holidays = holidays();
    WorkingTime workingTime = workingTime();
    Interpretation interpretation = interpretation();
    List<PetitionKind> petitionKinds =
        distinct("petitionKinds", this::petitionKind, PetitionKind::id);
    petitionKindIds = ids(petitionKinds, PetitionKind::id);
    List<Department> departments = distinct("departments", this::department, Department::id);
    departmentIds = ids(departments, Department::id);
    List<Category> categories = distinct("categories", this::category, Category::id);
    checkSpellings(categories);
    long common = categories.stream().filter(Category::common).count();
    if (common > BUTTONS) {
      top.problem(
          top.line("categories"),
          "%d categories are common, but the form has %d buttons".formatted(common, BUTTONS),
          "Leave \"common: true\" to the %d that are asked for most.".formatted(BUTTONS));
    }
    categoriesById = new LinkedHashMap<>();
    categories.forEach(it -> categoriesById.put(it.id(), it));
    List<Rule> rules = rules(hours);
    List<Agent> agents = distinct("agents", this::agentOf, Agent::id);
    Emergency emergency = emergency();
    Baseline baseline = baseline();
    String coordinating = top.text("coordinatingDepartment");
    checkDepartment(top, coordinating, top.line("coordinatingDepartment"));
    String usualKind = top.text("defaultPetitionKind");
    checkPetitionKind(top, "defaultPetitionKind", usualKind);
    Targets targets = targets();
    for (String list : List.of("departments", "petitionKinds", "agents", "emergency")) {
      if (!top.hasEntries(list)) {
        top.problem(
            top.line(list),
            "\"%s\" has no entry".formatted(list),
            "Add \"%s:\" with at least one.".formatted(list));
      }
    }
    for (String key : List.of("holidays", "numbers", "targets", "categories")) {
      lines.put(key, top.line(key));
    }
    top.finish();
    return new City(
        id,
        name,
        language,
        zone == null ? ZoneId.of("UTC") : zone,
        numbers,
        hours,
        holidays,
        workingTime,
        interpretation,
        departments,
        categories,
        rules,
        petitionKinds,
        agents,
        emergency,
        baseline,
        coordinating,
        usualKind,
        targets);
  }

  /** Where what was read stands: by key, or by list and id as in {@code departments/roads}. */
  Map<String, Integer> lines() {
    return Map.copyOf(lines);
  }

  private static Optional<ZoneId> zone(String written) {
    try {
      return written.contains("/") || written.equals("UTC")
          ? Optional.of(ZoneId.of(written))
          : Optional.empty();
    } catch (DateTimeException unknown) {
      return Optional.empty();
    }
  }

  private List<TelephoneNumber> telephoneNumbers() {
    return values(
        top.list(
            "numbers",
            (section, title) ->
                new TelephoneNumber(
                    telephone(section, "number", section.text("number")),
                    section.yes("former", false))));
  }

  private OpeningHours openingHours() {
    Map<DayOfWeek, List<TimeRange>> week = new EnumMap<>(DayOfWeek.class);
    Section hours = top.section("openingHours").orElse(null);
    if (hours == null) {
      return new OpeningHours(Map.of(), false);
    }
    hours.list(
        "week",
        (section, title) -> {
          Set<DayOfWeek> days = days(section, "days");
          TimeRange range = range(section);
          if (range == null) {
            return null;
          }
          for (DayOfWeek day : days) {
            List<TimeRange> ofDay = week.computeIfAbsent(day, it -> new ArrayList<>());
            if (ofDay.stream().anyMatch(it -> overlap(it, range))) {
              section.problem(
                  section.line(),
                  "%s overlaps with another entry on %s"
                      .formatted(title, DAYS.get(day.getValue() - 1)),
                  "Give each stretch of a day once.");
            }
            ofDay.add(range);
          }
          return range;
        });
    boolean onHolidays = hours.yes("onHolidays", false);
    if (!hours.hasEntries("week")) {
      hours.problem(
          hours.line("week"),
          "The call centre never opens",
          "Add \"week:\" with at least one entry such as {days: mon-fri, from: \"09:00\", to:"
              + " \"18:00\"}.");
    }
    hours.finish();
    return new OpeningHours(week, onHolidays);
  }

  private static boolean overlap(TimeRange one, TimeRange other) {
    return one.contains(other.from()) || other.contains(one.from());
  }

  private @Nullable TimeRange range(Section section) {
    LocalTime from = section.time("from");
    LocalTime to = section.time("to");
    if (from == null || to == null) {
      return null;
    }
    TimeRange range = new TimeRange(from, to);
    if (range.isEmpty()) {
      section.problem(
          section.line("to"),
          "The stretch from %s to %s has no length".formatted(from, to),
          "Let it end after it begins; one that passes midnight is two stretches.");
      return null;
    }
    return range;
  }

  private Set<DayOfWeek> days(Section section, String key) {
    Set<DayOfWeek> days =
        section.value(
            key,
            "days of the week",
            CityReader::daysOf,
            "Write a day or a range such as mon-fri, or daily; days are "
                + String.join(", ", DAYS)
                + ".");
    return days == null ? Set.of() : days;
  }

  private static Optional<Set<DayOfWeek>> daysOf(String written) {
    if (written.equals("daily")) {
      return Optional.of(EnumSet.allOf(DayOfWeek.class));
    }
    String[] ends = written.split("-", -1);
    int first = DAYS.indexOf(ends[0]);
    int last = DAYS.indexOf(ends[ends.length - 1]);
    return ends.length > 2 || first < 0 || last < first
        ? Optional.empty()
        : Optional.of(EnumSet.range(DayOfWeek.of(first + 1), DayOfWeek.of(last + 1)));
  }

  private HolidayCalendar holidays() {
    HolidayCalendar none = HolidayCalendar.of(LocalDate.MIN, LocalDate.MIN, List.of());
    Section holidays = top.section("holidays").orElse(null);
    if (holidays == null) {
      return none;
    }
    String name = holidays.text("calendar");
    HolidayCalendar calendar = calendars.get(name);
    if (calendar == null && !name.isEmpty()) {
      holidays.problem(
          holidays.line("calendar"),
          "There is no calendar \"%s\"".formatted(name),
          Section.nearest(name, calendars.keySet())
              .map("Did you mean \"%s\"?"::formatted)
              .orElse("Add holidays/%s.yml to the folder of cities.".formatted(name)));
    }
    HolidayCalendar base = calendar == null ? none : calendar;
    List<Holiday> also =
        values(holidays.list("also", (section, title) -> CalendarReader.holiday(section)));
    holidays.finish();
    return base.with(also);
  }

  private WorkingTime workingTime() {
    Section section = top.section("workingTime").orElse(null);
    if (section == null) {
      return new WorkingTime(Set.of(), List.of());
    }
    Set<DayOfWeek> days = days(section, "days");
    List<TimeRange> ranges = new ArrayList<>();
    section.list(
        "hours",
        (entry, title) -> {
          TimeRange range = range(entry);
          if (range != null) {
            if (!ranges.isEmpty() && !follows(range, ranges.get(ranges.size() - 1))) {
              entry.problem(
                  entry.line(),
                  "%s begins before the one above ends".formatted(title),
                  "Give the hours of the day in order; the gaps are breaks.");
            }
            ranges.add(range);
          }
          return range;
        });
    if (!section.has("hours")) {
      section.problem(
          section.line("hours"),
          "\"hours\" is missing in \"workingTime\"",
          "Add \"hours:\" with entries such as {from: \"09:00\", to: \"12:00\"}.");
    }
    section.finish();
    return new WorkingTime(days, ranges);
  }

  private static boolean follows(TimeRange range, TimeRange before) {
    return !before.endsWithDay() && !range.from().isBefore(before.to());
  }

  private Interpretation interpretation() {
    Interpretation usual = Interpretation.KOREAN;
    Section section = top.optionalSection("clock").orElse(null);
    if (section == null) {
      return usual;
    }
    Interpretation reading =
        new Interpretation(
            section.yes("koreanLaw", usual.koreanLaw()),
            section.number("daysInHoursUpTo", 0, usual.daysInHoursUpTo()),
            section.number("hoursInDay", 1, usual.hoursInDay()),
            section.number("atOnceHours", 1, usual.atOnceHours()),
            section.yes("firstDayCounted", usual.firstDayCounted()),
            section.oneOf("lateReceipt", Interpretation.LateReceipt.class, usual.lateReceipt()),
            section.oneOf("dayEnd", Interpretation.DayEnd.class, usual.dayEnd()),
            section.oneOf(
                "extensionStart", Interpretation.ExtensionStart.class, usual.extensionStart()),
            section.yes("transferRestarts", usual.transferRestarts()),
            section.oneOf("onSiteDays", Interpretation.OnSiteDays.class, usual.onSiteDays()),
            section.yes("hoursMayEndAtClose", usual.hoursMayEndAtClose()));
    section.finish();
    return reading;
  }

  private PetitionKind petitionKind(Section section, String title) {
    String id = id(section);
    Text name = section.bilingual("name");
    Period period =
        section.value(
            "period",
            "a period",
            Period::parse,
            "Write immediately, or a number with hours, days, weeks, months or years, e.g. 7"
                + " days.");
    String clause = section.text("clause");
    Period standIn = new Period(1, Period.Unit.DAYS);
    return new PetitionKind(id, name, period == null ? standIn : period, clause);
  }

  private Department department(Section section, String title) {
    noteLine("departments", section);
    String email =
        section.value(
            "email",
            "an e-mail address",
            it -> EMAIL.matcher(it).matches() ? Optional.of(it) : Optional.empty(),
            "Write it like roads@city.example, or leave it out.",
            "");
    String telephone = section.optionalText("telephone");
    URI none = URI.create("");
    URI webhook =
        section.value(
            "webhook",
            "an address for a webhook",
            CityReader::webhook,
            "Write an https address; http only for this machine (127.0.0.1 or localhost).",
            none);
    return new Department(
        id(section),
        section.bilingual("name"),
        section.texts("duties"),
        email.isEmpty() ? null : email,
        telephone == null ? null : telephone(section, "telephone", telephone),
        webhook.equals(none) ? null : webhook);
  }

  private static Optional<URI> webhook(String written) {
    try {
      URI uri = new URI(written);
      boolean local = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
      boolean usable = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && local);
      return usable && uri.getHost() != null && uri.getUserInfo() == null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException wrong) {
      return Optional.empty();
    }
  }

  private Category category(Section section, String title) {
    noteLine("categories", section);
    String department = section.optionalText("department");
    if (department != null) {
      checkDepartment(section, department, section.line("department"));
    }
    String petitionKind = section.optionalText("petitionKind");
    if (petitionKind != null) {
      checkPetitionKind(section, "petitionKind", petitionKind);
    }
    return new Category(
        id(section),
        section.bilingual("name"),
        section.texts("keywords"),
        department,
        petitionKind,
        section.yes("common", false),
        section.texts("imported"));
  }

  private Agent agentOf(Section section, String title) {
    return new Agent(id(section), section.text("name"));
  }

  private List<Rule> rules(OpeningHours hours) {
    List<Section.Line<Rule>> lines = top.list("rules", (section, title) -> rule(section, hours));
    checkDistinct("rules", lines, Rule::id);
    for (int later = 0; later < lines.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (lines.get(earlier).value().covers(lines.get(later).value())) {
          top.problem(
              lines.get(later).line(),
              "The rule \"%s\" can never match, because \"%s\" in line %d takes all its inquiries"
                  .formatted(
                      lines.get(later).value().id(),
                      lines.get(earlier).value().id(),
                      lines.get(earlier).line()),
              "Move it above that rule, or remove it.");
          break;
        }
      }
    }
    return values(lines);
  }

  private @Nullable Rule rule(Section section, OpeningHours hours) {
    String id = id(section);
    Text why = section.bilingual("why");
    Section when = section.optionalSection("when").orElse(null);
    Set<String> channels = new LinkedHashSet<>();
    Set<String> categories = new LinkedHashSet<>();
    List<String> any = List.of();
    List<String> all = List.of();
    Boolean outOfHours = null;
    if (when != null) {
      for (Section.Line<String> channel : when.textLines("channels")) {
        if (!CHANNELS.contains(channel.value())) {
          unknown(when, channel, "channel", CHANNELS);
        }
        channels.add(channel.value());
      }
      for (Section.Line<String> category : when.textLines("categories")) {
        Category known = categoriesById.get(category.value());
        if (known == null) {
          unknown(when, category, "category", categoriesById.keySet());
        } else {
          categories.add(known.id());
          categories.addAll(known.imported());
        }
      }
      any = when.texts("any");
      all = when.texts("all");
      if (when.has("outOfHours")) {
        outOfHours = when.yes("outOfHours", false);
        if (outOfHours && hours.neverCloses()) {
          when.problem(
              when.line("outOfHours"),
              "The rule \"%s\" can never match, because the call centre never closes".formatted(id),
              "Remove \"outOfHours\", or the rule.");
        }
      }
      when.finish();
    }
    Decision decision = decision(section, id);
    return decision == null
        ? null
        : new Rule(id, channels, categories, any, all, outOfHours, decision, why);
  }

  private @Nullable Decision decision(Section section, String rule) {
    List<String> given = new ArrayList<>();
    for (String each : List.of("answer", "escalate", "desk")) {
      if (section.has(each)) {
        given.add(each);
      }
    }
    if (given.size() != 1) {
      section.problem(
          section.line(),
          given.isEmpty()
              ? "The rule \"%s\" decides nothing".formatted(rule)
              : "The rule \"%s\" decides more than one thing: %s"
                  .formatted(rule, String.join(", ", given)),
          "Give it exactly one of answer, escalate and desk.");
      return null;
    }
    if (section.has("answer")) {
      return new Decision.Answer(section.bilingual("answer"));
    }
    if (section.has("escalate")) {
      return section.section("escalate").map(this::escalation).orElse(null);
    }
    return section.section("desk").map(this::deskOf).orElse(null);
  }

  private Decision escalation(Section section) {
    String department = section.text("department");
    checkDepartment(section, department, section.line("department"));
    String petitionKind = section.optionalText("petitionKind");
    if (petitionKind != null) {
      checkPetitionKind(section, "petitionKind", petitionKind);
    }
    Priority priority = section.oneOf("priority", Priority.class, Priority.NORMAL);
    section.finish();
    return new Decision.Escalate(department, petitionKind, priority);
  }

  private Decision deskOf(Section section) {
    List<String> suggested = new ArrayList<>();
    for (Section.Line<String> department : section.textLines("departments")) {
      checkDepartment(section, department.value(), department.line());
      suggested.add(department.value());
    }
    section.finish();
    return new Decision.Desk(suggested);
  }

  private Emergency emergency() {
    return new Emergency(
        values(
            top.list(
                "emergency",
                (section, title) -> {
                  if (!section.has("words")) {
                    section.problem(
                        section.line(),
                        "\"words\" is missing in %s".formatted(title),
                        "Add the words for which this number is shown.");
                  }
                  return new Emergency.Group(
                      telephone(section, "number", section.text("number")),
                      section.bilingual("name"),
                      section.texts("words"),
                      section.texts("harmless"));
                })));
  }

  private Baseline baseline() {
    Section section = top.section("baseline").orElse(null);
    if (section == null) {
      return new Baseline(0, LocalDate.MIN, LocalDate.MIN);
    }
    long count = section.count("count");
    LocalDate date = section.date("date");
    LocalDate opened = section.date("opened");
    section.finish();
    if (date == null || opened == null) {
      return new Baseline(0, LocalDate.MIN, LocalDate.MIN);
    }
    if (date.isBefore(opened)) {
      section.problem(
          section.line("date"),
          "The baseline counts until %s, before the centre opened on %s".formatted(date, opened),
          "Put the dates right; with a count of 0 both are the day of opening.");
    }
    return new Baseline(count, date, opened);
  }

  private Targets targets() {
    Section section = top.optionalSection("targets").orElse(null);
    if (section == null) {
      return Targets.NONE;
    }
    Map<Target, Double> wanted = new EnumMap<>(Target.class);
    for (Target target : Target.values()) {
      Double value =
          section.has(target.id())
              ? switch (target.unit()) {
                case PERCENT -> percent(section, target.id());
                case SECONDS -> seconds(section, target.id());
              }
              : null;
      if (value != null) {
        wanted.put(target, value);
      }
    }
    Map<String, Double> onTime = new LinkedHashMap<>();
    section.list(
        "departments",
        (entry, title) -> {
          String department = entry.text("department");
          checkDepartment(entry, department, entry.line("department"));
          Double percent = percent(entry, Target.ON_TIME_RATE.id());
          if (percent != null && onTime.putIfAbsent(department, percent) != null) {
            entry.problem(
                entry.line("department"),
                "The department \"%s\" has two targets".formatted(department),
                "Keep one of them.");
          }
          return percent;
        });
    section.finish();
    return new Targets(wanted, onTime);
  }

  private static @Nullable Double percent(Section section, String key) {
    return section.value(
        key,
        "a percentage",
        written ->
            PERCENT.matcher(written).matches()
                ? Optional.of(Double.valueOf(written)).filter(it -> it <= 100)
                : Optional.empty(),
        "Write a number from 0 to 100 without a sign behind it, e.g. 95 or 92.5.");
  }

  private static @Nullable Double seconds(Section section, String key) {
    return section.value(
        key,
        "a time in seconds",
        written ->
            written.matches("[0-9]{1,5}")
                ? Optional.of(Double.valueOf(written)).filter(it -> it > 0 && it <= A_DAY_SECONDS)
                : Optional.empty(),
        "Write whole seconds, from 1 to 86400.");
  }

  private void noteLine(String list, Section section) {
    String id = section.optionalText("id");
    if (id != null) {
      lines.putIfAbsent(list + "/" + id, section.line());
    }
  }

  private String id(Section section) {
    String id = section.text("id");
    if (!id.isEmpty() && !isId(id)) {
      section.problem(
          section.line("id"),
          "\"%s\" is not an id".formatted(id),
          "Use 1 to 64 ASCII letters, digits and hyphens, with no hyphen at either end.");
    }
    return id;
  }

  private static String telephone(Section section, String key, String number) {
    if (!number.isEmpty() && !TELEPHONE.matcher(number).matches()) {
      section.problem(
          section.line(key),
          "\"%s\" is not a telephone number".formatted(number),
          "Write digits in groups with hyphens, in quotes.");
    }
    return number;
  }

  private void checkDepartment(Section section, String id, int line) {
    if (!id.isEmpty() && !departmentIds.contains(id)) {
      unknown(section, new Section.Line<>(id, line), "department", departmentIds);
    }
  }

  private void checkPetitionKind(Section section, String key, String id) {
    if (!id.isEmpty() && !petitionKindIds.contains(id)) {
      unknown(section, new Section.Line<>(id, section.line(key)), "petition kind", petitionKindIds);
    }
  }

  private static void unknown(
      Section section, Section.Line<String> written, String what, Set<String> known) {
    section.problem(
        written.line(),
        "There is no %s \"%s\"".formatted(what, written.value()),
        Section.nearest(written.value(), known)
            .map("Did you mean \"%s\"?"::formatted)
            .orElseGet(
                () ->
                    known.size() > 20 || known.isEmpty()
                        ? "Use the id of a %s in this file.".formatted(what)
                        : "Use one of: " + String.join(", ", known) + "."));
  }

  private void checkSpellings(List<Category> categories) {
    Map<String, String> owners = new HashMap<>();
    categories.forEach(it -> owners.put(it.id(), it.id()));
    for (Category category : categories) {
      for (String spelling : category.imported()) {
        String owner = owners.putIfAbsent(spelling, category.id());
        if (owner != null && !owner.equals(category.id())) {
          top.problem(
              top.line("categories"),
              "\"%s\" is a spelling of both \"%s\" and \"%s\""
                  .formatted(spelling, owner, category.id()),
              "Keep it under \"imported\" of one of them.");
        }
      }
    }
  }

  private <T> List<T> distinct(
      String key, BiFunction<Section, String, @Nullable T> read, Function<T, String> id) {
    List<Section.Line<T>> lines = top.list(key, read);
    checkDistinct(key, lines, id);
    return values(lines);
  }

  private <T> void checkDistinct(
      String key, List<Section.Line<T>> lines, Function<T, String> idOf) {
    Map<String, Integer> seen = new HashMap<>();
    for (Section.Line<T> each : lines) {
      String id = idOf.apply(each.value());
      Integer before = id.isEmpty() ? null : seen.putIfAbsent(id, each.line());
      if (before != null) {
        top.problem(
            each.line(),
            "\"%s\" has the id \"%s\" twice".formatted(key, id),
            "Give one of them another id; the first is in line %d.".formatted(before));
      }
    }
  }

  private static <T> Set<String> ids(List<T> all, Function<T, String> id) {
    Set<String> ids = new LinkedHashSet<>();
    all.forEach(it -> ids.add(id.apply(it)));
    return ids;
  }

  private static <T> List<T> values(List<Section.Line<T>> lines) {
    List<T> values = new ArrayList<>();
    lines.forEach(it -> values.add(it.value()));
    return values;
  }
}
