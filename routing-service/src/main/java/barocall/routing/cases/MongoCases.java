package barocall.routing.cases;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import barocall.contract.Event.InquiryEvent;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import barocall.kit.store.SharedTrips;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cases and what is derived from them, in the store.
 *
 * <p>{@code cases}: one document an inquiry. {@code desk}: what waits, {@code _id} =
 * city/inquiryId. {@code unsent}: which cases may have something to send, {@code _id} =
 * inquiryId/version. {@code waking}: which cases want to be looked at when, {@code _id} =
 * time/inquiryId. {@code callers}: the last inquiries of a telephone, {@code _id} = city/hash.
 * {@code days}: what an agent did on a day, {@code _id} = city/agent/date. {@code places}: which
 * inquiries came about a place, {@code _id} = city/place/time/inquiryId. {@code precedents}: which
 * cases ended so that others can learn from them, {@code _id} = city/time/inquiryId. {@code clues}:
 * by what a case is found exactly, {@code _id} = city/kind/clue/time/inquiryId, and that it was
 * written, {@code _id} = city/changed/time/inquiryId/version. Everything is found by {@code _id} or
 * a range of it.
 */
public final class MongoCases implements CaseStore {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int AT_ONCE = 200;
  private static final int TRIES = 100;
  private static final String CHANGED = "/changed/";
  private static final String AFTER_CHANGED = "/changed0";

  private final SharedTrips caseTrips;
  private final MongoCollection<Document> desk;
  private final SharedTrips deskTrips;
  private final MongoCollection<Document> unsent;
  private final MongoCollection<Document> waking;
  private final MongoCollection<Document> callers;
  private final SharedTrips callerTrips;
  private final MongoCollection<Document> days;
  private final SharedTrips dayTrips;
  private final MongoCollection<Document> places;
  private final SharedTrips placeTrips;
  private final MongoCollection<Document> precedents;
  private final SharedTrips precedentTrips;
  private final MongoCollection<Document> cases;
  private final MongoCollection<Document> clues;
  private final SharedTrips clueTrips;

  public MongoCases(MongoDatabase database) {
    cases = database.getCollection("cases");
    caseTrips = new SharedTrips(cases);
    desk = database.getCollection("desk");
    deskTrips = new SharedTrips(desk);
    unsent = database.getCollection("unsent");
    waking = database.getCollection("waking");
    callers = database.getCollection("callers");
    callerTrips = new SharedTrips(callers);
    days = database.getCollection("days");
    dayTrips = new SharedTrips(days);
    places = database.getCollection("places");
    placeTrips = new SharedTrips(places);
    precedents = database.getCollection("precedents");
    precedentTrips = new SharedTrips(precedents);
    clues = database.getCollection("clues");
    clueTrips = new SharedTrips(clues);
  }

  @Override
  public Mono<Case> find(String inquiryId) {
    return caseTrips.find(inquiryId).map(MongoCases::read);
  }

  @Override
  public Mono<Boolean> write(Case changed) {
    Document document = document(changed);
    if (changed.version() == 1) {
      return caseTrips.insert(document);
    }
    Bson asRead = new Document("_id", changed.inquiryId()).append("version", changed.version() - 1);
    return caseTrips.replace(asRead, document);
  }

  @Override
  public Mono<Void> mark(String inquiryId, long version, Instant now) {
    Document mark =
        new Document("_id", markId(inquiryId, version))
            .append("inquiryId", inquiryId)
            .append("version", version)
            .append("at", Date.from(now));
    return Mono.from(
            unsent.replaceOne(eq("_id", mark.get("_id")), mark, new ReplaceOptions().upsert(true)))
        .onErrorResume(MongoCases::isDuplicate, there -> Mono.empty())
        .then();
  }

  @Override
  public Mono<Void> unmark(String inquiryId, long version) {
    return Mono.from(unsent.deleteOne(eq("_id", markId(inquiryId, version)))).then();
  }

  @Override
  public Flux<Mark> marks() {
    return Flux.from(unsent.find().limit(AT_ONCE)).map(MongoCases::mark);
  }

  /** Every case that has a mark, once. */
  Flux<Case> marked() {
    return Flux.from(unsent.find())
        .map(MongoCases::mark)
        .map(Mark::inquiryId)
        .distinct()
        .concatMap(this::find);
  }

  private static Mark mark(Document mark) {
    return new Mark(
        mark.getString("inquiryId"), mark.getLong("version"), mark.getDate("at").toInstant());
  }

  /** How many marks there are; more than a handful for long means that the broker is away. */
  Mono<Long> countMarks() {
    return Mono.from(unsent.estimatedDocumentCount());
  }

  @Override
  public Mono<Void> show(DeskItem item) {
    Bson older =
        new Document("_id", deskId(item.city(), item.inquiryId()))
            .append("version", new Document("$lt", item.version()));
    Bson picture =
        Updates.combine(
            Updates.set("version", item.version()),
            Updates.set("item", JSON.writeValueAsString(item)));
    // Where a newer one is there, its id stands in the way.
    return deskTrips
        .write(new UpdateOneModel<>(older, picture, new UpdateOptions().upsert(true)))
        .then();
  }

  @Override
  public Mono<Void> hide(String city, String inquiryId) {
    return deskTrips.remove(deskId(city, inquiryId));
  }

  /** What waits at a city's desk, in no order. */
  public Flux<DeskItem> desk(String city) {
    return Flux.from(
            desk.find(
                new Document("_id", new Document("$gte", city + "/").append("$lt", city + "0"))))
        .map(it -> JSON.readValue(it.getString("item"), DeskItem.class));
  }

  @Override
  public Mono<Void> wake(String inquiryId, Instant at) {
    Document entry =
        new Document("_id", instant(at.plusMillis(999)) + "/" + inquiryId)
            .append("inquiryId", inquiryId);
    return Mono.from(
            waking.replaceOne(
                eq("_id", entry.get("_id")), entry, new ReplaceOptions().upsert(true)))
        .onErrorResume(MongoCases::isDuplicate, there -> Mono.empty())
        .then();
  }

  @Override
  public Flux<Waking> toWake(Instant now) {
    return Flux.from(waking.find(lt("_id", instant(now) + "0")).limit(AT_ONCE))
        .map(it -> new Waking(it.getString("_id"), it.getString("inquiryId")));
  }

  @Override
  public Mono<Void> awake(Waking waking) {
    return Mono.from(this.waking.deleteOne(eq("_id", waking.id()))).then();
  }

  @Override
  public Mono<Void> changeCaller(
      String city, String telephoneHash, Function<Caller, Mono<Caller>> change) {
    String id = city + "/" + telephoneHash;
    return Mono.defer(
            () ->
                callerTrips
                    .find(id)
                    .defaultIfEmpty(new Document("_id", id))
                    .flatMap(known -> changeCaller(known, change)))
        .repeatWhenEmpty(TRIES, again -> again)
        .then();
  }

  /** Empty if somebody else wrote it meanwhile. */
  private Mono<Boolean> changeCaller(Document known, Function<Caller, Mono<Caller>> change) {
    Caller before = caller(known);
    return change
        .apply(before)
        .flatMap(after -> after.equals(before) ? Mono.just(true) : written(known, after))
        .filter(won -> won);
  }

  private Mono<Boolean> written(Document known, Caller caller) {
    Document next =
        new Document("_id", known.get("_id"))
            .append("version", known.get("version", 0L) + 1)
            .append("inquiries", caller.visits().stream().map(MongoCases::document).toList());
    if (!known.containsKey("inquiries")) {
      return callerTrips.insert(next);
    }
    Object version =
        known.containsKey("version") ? known.get("version") : new Document("$exists", false);
    Bson asRead = new Document("_id", known.get("_id")).append("version", version);
    return caller.visits().isEmpty()
        ? Mono.from(callers.deleteOne(asRead)).map(result -> result.getDeletedCount() == 1)
        : callerTrips.replace(asRead, next);
  }

  private static Document document(Visit visit) {
    Document document = new Document("id", visit.inquiryId()).append("at", Date.from(visit.at()));
    if (visit.about() != null) {
      document.append("about", visit.about());
    }
    if (visit.resolvedAt() != null) {
      document.append("resolvedAt", Date.from(visit.resolvedAt()));
      document.append("repeated", visit.repeated());
    }
    return document;
  }

  /** Formerly they were ids alone, and then ids and times. */
  private static Caller caller(Document caller) {
    return new Caller(
        caller.getList("inquiries", Object.class, List.of()).stream()
            .map(it -> it instanceof Document known ? known : new Document("id", it))
            .map(MongoCases::visit)
            .toList());
  }

  private static Visit visit(Document visit) {
    Date at = visit.getDate("at");
    Date resolvedAt = visit.getDate("resolvedAt");
    return new Visit(
        visit.getString("id"),
        at == null ? Instant.EPOCH : at.toInstant(),
        visit.getString("about"),
        resolvedAt == null ? null : resolvedAt.toInstant(),
        visit.getBoolean("repeated", false));
  }

  /** The last inquiries of a telephone, the newest first. */
  public Flux<String> ofCaller(String city, String telephoneHash) {
    return Mono.from(callers.find(eq("_id", city + "/" + telephoneHash)))
        .flatMapIterable(
            it -> {
              List<String> newestFirst =
                  new ArrayList<>(caller(it).visits().stream().map(Visit::inquiryId).toList());
              Collections.reverse(newestFirst);
              return newestFirst;
            });
  }

  @Override
  public Mono<Void> noteDeed(
      String city, String agent, LocalDate day, String what, String eventId) {
    return dayTrips
        .write(
            new UpdateOneModel<>(
                eq("_id", dayId(city, agent, day)),
                Updates.addToSet(what, eventId),
                new UpdateOptions().upsert(true)))
        .then();
  }

  /** How many inquiries an agent answered and escalated on a day. */
  public Mono<AgentDay> day(String city, String agent, LocalDate day) {
    return Mono.from(days.find(eq("_id", dayId(city, agent, day))))
        .map(it -> new AgentDay(size(it, "answered"), size(it, "escalated")))
        .defaultIfEmpty(new AgentDay(0, 0));
  }

  /** An agent's day in figures. */
  public record AgentDay(int answered, int escalated) {}

  private static int size(Document document, String field) {
    return document.getList(field, String.class, List.of()).size();
  }

  @Override
  public Mono<Void> notePlace(String city, String place, Instant receivedAt, String inquiryId) {
    return noted(placeTrips, placeId(city, place, receivedAt, inquiryId));
  }

  @Override
  public Mono<Void> forgetPlace(String city, String place, Instant receivedAt, String inquiryId) {
    return placeTrips.remove(placeId(city, place, receivedAt, inquiryId));
  }

  /** The last inquiries about a place, the newest first. */
  public Flux<String> ofPlace(String city, String place, int atMost) {
    return newest(places, city + "/" + place, atMost).map(MongoCases::inquiryIn);
  }

  @Override
  public Mono<Void> notePrecedent(String city, Instant at, String inquiryId) {
    return noted(precedentTrips, precedentId(city, at, inquiryId));
  }

  @Override
  public Mono<Void> forgetPrecedent(String city, Instant at, String inquiryId) {
    return precedentTrips.remove(precedentId(city, at, inquiryId));
  }

  /** The newest precedents of a city, the newest first. */
  public Flux<Ended> precedents(String city, int atMost) {
    return newest(precedents, city, atMost).map(MongoCases::ended);
  }

  /** The precedents of a city that ended then or later. */
  public Flux<Ended> precedentsSince(String city, Instant since) {
    return Flux.from(
            precedents.find(
                new Document(
                    "_id",
                    new Document("$gte", city + "/" + instant(since)).append("$lt", city + "0"))))
        .map(it -> ended(it.getString("_id")));
  }

  /** Forgets the precedents of a city that ended before. */
  public Mono<Void> forgetPrecedentsBefore(String city, Instant before) {
    return Mono.from(
            precedents.deleteMany(
                new Document(
                    "_id",
                    new Document("$gte", city + "/").append("$lt", city + "/" + instant(before)))))
        .then();
  }

  /** That a case ended then so that others can learn from it. */
  public record Ended(String inquiryId, Instant at) {}

  private static Ended ended(String id) {
    int end = id.lastIndexOf('/');
    return new Ended(
        id.substring(end + 1), Instant.parse(id.substring(id.lastIndexOf('/', end - 1) + 1, end)));
  }

  @Override
  public Mono<Void> noteClues(Case known, Instant receivedAt, Set<Clue> clues) {
    return Mono.when(
        clues.stream().map(clue -> noted(clueTrips, clueId(known, clue, receivedAt))).toList());
  }

  @Override
  public Mono<Void> noteChange(Case known, Instant now) {
    return noted(clueTrips, changeId(known, now));
  }

  @Override
  public Mono<Void> forgetClues(Case known, Instant receivedAt, Set<Clue> clues) {
    return Mono.when(
        clues.stream().map(clue -> clueTrips.remove(clueId(known, clue, receivedAt))).toList());
  }

  /** Which cases that clue leads to, the newest first. */
  public Flux<String> byClue(String city, Clue clue, int atMost) {
    return newest(clues, city + "/" + clue.kind().word() + "/" + clue.value(), atMost)
        .map(MongoCases::inquiryIn);
  }

  /**
   * That a case was written.
   *
   * @param note names it and its version, each once
   * @param at to the second, by the clock of who wrote it
   */
  public record Change(String note, String inquiryId, Instant at) {}

  /** What was written of a city's cases then or later, the oldest first. */
  public Flux<Change> changesSince(String city, Instant since, int atMost) {
    return Flux.from(
            clues
                .find(
                    new Document(
                        "_id",
                        new Document("$gte", city + CHANGED + instant(since))
                            .append("$lt", city + AFTER_CHANGED)))
                .sort(new Document("_id", 1))
                .limit(atMost))
        .map(it -> change(it.getString("_id")));
  }

  /** Forgets what was written before. */
  public Mono<Void> forgetChangesBefore(String city, Instant before) {
    return Mono.from(
            clues.deleteMany(
                new Document(
                    "_id",
                    new Document("$gte", city + CHANGED)
                        .append("$lt", city + CHANGED + instant(before)))))
        .then();
  }

  /** All cases of a city behind that id, in the order of their ids. */
  public Flux<Case> casesAfter(String city, String id, int atMost) {
    // What begins with the city's id and a hyphen, which a dot follows.
    String from = id.isEmpty() ? city + "-" : id;
    return Flux.from(
            cases
                .find(
                    new Document("_id", new Document("$gt", from).append("$lt", city + "."))
                        .append("city", city))
                .sort(new Document("_id", 1))
                .limit(atMost))
        .map(MongoCases::read);
  }

  private static Change change(String id) {
    String[] parts = id.split("/", -1);
    return new Change(id, parts[3], Instant.parse(parts[2]));
  }

  private static String clueId(Case known, Clue clue, Instant at) {
    return String.join(
        "/", known.city(), clue.kind().word(), clue.value(), instant(at), known.inquiryId());
  }

  private static String changeId(Case known, Instant at) {
    return known.city() + CHANGED + instant(at) + "/" + known.inquiryId() + "/" + known.version();
  }

  private static String inquiryIn(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static Flux<String> newest(
      MongoCollection<Document> collection, String under, int atMost) {
    return Flux.from(
            collection
                .find(
                    new Document(
                        "_id", new Document("$gte", under + "/").append("$lt", under + "0")))
                .sort(new Document("_id", -1))
                .limit(atMost))
        .map(it -> it.getString("_id"));
  }

  /** All that is kept stands in the id. */
  private static Mono<Void> noted(SharedTrips trips, String id) {
    return trips.insert(new Document("_id", id)).then();
  }

  private static Document document(Case known) {
    return new Document("_id", known.inquiryId())
        .append("city", known.city())
        .append("version", known.version())
        .append("entries", known.entries().stream().map(MongoCases::document).toList());
  }

  private static Document document(Entry entry) {
    Document document =
        new Document("id", entry.event().id())
            .append("topic", entry.event().topic().wireName())
            .append("event", new String(EventCodec.json(entry.event()), StandardCharsets.UTF_8))
            .append("notedAt", Date.from(entry.notedAt()))
            .append("unsent", entry.unsent());
    Deed deed = entry.deed();
    if (deed != null) {
      document.append(
          "deed",
          new Document("user", deed.user())
              .append("name", deed.name())
              .append("what", deed.what())
              .append("digest", deed.digest()));
    }
    if (entry.trace() != null) {
      document.append("trace", entry.trace());
    }
    return document;
  }

  private static Case read(Document document) {
    return new Case(
        document.getString("_id"),
        document.getString("city"),
        document.getLong("version"),
        document.getList("entries", Document.class).stream().map(MongoCases::entry).toList());
  }

  private static Entry entry(Document document) {
    Topic topic = Topic.find(document.getString("topic")).orElseThrow();
    byte[] json = document.getString("event").getBytes(StandardCharsets.UTF_8);
    return new Entry(
        EventCodec.parse(topic.record().asSubclass(InquiryEvent.class), json),
        document.getDate("notedAt").toInstant(),
        document.getBoolean("unsent"),
        deed(document.get("deed", Document.class)),
        document.getString("trace"));
  }

  private static @Nullable Deed deed(@Nullable Document deed) {
    return deed == null
        ? null
        : new Deed(
            deed.getString("user"),
            deed.getString("name"),
            deed.getString("what"),
            deed.getString("digest"));
  }

  private static String markId(String inquiryId, long version) {
    return inquiryId + "/" + version;
  }

  private static String deskId(String city, String inquiryId) {
    return city + "/" + inquiryId;
  }

  private static String dayId(String city, String agent, LocalDate day) {
    return city + "/" + agent + "/" + day;
  }

  private static String placeId(String city, String place, Instant at, String inquiryId) {
    return city + "/" + place + "/" + instant(at) + "/" + inquiryId;
  }

  private static String precedentId(String city, Instant at, String inquiryId) {
    return city + "/" + instant(at) + "/" + inquiryId;
  }

  /** Of one length, so that the order of the text is the order of time. */
  private static String instant(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static boolean isDuplicate(Throwable failure) {
    return failure instanceof MongoWriteException refused
        && ErrorCategory.fromErrorCode(refused.getError().getCode()) == ErrorCategory.DUPLICATE_KEY;
  }
}
