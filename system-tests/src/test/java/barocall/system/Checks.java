package barocall.system;

import barocall.system.Seen.Figures;
import barocall.system.Seen.Letter;
import barocall.system.Seen.Row;
import barocall.system.Seen.Said;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what the suite shows with what its clients know, as a history is checked: every
 * difference is a broken promise. Pure.
 */
final class Checks {
  private static final Map<String, String> ADDRESSES = Map.of("mail", "@", "webhook", "/");

  private static final List<String> TOLD =
      List.of("inbox-1-told", "email-1-told", "webhook-1-told");

  /** What was decided is stored before it is said, so said again it is the very same. */
  private static final List<String> DECISIONS =
      List.of(
          "inquiry-assigned",
          "inquiry-resolved",
          "complaint-escalated",
          "complaint-acknowledged",
          "complaint-returned");

  private final Map<String, Told> told;
  private final Seen seen;
  private final Function<Told, Duration> tolerance;
  private final List<String> differences = new ArrayList<>();

  /** Records of each topic by inquiry, then by the event's id; repeats in the order they came. */
  private final Map<String, Map<String, Map<String, List<Said>>>> events = new HashMap<>();

  private Checks(Collection<Told> told, Seen seen, Function<Told, Duration> tolerance) {
    this.told = new LinkedHashMap<>();
    told.forEach(it -> this.told.put(it.inquiryId(), it));
    if (this.told.size() != told.size()) {
      differences.add("two different keys were given the same inquiryId");
    }
    this.seen = seen;
    this.tolerance = tolerance;
    for (Said said : seen.records()) {
      events
          .computeIfAbsent(said.topic(), topic -> new HashMap<>())
          .computeIfAbsent(said.about(), about -> new LinkedHashMap<>())
          .computeIfAbsent(said.id(), id -> new ArrayList<>())
          .add(said);
    }
  }

  /**
   * What differs, a sentence each; empty if all is as it was promised.
   *
   * @param told everything that was ever accepted by this suite
   * @param tolerance by how much clocks may have differed when it was received
   */
  static List<String> differences(
      Collection<Told> told, Seen seen, Function<Told, Duration> tolerance) {
    Checks checks = new Checks(told, seen, tolerance);
    checks.topics();
    checks.figures();
    checks.lists();
    checks.departmentsTold();
    seen.waiting().forEach((what, amount) -> checks.differ("%s is %s, not 0", what, amount));
    seen.gaps().forEach(gap -> checks.differ("who saw what: %s", gap));
    return checks.differences;
  }

  private void topics() {
    differ(
        "accepted and in call-received",
        told.keySet(),
        events.getOrDefault("call-received", Map.of()).keySet());
    for (Told it : told.values()) {
      it.story()
          .events()
          .forEach(
              (topic, count) -> {
                Set<String> ids = of(topic, it.inquiryId()).keySet();
                if (ids.size() != count) {
                  differ(
                      "%s %s: %d different events in %s, not %d: %s",
                      it.story(), it.inquiryId(), ids.size(), topic, count, ids);
                }
              });
      first("call-received", it.inquiryId())
          .forEach(
              said -> {
                if (!Objects.equals(said.receiptNumber(), it.receiptNumber().replace("-", ""))) {
                  differ(
                      "%s: its receipt number is %s in the topic and was %s at the door",
                      it.inquiryId(), said.receiptNumber(), it.receiptNumber());
                }
                if (!it.received().holds(received(said), tolerance.apply(it))) {
                  differ(
                      "%s: received at %s, but sent and accepted within %s",
                      it.inquiryId(), received(said), it.received());
                }
              });
    }
    for (String topic : DECISIONS) {
      events
          .getOrDefault(topic, Map.of())
          .values()
          .forEach(byId -> byId.forEach((id, said) -> requireSame(id, said)));
    }
  }

  private void requireSame(String id, List<Said> said) {
    long different = said.stream().map(Said::value).distinct().count();
    if (different > 1) {
      differ("%s was said in %d different ways", id, different);
    }
  }

  private void figures() {
    Map<String, Totals> totals = new TreeMap<>();
    seen.totals().keySet().forEach(city -> totals.put(city, new Totals(0, 0, 0, 0, 0, 0, 0, 0)));
    told.values().forEach(it -> totals.merge(it.city(), totalsOf(it.story()), Checks::sum));
    totals.forEach(
        (city, expected) -> {
          if (!expected.equals(seen.totals().get(city))) {
            differ("totals of %s: %s, not %s", city, seen.totals().get(city), expected);
          }
        });
    Map<Row, Figures> rows = expectedRows();
    Stream.concat(rows.keySet().stream(), seen.rows().keySet().stream())
        .distinct()
        .forEach(
            row -> {
              Figures expected = rows.getOrDefault(row, Figures.NONE);
              Figures shown = seen.rows().getOrDefault(row, Figures.NONE);
              if (!expected.equals(shown)) {
                differ("%s: %s, not %s", row, shown, expected);
              }
            });
  }

  private static Totals totalsOf(Story story) {
    int resolved = story.isResolved() ? 1 : 0;
    int abandoned = story.end == Story.End.ABANDONED ? 1 : 0;
    return new Totals(
        1,
        resolved,
        story.isResolvedAtFirstContact() ? 1 : 0,
        story.department == null ? 0 : 1,
        story.isOpen() ? 1 : 0,
        0,
        abandoned,
        story.deeds.contains(Story.Deed.TAKE_CALL) ? 1 : 0);
  }

  private static Totals sum(Totals one, Totals other) {
    return new Totals(
        one.received() + other.received(),
        one.resolved() + other.resolved(),
        one.resolvedAtFirstContact() + other.resolvedAtFirstContact(),
        one.escalated() + other.escalated(),
        one.open() + other.open(),
        one.overdue() + other.overdue(),
        one.abandoned() + other.abandoned(),
        one.sinceOpening() + other.sinceOpening());
  }

  /** Each count stands in the hour of its own event, whose time the topic tells. */
  private Map<Row, Figures> expectedRows() {
    Map<Row, Figures> rows = new HashMap<>();
    for (Told it : told.values()) {
      Story story = it.story();
      first("call-received", it.inquiryId())
          .forEach(
              said -> {
                Figures one = new Figures(1, 0, 0, 0);
                add(rows, it, received(said), "", "", one);
                add(rows, it, received(said), "channel", story.channel(), one);
              });
      // However often it was handed on, it counts once, at the department that had it first.
      first("complaint-escalated", it.inquiryId())
          .min(Comparator.comparing(Said::at))
          .ifPresent(
              said -> {
                Figures one = new Figures(0, 0, 0, 1);
                add(rows, it, said.at(), "", "", one);
                add(rows, it, said.at(), "channel", story.channel(), one);
                add(rows, it, said.at(), "department", String.valueOf(said.department()), one);
              });
      if (story.isResolved()) {
        first("inquiry-resolved", it.inquiryId())
            .forEach(
                said -> {
                  Figures one = new Figures(0, 1, story.isResolvedAtFirstContact() ? 1 : 0, 0);
                  add(rows, it, said.at(), "", "", one);
                  add(rows, it, said.at(), "channel", story.channel(), one);
                  if (story.end == Story.End.BY_DEPARTMENT) {
                    add(rows, it, said.at(), "department", String.valueOf(story.department), one);
                  }
                });
      }
    }
    return rows;
  }

  private static void add(
      Map<Row, Figures> rows, Told it, Instant at, String by, String key, Figures figures) {
    rows.merge(
        new Row(it.city(), at.truncatedTo(ChronoUnit.HOURS), by, key), figures, Figures::plus);
  }

  private void lists() {
    Map<String, List<String>> inboxes = new TreeMap<>();
    Map<String, List<String>> desks = new TreeMap<>();
    for (Told it : told.values()) {
      Story story = it.story();
      if (story.department != null && story.isOpen()) {
        inboxes
            .computeIfAbsent(it.city() + "/" + story.department, key -> new ArrayList<>())
            .add(it.inquiryId());
      }
      if (story.isAtDesk()) {
        desks.computeIfAbsent(it.city(), key -> new ArrayList<>()).add(it.inquiryId());
      }
      requireState("citizen", seen.citizenStates(), it);
      if (story.department != null) {
        requireState("department", seen.departmentStates(), it);
      }
    }
    differ("inbox", inboxes, seen.inboxes());
    differ("desk", desks, seen.desks());
  }

  private void requireState(String who, Map<String, String> shown, Told it) {
    String state = shown.get(it.inquiryId());
    if (state != null && !state.equals(it.story().state())) {
      differ(
          "%s %s: the %s sees %s, not %s",
          it.story(), it.inquiryId(), who, state, it.story().state());
    }
  }

  /** By every way, each at least once and always by the same name. */
  private void departmentsTold() {
    departmentsTold("mail", seen.mails());
    departmentsTold("webhook", seen.webhooks());
    for (Told it : told.values()) {
      Set<String> ways =
          of("department-told", it.inquiryId()).keySet().stream()
              .map(Checks::withoutTopic)
              .collect(Collectors.toSet());
      Set<String> expected =
          of("complaint-escalated", it.inquiryId()).keySet().stream()
              .map(Checks::withoutTopic)
              .flatMap(escalation -> TOLD.stream().map(way -> escalation + "/" + way))
              .collect(Collectors.toSet());
      if (!ways.equals(expected)) {
        differ("%s %s: told by %s, not %s", it.story(), it.inquiryId(), ways, expected);
      }
    }
  }

  private static String withoutTopic(String id) {
    return id.substring(id.indexOf('/') + 1);
  }

  private void departmentsTold(String way, List<Letter> letters) {
    Map<String, List<Letter>> byInquiry =
        letters.stream().collect(Collectors.groupingBy(Letter::about));
    for (Told it : told.values()) {
      List<Letter> about = byInquiry.getOrDefault(it.inquiryId(), List.of());
      if (it.story().department == null) {
        if (!about.isEmpty()) {
          differ("%s %s: a %s although no department has it", it.story(), it.inquiryId(), way);
        }
        continue;
      }
      for (String department : new TreeSet<>(it.story().departments)) {
        departmentTold(way, it, department, about);
      }
      Map<String, Long> places =
          about.stream()
              .collect(
                  Collectors.groupingBy(
                      Letter::name,
                      Collectors.collectingAndThen(
                          Collectors.mapping(Letter::to, Collectors.toSet()),
                          set -> (long) set.size())));
      if (places.values().stream().anyMatch(count -> count > 1)) {
        differ("%s %s: one name for %ss to different departments", it.story(), it.inquiryId(), way);
      }
      if (about.stream()
          .anyMatch(letter -> it.story().departments.stream().noneMatch(isFor(way, letter)))) {
        differ("%s: a %s went to %s", it.inquiryId(), way, about);
      }
    }
    Set<String> foreign = new HashSet<>(byInquiry.keySet());
    foreign.removeAll(told.keySet());
    if (!foreign.isEmpty()) {
      differ("a %s about inquiries that nobody knows: %s", way, foreign);
    }
  }

  /** As many letters, by their names, as it was handed to this department. */
  private void departmentTold(String way, Told it, String department, List<Letter> about) {
    List<Letter> theirs =
        about.stream().filter(letter -> isFor(way, letter).test(department)).toList();
    int handed = Collections.frequency(it.story().departments, department);
    long taken = theirs.stream().filter(Letter::taken).map(Letter::name).distinct().count();
    if (taken == 0) {
      differ("%s %s: no %s arrived", it.story(), it.inquiryId(), way);
    } else if (taken < handed) {
      differ(
          "%s %s: %d different %ss arrived at %s, not %d",
          it.story(), it.inquiryId(), taken, way, department, handed);
    }
    if (theirs.stream().map(Letter::name).distinct().count() > handed) {
      differ(
          "%s %s: repeats of a %s by different names: %s",
          it.story(), it.inquiryId(), way, theirs.stream().map(Letter::name).toList());
    }
  }

  private static Predicate<String> isFor(String way, Letter letter) {
    return department -> letter.to().contains(department + ADDRESSES.get(way));
  }

  private Map<String, List<Said>> of(String topic, String inquiryId) {
    return events.getOrDefault(topic, Map.of()).getOrDefault(inquiryId, Map.of());
  }

  /** Of each event the record that came first, which is the one that counts. */
  private Stream<Said> first(String topic, String inquiryId) {
    return of(topic, inquiryId).values().stream().map(repeats -> repeats.get(0));
  }

  private static Instant received(Said said) {
    return said.receivedAt() == null ? said.at() : said.receivedAt();
  }

  private void differ(
      String what, Map<String, List<String>> expected, Map<String, List<String>> shown) {
    Stream.concat(expected.keySet().stream(), shown.keySet().stream())
        .distinct()
        .sorted()
        .forEach(
            key ->
                differ(
                    what + " " + key,
                    expected.getOrDefault(key, List.of()),
                    shown.getOrDefault(key, List.of())));
  }

  /** With repeats: what stands twice in a list is a difference. */
  private void differ(String what, Collection<String> expected, Collection<String> shown) {
    Map<String, Long> wanted = counted(expected);
    Map<String, Long> found = counted(shown);
    List<String> missing = without(wanted, found);
    List<String> tooMuch = without(found, wanted);
    if (!missing.isEmpty()) {
      differ("%s: missing %s", what, missing.stream().map(this::named).toList());
    }
    if (!tooMuch.isEmpty()) {
      differ("%s: too much %s", what, tooMuch.stream().map(this::named).toList());
    }
  }

  private String named(String inquiryId) {
    Told it = told.get(inquiryId);
    return it == null ? inquiryId : it.story() + " " + inquiryId + " of round " + it.round();
  }

  private static Map<String, Long> counted(Collection<String> all) {
    return all.stream()
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  private static List<String> without(Map<String, Long> these, Map<String, Long> those) {
    return these.entrySet().stream()
        .filter(it -> it.getValue() > those.getOrDefault(it.getKey(), 0L))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void differ(String format, Object... values) {
    differences.add(format.formatted(values));
  }
}
