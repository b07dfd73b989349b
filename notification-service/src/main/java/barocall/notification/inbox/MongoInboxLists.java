package barocall.notification.inbox;

import barocall.city.Cities;
import barocall.kit.store.SharedTrips;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Cases;
import barocall.notification.cases.Standing;
import barocall.notification.cases.Watcher;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bson.Document;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two collections whose ids begin with city and department, so that a list is a range of ids: what
 * is open, and what was done, by time. Both are rewritten from the case files.
 */
@Repository
class MongoInboxLists implements InboxLists, Watcher {
  private static final Duration LATELY = Duration.ofDays(14);
  private static final int MOST_DONE = 100;
  private static final Comparator<OffsetDateTime> EARLIEST =
      Comparator.comparing(OffsetDateTime::toInstant);
  private static final Comparator<InboxItem> BY_DUE =
      Comparator.comparing(InboxItem::dueAt, Comparator.nullsLast(EARLIEST))
          .thenComparing(InboxItem::receivedAt, Comparator.nullsLast(EARLIEST))
          .thenComparing(InboxItem::inquiryId);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final MongoCollection<Document> open;
  private final SharedTrips openTrips;
  private final MongoCollection<Document> done;
  private final SharedTrips doneTrips;
  private final Cases cases;
  private final Cities cities;
  private final InboxLive live;
  private final Clock clock;

  MongoInboxLists(MongoDatabase database, Cases cases, Cities cities, InboxLive live, Clock clock) {
    this.open = database.getCollection("open");
    this.openTrips = new SharedTrips(open);
    this.done = database.getCollection("done");
    this.doneTrips = new SharedTrips(done);
    this.cases = cases;
    this.cities = cities;
    this.live = live;
    this.clock = clock;
  }

  @Override
  public Mono<List<InboxItem>> open(String city, String department) {
    String prefix = prefix(city, department);
    return Flux.from(open.find(ids(prefix, end(prefix))))
        .map(MongoInboxLists::item)
        .sort(BY_DUE)
        .collectList();
  }

  @Override
  public Mono<List<InboxItem>> done(String city, String department) {
    String prefix = prefix(city, department);
    String from = prefix + millis(clock.instant().minus(LATELY));
    return Flux.from(
            done.find(ids(from, end(prefix))).sort(Sorts.descending("_id")).limit(MOST_DONE))
        .map(MongoInboxLists::item)
        .collectList();
  }

  /**
   * Writes the lines of a case and looks whether the case has changed meanwhile: whoever writes
   * last has seen the newest version.
   */
  @Override
  public Mono<Void> changed(CaseFile file) {
    List<Standing> standings = file.standings();
    if (standings.isEmpty()) {
      return Mono.empty();
    }
    return Flux.fromIterable(standings)
        .concatMap(standing -> place(file, standing))
        .then(cases.file(file.inquiryId()))
        .flatMap(now -> now.version() <= file.version() ? Mono.empty() : changed(now));
  }

  private Mono<Void> place(CaseFile file, Standing standing) {
    var city = cities.city(standing.escalation().cityId());
    if (city.isEmpty()) {
      return Mono.empty();
    }
    String department = standing.escalation().department();
    String prefix = prefix(city.get().id(), department);
    String id = prefix + file.inquiryId() + "/" + standing.escalation().step();
    InboxItem item = InboxItem.of(standing, city.get());
    List<Mono<?>> writes = new ArrayList<>();
    if (standing.isOpen()) {
      writes.add(put(openTrips, id, item));
    } else {
      writes.add(openTrips.remove(id));
      Instant closedAt =
          standing.resolved() != null
              ? standing.resolved().at()
              : standing.returned() != null
                  ? standing.returned().at()
                  : standing.recalled() == null ? null : standing.recalled().at();
      if (closedAt != null) {
        writes.add(
            put(
                doneTrips,
                prefix
                    + millis(closedAt)
                    + "/"
                    + file.inquiryId()
                    + "/"
                    + standing.escalation().step(),
                item));
      }
    }
    return Flux.concat(writes)
        .then(Mono.fromRunnable(() -> live.nudge(city.get().id(), department)));
  }

  private static Mono<?> put(SharedTrips list, String id, InboxItem item) {
    return list.put(new Document("_id", id).append("item", JSON.writeValueAsString(item)));
  }

  private static InboxItem item(Document document) {
    return JSON.readValue(document.getString("item"), InboxItem.class);
  }

  private static String prefix(String city, String department) {
    return city + "/" + URLEncoder.encode(department, StandardCharsets.UTF_8) + "/";
  }

  /** Flat, for not every store finds a range of ids within $and without looking at all of them. */
  private static Document ids(String from, String end) {
    return new Document("_id", new Document("$gte", from).append("$lt", end));
  }

  /** The first id behind all that begin so. */
  private static String end(String prefix) {
    return prefix.substring(0, prefix.length() - 1) + (char) ('/' + 1);
  }

  private static String millis(Instant at) {
    return "%013d".formatted(at.toEpochMilli());
  }
}
