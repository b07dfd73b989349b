package barocall.analytics.live;

import barocall.analytics.facts.Count;
import barocall.analytics.figures.AgainstTarget;
import barocall.analytics.figures.By;
import barocall.analytics.figures.Counts;
import barocall.analytics.figures.Figures;
import barocall.analytics.figures.Measure;
import barocall.analytics.figures.Measure.Measured;
import barocall.analytics.figures.Row;
import barocall.analytics.figures.Step;
import barocall.analytics.figures.Totals;
import barocall.analytics.live.AgentBoard.AgentNow;
import barocall.analytics.live.Picture.AgentToday;
import barocall.analytics.live.Picture.ChannelToday;
import barocall.analytics.live.Picture.DepartmentNow;
import barocall.analytics.live.Picture.Headline;
import barocall.analytics.live.Picture.Line;
import barocall.analytics.live.Picture.Waiting;
import barocall.city.Cities;
import barocall.city.City;
import barocall.city.Targets;
import barocall.kit.web.LiveStreams;
import barocall.kit.web.ProblemException;
import barocall.kit.web.SharedPicture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts the live picture together, once a second for any number of viewers. */
@Component
class Pictures {
  private static final int USUAL_WEEKS = 8;
  private static final Duration USUAL_KEPT = Duration.ofMinutes(5);

  /** For so long an import of what lies before the baseline may show as if it came after it. */
  private static final Duration BEFORE_KEPT = Duration.ofSeconds(30);

  /** A call that has rung for longer is one whose end the exchange never told. */
  private static final Duration RINGS_AT_MOST = Duration.ofHours(1);

  private final Cities cities;
  private final Figures figures;
  private final Ticker ticker;
  private final AgentBoard agents;
  private final LiveWords words;
  private final Clock clock;
  private final SharedPicture<Picture> shared;
  private final Map<String, Usual> usual = new ConcurrentHashMap<>();
  private final Map<String, Before> before = new ConcurrentHashMap<>();

  Pictures(
      Cities cities,
      Figures figures,
      Ticker ticker,
      AgentBoard agents,
      LiveWords words,
      Clock clock,
      LiveStreams streams) {
    this.cities = cities;
    this.figures = figures;
    this.ticker = ticker;
    this.agents = agents;
    this.words = words;
    this.clock = clock;
    this.shared =
        streams.picture(this::now, picture -> picture.asOf().toString(), Picture::withoutTime);
  }

  SharedPicture<Picture> shared() {
    return shared;
  }

  /** Minutes of the last such weekdays that had anything, kept for a while. */
  private record Usual(LocalDate day, Instant asOf, List<Day> days) {}

  /** A day's minutes, the whole and by channel. */
  private record Day(List<Row> minutes, List<Row> channels) {
    Day until(LocalTime time) {
      return new Day(before(minutes, time), before(channels, time));
    }

    private static List<Row> before(List<Row> rows, LocalTime time) {
      return rows.stream().filter(row -> row.from().toLocalTime().isBefore(time)).toList();
    }
  }

  /** What came up to and with the baseline's date, as it was read some time ago. */
  private record Before(Instant asOf, Figures.BeforeBaseline sums) {}

  /** A city's rows of today. */
  private record Today(
      List<Row> minutes, List<Row> channels, List<Row> departments, List<Row> agents) {}

  Mono<Picture> now(String cityId) {
    City city = cities.city(cityId).orElseThrow(ProblemException::notFound);
    Instant now = clock.instant();
    ZonedDateTime local = now.atZone(city.timeZone());
    Instant midnight = local.toLocalDate().atStartOfDay(city.timeZone()).toInstant();
    Instant tomorrow = local.toLocalDate().plusDays(1).atStartOfDay(city.timeZone()).toInstant();
    Mono<Today> today =
        Mono.zip(
            figures.rows(city, midnight, tomorrow, Step.MINUTE, null),
            figures.rowsOfEach(
                city, midnight, tomorrow, Step.DAY, List.of(By.CHANNEL, By.DEPARTMENT, By.AGENT)),
            (minutes, ofDay) -> new Today(minutes, ofDay.get(0), ofDay.get(1), ofDay.get(2)));
    return Mono.zip(
            today,
            usual(city, local, now),
            figures.openOf(cityId).collectList(),
            before(city, now),
            agents.of(cityId),
            ticker.of(cityId))
        .flatMap(
            parts ->
                figures
                    .totals(city, now, parts.getT3(), parts.getT4())
                    .map(
                        totals ->
                            picture(
                                city,
                                local,
                                parts.getT1(),
                                parts.getT2().days(),
                                parts.getT3(),
                                totals,
                                parts.getT5(),
                                parts.getT6())));
  }

  private Picture picture(
      City city,
      ZonedDateTime local,
      Today today,
      List<Day> usual,
      List<Document> open,
      Totals totals,
      List<AgentNow> board,
      List<Happening> events) {
    Instant now = local.toInstant();
    long overdue = open.stream().filter(it -> isLate(it, now)).count();
    Counts counts = Counts.of(today.minutes(), today.channels(), overdue);
    return new Picture(
        city.id(),
        local.toOffsetDateTime(),
        named(counts),
        headlines(city.targets(), counts, usual, local.toLocalTime()),
        usual.size(),
        waiting(open, now),
        open.size(),
        overdue,
        totals.sinceOpening(),
        totals.writtenSinceBaseline(),
        Curve.of(today.minutes(), usual.stream().map(Day::minutes).toList(), local.toLocalTime()),
        today.channels().stream()
            .map(
                row ->
                    new ChannelToday(
                        key(row),
                        words.channel(key(row)),
                        row.count(Count.RECEIVED),
                        row.count(Count.RESOLVED)))
            .sorted(Comparator.comparingLong(ChannelToday::received).reversed())
            .toList(),
        departments(city, today.departments(), open, now),
        agents(city, today.agents(), board),
        events.stream()
            .map(it -> new Line(it.id(), it.at(), it.what(), words.line(city, it)))
            .toList());
  }

  private Mono<Usual> usual(City city, ZonedDateTime local, Instant now) {
    Usual kept = usual.get(city.id());
    if (kept != null
        && kept.day().equals(local.toLocalDate())
        && now.isBefore(kept.asOf().plus(USUAL_KEPT))) {
      return Mono.just(kept);
    }
    return Flux.range(1, USUAL_WEEKS)
        .concatMap(
            week -> {
              LocalDate day = local.toLocalDate().minusWeeks(week);
              Instant from = day.atStartOfDay(city.timeZone()).toInstant();
              Instant to = day.plusDays(1).atStartOfDay(city.timeZone()).toInstant();
              return figures
                  .rowsOfEach(city, from, to, Step.MINUTE, Arrays.asList(null, By.CHANNEL))
                  .map(rows -> new Day(rows.get(0), rows.get(1)));
            })
        .filter(day -> !day.minutes().isEmpty())
        .collectList()
        .map(days -> new Usual(local.toLocalDate(), now, days))
        .doOnNext(fresh -> usual.put(city.id(), fresh));
  }

  private Mono<Figures.BeforeBaseline> before(City city, Instant now) {
    Before kept = before.get(city.id());
    if (kept != null && now.isBefore(kept.asOf().plus(BEFORE_KEPT))) {
      return Mono.just(kept.sums());
    }
    return figures
        .beforeBaseline(city)
        .doOnNext(sums -> before.put(city.id(), new Before(now, sums)));
  }

  private static Map<String, Long> named(Counts counts) {
    Map<String, Long> named = new LinkedHashMap<>();
    for (Count count : Count.values()) {
      named.put(count.stored(), counts.of(count));
    }
    return named;
  }

  /** Usual rates come from the sums over all usual days, usual counts are averages of a day. */
  private static Map<String, Headline> headlines(
      Targets targets, Counts today, List<Day> usual, LocalTime until) {
    List<Day> parts = usual.stream().map(day -> day.until(until)).toList();
    Counts sum =
        Counts.of(
            parts.stream().flatMap(day -> day.minutes().stream()).toList(),
            parts.stream().flatMap(day -> day.channels().stream()).toList(),
            0);
    Map<String, Headline> headlines = new LinkedHashMap<>();
    for (Measure measure : Measure.values()) {
      if (measure.isOfDays()) {
        continue;
      }
      Measured now = measure.of(today);
      AgainstTarget against = AgainstTarget.of(targets, measure, now.value());
      headlines.put(
          measure.id(),
          new Headline(
              now.value(),
              now.n(),
              usual.isEmpty() ? null : usual(measure, sum, usual.size()),
              against == null ? null : against.verdict().wireName()));
    }
    return headlines;
  }

  private static @Nullable Double usual(Measure measure, Counts sum, int days) {
    Double value = measure.of(sum).value();
    return value == null || measure.isRate()
        ? value
        : Double.valueOf(Math.round(10.0 * value / days) / 10.0);
  }

  private static Waiting waiting(List<Document> open, Instant now) {
    List<Instant> since =
        open.stream()
            .filter(
                it ->
                    Boolean.TRUE.equals(it.getBoolean("queued"))
                        && it.getDate("receivedAt") != null)
            .map(it -> it.getDate("receivedAt").toInstant())
            .filter(at -> at.isAfter(now.minus(RINGS_AT_MOST)))
            .sorted()
            .toList();
    return new Waiting(since.size(), since.isEmpty() ? null : since.get(0));
  }

  private static boolean isLate(Document open, Instant now) {
    return open.getDate("dueAt") != null && open.getDate("dueAt").toInstant().isBefore(now);
  }

  private List<DepartmentNow> departments(
      City city, List<Row> today, List<Document> open, Instant now) {
    Map<String, Row> rows = byKey(today);
    Map<String, List<Document>> held =
        open.stream()
            .filter(it -> it.getString("department") != null)
            .collect(Collectors.groupingBy(it -> it.getString("department")));
    Set<String> ids = new LinkedHashSet<>();
    city.departments().forEach(it -> ids.add(it.id()));
    ids.addAll(held.keySet());
    ids.addAll(rows.keySet());
    return ids.stream()
        .map(
            id -> {
              List<Document> mine = held.getOrDefault(id, List.of());
              Row row = rows.get(id);
              return new DepartmentNow(
                  id,
                  words.department(city, id),
                  mine.size(),
                  mine.stream().filter(it -> isLate(it, now)).count(),
                  count(row, Count.ESCALATED),
                  count(row, Count.RESOLVED));
            })
        .sorted(
            Comparator.comparingLong(DepartmentNow::overdue)
                .thenComparingLong(DepartmentNow::open)
                .reversed())
        .toList();
  }

  private List<AgentToday> agents(City city, List<Row> today, List<AgentNow> board) {
    Map<String, Row> rows = byKey(today);
    Map<String, AgentNow> states = new HashMap<>();
    board.forEach(it -> states.put(it.agent(), it));
    Set<String> ids = new LinkedHashSet<>();
    city.agents().forEach(it -> ids.add(it.id()));
    ids.addAll(states.keySet());
    rows.keySet().stream().filter(id -> !id.isEmpty()).forEach(ids::add);
    return ids.stream()
        .map(
            id -> {
              Row row = rows.get(id);
              AgentNow now = states.get(id);
              return new AgentToday(
                  id,
                  words.agent(city, id),
                  now == null ? null : now.state(),
                  now == null ? null : words.agentState(now.state()),
                  now == null ? null : now.since(),
                  count(row, Count.ANSWERED),
                  count(row, Count.RESOLVED),
                  count(row, Count.ESCALATED));
            })
        .toList();
  }

  private static long count(@Nullable Row row, Count count) {
    return row == null ? 0 : row.count(count);
  }

  private static Map<String, Row> byKey(List<Row> rows) {
    Map<String, Row> byKey = new LinkedHashMap<>();
    rows.forEach(row -> byKey.put(key(row), row));
    return byKey;
  }

  private static String key(Row row) {
    return Optional.ofNullable(row.key()).orElse("");
  }
}
