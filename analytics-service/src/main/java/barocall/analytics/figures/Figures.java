package barocall.analytics.figures;

import static com.mongodb.client.model.Filters.eq;

import barocall.analytics.counting.Rollups;
import barocall.analytics.facts.Booking.Breakdown;
import barocall.analytics.facts.Count;
import barocall.city.Category;
import barocall.city.City;
import barocall.contract.Channel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads rollups and what is open. Everything is looked up by {@code _id} or a range of it. */
@Component
public class Figures {
  private static final Map<String, Count> COUNTS =
      Arrays.stream(Count.values()).collect(Collectors.toMap(Count::stored, Function.identity()));
  private static final String NOW_CLOSED = "closed";
  private static final Instant LONG_AGO = Instant.parse("0001-01-01T00:00:00Z");

  private final MongoCollection<Document> rollups;
  private final MongoCollection<Document> open;

  Figures(MongoDatabase database) {
    rollups = database.getCollection("rollups");
    open = database.getCollection("open");
  }

  /** What is open at one moment. */
  record Open(long count, long overdue) {}

  public Mono<Totals> totals(City city, Instant now) {
    return Mono.zip(openOf(city.id()).collectList(), beforeBaseline(city))
        .flatMap(read -> totals(city, now, read.getT1(), read.getT2()));
  }

  /** As {@link #totals(City, Instant)}, with what somebody has read already. */
  public Mono<Totals> totals(
      City city, Instant now, List<Document> openOfCity, BeforeBaseline before) {
    ZoneId zone = city.timeZone();
    Open open = open(openOfCity, now);
    return Mono.from(rollups.find(eq("_id", city.id() + "/" + Rollups.TOTAL)))
        .defaultIfEmpty(new Document())
        .map(
            whole ->
                new Totals(
                    city.id(),
                    Totals.asOf(now, zone),
                    whole(whole, Count.RECEIVED),
                    whole(whole, Count.RESOLVED),
                    whole(whole, Count.RESOLVED_AT_FIRST_CONTACT),
                    whole(whole, Count.ESCALATED),
                    open.count(),
                    open.overdue(),
                    whole(whole, Count.ABANDONED),
                    new Totals.Baseline(city.baseline().count(), city.baseline().date()),
                    city.baseline().count() + whole(whole, Count.ANSWERED) - before.answered(),
                    written(whole) - before.written()));
  }

  /** What came up to and with the baseline's date: only an import of the past changes it. */
  public Mono<BeforeBaseline> beforeBaseline(City city) {
    return before(
        city, city.baseline().date().plusDays(1).atStartOfDay(city.timeZone()).toInstant());
  }

  /**
   * What a city's figure since opening has in its baseline already.
   *
   * @param answered calls
   * @param written inquiries that came by other channels than the telephone
   */
  public record BeforeBaseline(long answered, long written) {
    private BeforeBaseline plus(Document rollup) {
      return new BeforeBaseline(
          answered + whole(rollup, Count.ANSWERED), written + Figures.written(rollup));
    }
  }

  /** Before a moment that begins a day: whole months, then the days of the last one. */
  private Mono<BeforeBaseline> before(City city, Instant moment) {
    ZonedDateTime local = moment.atZone(city.timeZone());
    Instant month = local.toLocalDate().withDayOfMonth(1).atStartOfDay(city.timeZone()).toInstant();
    return Flux.concat(
            range(city.id(), Rollups.MONTH, LONG_AGO, month),
            range(city.id(), Rollups.DAY, month, moment))
        .reduce(new BeforeBaseline(0, 0), BeforeBaseline::plus);
  }

  /** Counted over the small collection of what is open. */
  Mono<Open> open(City city, Instant now) {
    return openOf(city.id()).collectList().map(all -> open(all, now));
  }

  private static Open open(List<Document> ofCity, Instant now) {
    List<Document> open =
        ofCity.stream().filter(it -> !NOW_CLOSED.equals(it.getString("state"))).toList();
    return new Open(
        open.size(),
        open.stream()
            .filter(
                it -> it.getDate("dueAt") != null && it.getDate("dueAt").toInstant().isBefore(now))
            .count());
  }

  /**
   * All that was counted in a period of whole days.
   *
   * @param from in, to out
   */
  public Mono<Counts> counts(City city, Instant from, Instant to, Instant now) {
    return Mono.zip(
            rows(city, from, to, Step.DAY, null),
            rows(city, from, to, Step.DAY, By.CHANNEL),
            open(city, to.isBefore(now) ? to : now),
            durations(city, from, to))
        .map(
            parts ->
                Counts.of(parts.getT1(), parts.getT2(), parts.getT3().overdue())
                    .with(parts.getT4()));
  }

  private Mono<Map<Breakdown, NavigableMap<Integer, Long>>> durations(
      City city, Instant from, Instant to) {
    Map<Breakdown, NavigableMap<Integer, Long>> durations = new EnumMap<>(Breakdown.class);
    return range(city.id(), Rollups.DAY, from, to)
        .doOnNext(
            rollup -> {
              for (Breakdown breakdown : Breakdown.values()) {
                Document classes =
                    breakdown.onlyOfDays() ? rollup.get(breakdown.stored(), Document.class) : null;
                if (classes != null) {
                  addDurations(
                      classes, durations.computeIfAbsent(breakdown, it -> new TreeMap<>()));
                }
              }
            })
        .then(Mono.just(durations));
  }

  /** Each class has one count: of what came to an end after so long. */
  private static void addDurations(Document classes, NavigableMap<Integer, Long> sum) {
    for (String durationClass : classes.keySet()) {
      classes
          .get(durationClass, Document.class)
          .values()
          .forEach(
              amount ->
                  sum.merge(
                      Integer.valueOf(durationClass), ((Number) amount).longValue(), Long::sum));
    }
  }

  /**
   * What agents kept from the departments: calls and inquiries that they answered themselves, by
   * the department that would have had them.
   *
   * @param from in, to out
   */
  public Mono<SortedMap<String, Long>> keptFromDepartments(City city, Instant from, Instant to) {
    return rows(city, from, to, Step.DAY, By.CATEGORY)
        .map(
            rows -> {
              SortedMap<String, Long> kept = new TreeMap<>();
              for (Row row : rows) {
                long solved = row.count(Count.SOLVED_BY_AGENT);
                String category = row.key() == null ? "" : row.key();
                if (solved != 0) {
                  kept.merge(
                      city.category(category).map(Category::department).orElse(""),
                      solved,
                      Long::sum);
                }
              }
              return kept;
            });
  }

  /**
   * What was counted of each department's complaints in a period of whole days, with those that are
   * open and overdue at its end.
   *
   * @param from in, to out
   */
  public Mono<SortedMap<String, Counts>> ofDepartments(
      City city, Instant from, Instant to, Instant now) {
    Instant end = to.isBefore(now) ? to : now;
    return Mono.zip(rows(city, from, to, Step.DAY, By.DEPARTMENT), openOf(city.id()).collectList())
        .map(
            parts -> {
              Map<String, List<Row>> rows =
                  parts.getT1().stream()
                      .collect(Collectors.groupingBy(row -> row.key() == null ? "" : row.key()));
              Map<String, List<Document>> open =
                  parts.getT2().stream()
                      .filter(it -> it.getString("department") != null)
                      .collect(Collectors.groupingBy(it -> it.getString("department")));
              SortedMap<String, Counts> counts = new TreeMap<>();
              for (String department : rows.keySet()) {
                counts.put(
                    department,
                    Counts.of(
                        rows.get(department),
                        List.of(),
                        open(open.getOrDefault(department, List.of()), end).overdue()));
              }
              open.forEach(
                  (department, held) ->
                      counts.putIfAbsent(
                          department, Counts.of(List.of(), List.of(), open(held, end).overdue())));
              return counts;
            });
  }

  /** Everything that is open in a city, as it lies in the store. */
  public Flux<Document> openOf(String city) {
    return Flux.from(open.find(eq("city", city)));
  }

  /**
   * Rows of buckets in which something was counted, in order of time and key.
   *
   * @param from in, to out
   * @param by null for the whole
   */
  public Mono<List<Row>> rows(City city, Instant from, Instant to, Step step, @Nullable By by) {
    return rowsOfEach(city, from, to, step, Collections.singletonList(by)).map(each -> each.get(0));
  }

  /**
   * The rows of several breakdowns, each as {@link #rows} has them, for one question to the store.
   *
   * @param bys null among them for the whole
   */
  public Mono<List<List<Row>>> rowsOfEach(
      City city, Instant from, Instant to, Step step, List<@Nullable By> bys) {
    ZoneId zone = city.timeZone();
    String read = step.readsHours() ? Rollups.HOUR : Rollups.DAY;
    Instant firstRollup = step.bucketStart(from, zone);
    List<Map<OffsetDateTime, Map<String, Row>>> each = new ArrayList<>();
    bys.forEach(by -> each.add(new HashMap<>()));
    return range(city.id(), read, firstRollup, to)
        .doOnNext(
            rollup -> {
              for (int i = 0; i < each.size(); i++) {
                add(rollup, from, to, step, bys.get(i), zone, each.get(i));
              }
            })
        .then(Mono.fromSupplier(() -> each.stream().map(Figures::inOrder).toList()));
  }

  private static List<Row> inOrder(Map<OffsetDateTime, Map<String, Row>> rows) {
    return rows.values().stream()
        .flatMap(keys -> keys.values().stream())
        .filter(row -> !row.isEmpty())
        .sorted(
            Comparator.comparing((Row row) -> row.from().toInstant())
                .thenComparing(row -> row.key() == null ? "" : row.key()))
        .toList();
  }

  private static void add(
      Document rollup,
      Instant from,
      Instant to,
      Step step,
      @Nullable By by,
      ZoneId zone,
      Map<OffsetDateTime, Map<String, Row>> rows) {
    ZonedDateTime start = Rollups.start(rollup.getString("_id")).atZone(zone);
    if (step != Step.MINUTE) {
      if (!start.toInstant().isBefore(from)) {
        addPart(rollup, step.bucket(start, zone).toOffsetDateTime(), by, rows);
      }
      return;
    }
    Document minutes = rollup.get("m", Document.class);
    if (minutes == null) {
      return;
    }
    for (String minute : minutes.keySet()) {
      ZonedDateTime at = start.plusMinutes(Long.parseLong(minute));
      if (!at.toInstant().isBefore(from) && at.toInstant().isBefore(to)) {
        addPart(minutes.get(minute, Document.class), at.toOffsetDateTime(), by, rows);
      }
    }
  }

  private static void addPart(
      Document part,
      OffsetDateTime bucket,
      @Nullable By by,
      Map<OffsetDateTime, Map<String, Row>> rows) {
    Map<String, Row> keys = rows.computeIfAbsent(bucket, b -> new HashMap<>());
    if (by == null) {
      addCounts(
          part.get(Breakdown.WHOLE.stored(), Document.class),
          keys.computeIfAbsent("", k -> new Row(bucket, null)));
      return;
    }
    Document breakdown = part.get(by.stored(), Document.class);
    if (breakdown != null) {
      for (String key : breakdown.keySet()) {
        String row = Rollups.row(key);
        addCounts(
            breakdown.get(key, Document.class),
            keys.computeIfAbsent(row, k -> new Row(bucket, row)));
      }
    }
  }

  private static void addCounts(@Nullable Document counts, Row row) {
    if (counts != null) {
      counts.forEach(
          (name, amount) -> {
            Count count = COUNTS.get(name);
            if (count != null) {
              row.add(count, ((Number) amount).longValue());
            }
          });
    }
  }

  private Flux<Document> range(String city, String step, Instant from, Instant to) {
    return Flux.from(
        rollups.find(
            new Document(
                "_id",
                new Document("$gte", Rollups.id(city, step, from))
                    .append("$lt", Rollups.id(city, step, to)))));
  }

  private static long whole(Document rollup, Count count) {
    return amount(rollup.get(Breakdown.WHOLE.stored(), Document.class), count);
  }

  /** Received by other channels than the telephone. */
  private static long written(Document rollup) {
    Document channels = rollup.get(Breakdown.CHANNEL.stored(), Document.class);
    return channels == null
        ? 0
        : whole(rollup, Count.RECEIVED)
            - amount(channels.get(Channel.TELEPHONE.wireName(), Document.class), Count.RECEIVED);
  }

  private static long amount(@Nullable Document counts, Count count) {
    return counts == null || counts.get(count.stored()) == null
        ? 0
        : ((Number) counts.get(count.stored())).longValue();
  }
}
