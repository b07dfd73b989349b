package barocall.analytics.live;

import barocall.analytics.facts.Count;
import barocall.analytics.figures.By;
import barocall.analytics.figures.Figures;
import barocall.analytics.figures.Row;
import barocall.analytics.figures.Step;
import barocall.analytics.live.AgentBoard.AgentNow;
import barocall.analytics.live.Picture.AgentToday;
import barocall.analytics.live.Picture.ChannelToday;
import barocall.analytics.live.Picture.DepartmentNow;
import barocall.analytics.live.Picture.Slot;
import barocall.analytics.live.Picture.Waiting;
import barocall.city.Cities;
import barocall.city.City;
import barocall.kit.web.LiveStreams;
import barocall.kit.web.ProblemException;
import barocall.kit.web.SharedPicture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
  private static final int SLOT_MINUTES = 10;
  private static final Duration USUAL_KEPT = Duration.ofMinutes(5);

  /** A call that has rung for longer is one whose end the exchange never told. */
  private static final Duration RINGS_AT_MOST = Duration.ofHours(1);

  private final Cities cities;
  private final Figures figures;
  private final Ticker ticker;
  private final AgentBoard agents;
  private final Clock clock;
  private final SharedPicture<Picture> shared;
  private final Map<String, Usual> usual = new ConcurrentHashMap<>();

  Pictures(
      Cities cities,
      Figures figures,
      Ticker ticker,
      AgentBoard agents,
      Clock clock,
      LiveStreams streams) {
    this.cities = cities;
    this.figures = figures;
    this.ticker = ticker;
    this.agents = agents;
    this.clock = clock;
    this.shared =
        streams.picture(this::now, picture -> picture.asOf().toString(), Picture::withoutTime);
  }

  SharedPicture<Picture> shared() {
    return shared;
  }

  /** Ten-minute counts of the last such weekdays, kept for a while. */
  private record Usual(LocalDate day, Instant asOf, List<Map<LocalTime, Row>> days) {}

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
                figures.rows(city, midnight, tomorrow, Step.DAY, By.CHANNEL),
                figures.rows(city, midnight, tomorrow, Step.DAY, By.DEPARTMENT),
                figures.rows(city, midnight, tomorrow, Step.DAY, By.AGENT))
            .map(rows -> new Today(rows.getT1(), rows.getT2(), rows.getT3(), rows.getT4()));
    return Mono.zip(
            today,
            usual(city, local, now),
            figures.openOf(cityId).collectList(),
            figures.totals(city, now),
            agents.of(cityId),
            ticker.of(cityId))
        .map(
            parts ->
                picture(
                    city,
                    local,
                    parts.getT1(),
                    parts.getT2(),
                    parts.getT3(),
                    parts.getT4().sinceOpening(),
                    parts.getT5(),
                    parts.getT6()));
  }

  private Picture picture(
      City city,
      ZonedDateTime local,
      Today today,
      Usual usual,
      List<Document> open,
      long sinceOpening,
      List<AgentNow> board,
      List<Happening> events) {
    Instant now = local.toInstant();
    LocalTime until = local.toLocalTime();
    List<Map<LocalTime, Row>> usualDays =
        usual.days().stream().filter(day -> !day.isEmpty()).toList();
    return new Picture(
        city.id(),
        local.toOffsetDateTime(),
        sum(today.minutes()),
        usualDays.isEmpty() ? null : average(usualDays, until),
        usualDays.size(),
        waiting(open, now),
        open.size(),
        open.stream().filter(it -> isLate(it, now)).count(),
        sinceOpening,
        curve(today.minutes(), usualDays),
        today.channels().stream()
            .map(
                row ->
                    new ChannelToday(
                        key(row), row.count(Count.RECEIVED), row.count(Count.RESOLVED)))
            .toList(),
        departments(city, today.departments(), open, now),
        agents(city, today.agents(), board),
        events);
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
              return figures
                  .rows(
                      city,
                      day.atStartOfDay(city.timeZone()).toInstant(),
                      day.plusDays(1).atStartOfDay(city.timeZone()).toInstant(),
                      Step.MINUTE,
                      null)
                  .map(Pictures::slots);
            })
        .collectList()
        .map(days -> new Usual(local.toLocalDate(), now, days))
        .doOnNext(fresh -> usual.put(city.id(), fresh));
  }

  private static Map<LocalTime, Row> slots(List<Row> minutes) {
    Map<LocalTime, Row> slots = new TreeMap<>();
    for (Row row : minutes) {
      LocalTime time = row.from().toLocalTime();
      LocalTime slot = time.withMinute(time.getMinute() / SLOT_MINUTES * SLOT_MINUTES);
      Row sum = slots.computeIfAbsent(slot, it -> new Row(row.from(), null));
      row.counts().forEach(sum::add);
    }
    return slots;
  }

  private static Map<String, Long> sum(List<Row> rows) {
    Row sum = new Row(java.time.OffsetDateTime.MIN, null);
    rows.forEach(row -> row.counts().forEach(sum::add));
    Map<String, Long> named = new LinkedHashMap<>();
    for (Count count : Count.values()) {
      named.put(count.stored(), sum.count(count));
    }
    return named;
  }

  private static Map<String, Double> average(List<Map<LocalTime, Row>> days, LocalTime until) {
    Map<String, Double> average = new LinkedHashMap<>();
    for (Count count : Count.values()) {
      long sum = 0;
      for (Map<LocalTime, Row> day : days) {
        for (Map.Entry<LocalTime, Row> slot : day.entrySet()) {
          if (!slot.getKey().isAfter(until)) {
            sum += slot.getValue().count(count);
          }
        }
      }
      average.put(count.stored(), Math.round(10.0 * sum / days.size()) / 10.0);
    }
    return average;
  }

  private static List<Slot> curve(List<Row> minutes, List<Map<LocalTime, Row>> usualDays) {
    Map<LocalTime, Row> today = slots(minutes);
    Set<LocalTime> times = new java.util.TreeSet<>(today.keySet());
    usualDays.forEach(day -> times.addAll(day.keySet()));
    List<Slot> curve = new ArrayList<>();
    for (LocalTime time : times) {
      long least = Long.MAX_VALUE;
      long most = 0;
      for (Map<LocalTime, Row> day : usualDays) {
        long received = count(day.get(time), Count.RECEIVED);
        least = Math.min(least, received);
        most = Math.max(most, received);
      }
      curve.add(
          new Slot(
              time.toString(),
              count(today.get(time), Count.RECEIVED),
              count(today.get(time), Count.ANSWERED),
              usualDays.isEmpty() ? 0 : least,
              most));
    }
    return curve;
  }

  private static long count(@Nullable Row row, Count count) {
    return row == null ? 0 : row.count(count);
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

  private static List<DepartmentNow> departments(
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
    List<DepartmentNow> departments = new ArrayList<>();
    for (String id : ids) {
      List<Document> mine = held.getOrDefault(id, List.of());
      Row row = rows.get(id);
      departments.add(
          new DepartmentNow(
              id,
              city.department(id).map(it -> it.name().in(Locale.KOREAN)).orElse(id),
              mine.size(),
              mine.stream().filter(it -> isLate(it, now)).count(),
              count(row, Count.ESCALATED),
              count(row, Count.RESOLVED)));
    }
    return departments;
  }

  private static List<AgentToday> agents(City city, List<Row> today, List<AgentNow> board) {
    Map<String, Row> rows = byKey(today);
    Map<String, AgentNow> states = new HashMap<>();
    board.forEach(it -> states.put(it.agent(), it));
    Set<String> ids = new LinkedHashSet<>();
    city.agents().forEach(it -> ids.add(it.id()));
    ids.addAll(states.keySet());
    ids.addAll(rows.keySet());
    List<AgentToday> agents = new ArrayList<>();
    for (String id : ids) {
      Row row = rows.get(id);
      agents.add(
          AgentToday.of(
              id,
              city.agent(id).map(it -> it.name()).orElse(id),
              states.get(id),
              count(row, Count.ANSWERED),
              count(row, Count.RESOLVED),
              count(row, Count.ESCALATED)));
    }
    return agents;
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
