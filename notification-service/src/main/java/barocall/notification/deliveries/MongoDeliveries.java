package barocall.notification.deliveries;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;

import barocall.contract.WireName;
import barocall.kit.store.SharedTrips;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All deliveries by id; beside them two small collections: which are due when, and copies of those
 * that were given up. A delivery is always written before its place in the small ones.
 */
@Repository
class MongoDeliveries {
  /** Only of use to whoever makes deliveries anew from the topics. */
  private static final String END_IN_TOPIC = "endInTopic";

  private final MongoCollection<Document> deliveries;
  private final SharedTrips trips;
  private final MongoCollection<Document> pending;
  private final SharedTrips pendingTrips;
  private final MongoCollection<Document> failed;

  MongoDeliveries(MongoDatabase database) {
    this.deliveries = database.getCollection("deliveries");
    this.trips = new SharedTrips(deliveries);
    this.pending = database.getCollection("pending");
    this.pendingTrips = new SharedTrips(pending);
    this.failed = database.getCollection("failed");
  }

  /** A delivery that somebody has to look at. */
  record Due(String id, String destination, Instant at) {}

  /** Keeps a new delivery; of a known one only makes sure that it is looked after. */
  Mono<Void> keep(Delivery delivery, String destination) {
    return trips
        .insert(document(delivery))
        .flatMap(fresh -> fresh ? Mono.just(delivery) : find(delivery.id()))
        .filter(known -> !known.announced())
        .flatMap(
            known -> {
              Instant at = known.nextAt() == null ? delivery.createdAt() : known.nextAt();
              return looked(known.id(), destination, at);
            });
  }

  /** Keeps a delivery of which nothing more has to be done, unless it is known. */
  Mono<Void> keepSettled(Delivery delivery) {
    return Mono.from(deliveries.insertOne(document(delivery)))
        .then()
        .onErrorResume(MongoDeliveries::isDuplicate, known -> Mono.empty());
  }

  /** Writes it over whatever is there. */
  Mono<Void> put(Delivery delivery) {
    return Mono.from(
            deliveries.replaceOne(
                eq("_id", delivery.id()), document(delivery), new ReplaceOptions().upsert(true)))
        .then();
  }

  /** As {@link #put}, of one whose end a topic tells. */
  Mono<Void> putTold(Delivery ended) {
    return Mono.from(
            deliveries.replaceOne(
                eq("_id", ended.id()),
                document(ended).append(END_IN_TOPIC, true),
                new ReplaceOptions().upsert(true)))
        .then();
  }

  /** Whether a topic tells how that sending, or a later one, ended. */
  Mono<Boolean> isEndInTopic(Delivery delivery) {
    return Mono.from(deliveries.find(eq("_id", delivery.id())))
        .map(
            known ->
                known.getBoolean(END_IN_TOPIC, false)
                    && known.getInteger("sending") >= delivery.sending())
        .defaultIfEmpty(false);
  }

  Mono<Delivery> find(String id) {
    return trips.find(id).map(MongoDeliveries::delivery);
  }

  /** Writes the next version only if the present one is the one that was seen. */
  Mono<Boolean> replace(Delivery seen, Delivery next) {
    Document condition =
        new Document("_id", seen.id())
            .append("state", seen.state().wireName())
            .append("attempts", seen.attempts())
            .append("sending", seen.sending())
            .append("announced", seen.announced());
    return trips.replace(condition, document(next));
  }

  /** Sets when it is looked after, unless that is set: a worker may hold it until then. */
  private Mono<Void> looked(String id, String destination, Instant at) {
    return pendingTrips
        .write(
            new UpdateOneModel<>(
                eq("_id", id),
                Updates.combine(
                    Updates.setOnInsert("destination", destination),
                    Updates.setOnInsert("at", Date.from(at))),
                new UpdateOptions().upsert(true)))
        .then();
  }

  /** Sets when it is looked after next. */
  Mono<Void> due(String id, String destination, Instant at) {
    return Mono.from(
            pending.replaceOne(
                eq("_id", id),
                new Document("_id", id)
                    .append("destination", destination)
                    .append("at", Date.from(at)),
                new ReplaceOptions().upsert(true)))
        .then();
  }

  /** All that is due by then. */
  Flux<Due> due(Instant by) {
    return Flux.from(pending.find(lte("at", Date.from(by)))).map(MongoDeliveries::due);
  }

  /** All that is not done. */
  Flux<Due> waiting() {
    return Flux.from(pending.find()).map(MongoDeliveries::due);
  }

  /** Puts off what is due until then, and gives that; empty if someone else did so before. */
  Mono<Due> claim(Due due, Instant until) {
    return Mono.from(pending.updateOne(asSeen(due), Updates.set("at", Date.from(until))))
        .filter(result -> result.getMatchedCount() == 1)
        .map(result -> new Due(due.id(), due.destination(), until));
  }

  /** Nothing more has to be done about it, unless somebody has set it since. */
  Mono<Void> done(Due held) {
    return Mono.from(pending.deleteOne(asSeen(held))).then();
  }

  private static Bson asSeen(Due due) {
    return new Document("_id", due.id()).append("at", Date.from(due.at()));
  }

  /** Lists it among those that were given up. */
  Mono<Void> list(Delivery givenUp) {
    return Mono.from(
            failed.replaceOne(
                eq("_id", givenUp.id()), document(givenUp), new ReplaceOptions().upsert(true)))
        .then();
  }

  /** Takes it off that list. */
  Mono<Void> unlist(String id) {
    return Mono.from(failed.deleteOne(eq("_id", id))).then();
  }

  /** What was given up and not sent again since, of one city or of all. */
  Flux<Delivery> givenUp(@Nullable String city) {
    Bson wanted =
        city == null
            ? new Document()
            : new Document(
                "_id", new Document("$gte", city + "~").append("$lt", city + (char) ('~' + 1)));
    return Flux.from(failed.find(wanted)).map(MongoDeliveries::delivery);
  }

  /** How many are not done. */
  Mono<Long> countWaiting() {
    return Mono.from(pending.estimatedDocumentCount());
  }

  /** How many were given up and wait for a person. */
  Mono<Long> countGivenUp() {
    return Mono.from(failed.estimatedDocumentCount());
  }

  private static boolean isDuplicate(Throwable failure) {
    return failure instanceof MongoWriteException refused
        && refused.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
  }

  private static Due due(Document document) {
    return new Due(
        document.getString("_id"),
        document.getString("destination"),
        document.getDate("at").toInstant());
  }

  private static Document document(Delivery delivery) {
    return new Document("_id", delivery.id())
        .append("eventId", delivery.eventId())
        .append("city", delivery.city())
        .append("inquiryId", delivery.inquiryId())
        .append("receiptNumber", delivery.receiptNumber())
        .append("step", delivery.step())
        .append("occasion", delivery.occasion())
        .append("means", delivery.means().wireName())
        .append("department", delivery.department())
        .append("state", delivery.state().wireName())
        .append("attempts", delivery.attempts())
        .append("sending", delivery.sending())
        .append("createdAt", date(delivery.createdAt()))
        .append("nextAt", date(delivery.nextAt()))
        .append("lastError", delivery.lastError())
        .append("settledAt", date(delivery.settledAt()))
        .append("announced", delivery.announced())
        .append("trace", delivery.trace());
  }

  private static Delivery delivery(Document document) {
    return new Delivery(
        document.getString("_id"),
        document.getString("eventId"),
        document.getString("city"),
        document.getString("inquiryId"),
        document.getString("receiptNumber"),
        document.getInteger("step"),
        document.getString("occasion"),
        constant(Delivery.Means.class, document.getString("means")),
        document.getString("department"),
        constant(Delivery.State.class, document.getString("state")),
        document.getInteger("attempts"),
        document.getInteger("sending"),
        document.getDate("createdAt").toInstant(),
        instant(document.getDate("nextAt")),
        document.getString("lastError"),
        instant(document.getDate("settledAt")),
        document.getBoolean("announced"),
        document.getString("trace"));
  }

  private static <E extends Enum<E> & WireName> E constant(Class<E> type, String name) {
    return WireName.find(type, name)
        .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " " + name));
  }

  private static @Nullable Date date(@Nullable Instant at) {
    return at == null ? null : Date.from(at);
  }

  private static @Nullable Instant instant(@Nullable Date at) {
    return at == null ? null : at.toInstant();
  }

  /** Ids of what was given up, for sending all of it again. */
  Mono<List<String>> givenUpIds(String city) {
    return givenUp(city).map(Delivery::id).collectList();
  }
}
