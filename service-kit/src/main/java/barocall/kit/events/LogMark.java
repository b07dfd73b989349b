package barocall.kit.events;

import barocall.contract.Topic;
import barocall.kit.store.Awaiting;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a database says about the topics that it was made from: their ids, and how far they had been
 * read when it was last noted.
 */
public final class LogMark {
  private static final String COLLECTION = "log";
  private static final String ID = "topics";

  private final MongoDatabase database;
  private final MongoCollection<Document> log;

  public LogMark(MongoDatabase database) {
    this.database = database;
    this.log = database.getCollection(COLLECTION);
  }

  /**
   * The note as it stands.
   *
   * @param topicIds by topic
   * @param positions the next offset to be read, by topic and partition
   * @param at when it was noted
   * @param number the number of the note; null in one that an earlier release made
   */
  record Mark(
      Map<String, String> topicIds,
      Map<String, Long> positions,
      Instant at,
      @Nullable Long number) {}

  Optional<Mark> read() {
    return Optional.ofNullable(Awaiting.result(Mono.from(log.find(new Document("_id", ID)))))
        .map(
            it ->
                new Mark(
                    values(it, "topicIds", String.class),
                    values(it, "positions", Long.class),
                    it.getDate("at").toInstant(),
                    it.getLong("number")));
  }

  /**
   * Notes it.
   *
   * @param above the number of an earlier note, which this one's is to be greater than; notes that
   *     stand here are counted on anyway
   * @return the number of the note, which now stands in the store
   */
  public long keep(
      Map<String, String> topicIds, Map<String, Long> positions, Instant at, long above) {
    var note = new Document("_id", ID);
    if (above > 0) {
      Awaiting.result(
          Mono.from(
              log.updateOne(
                  note,
                  new Document("$max", new Document("number", above))
                      .append("$setOnInsert", new Document("at", Date.from(at))),
                  new UpdateOptions().upsert(true))));
    }
    Document said =
        new Document("topicIds", new Document(new TreeMap<String, Object>(topicIds)))
            .append("positions", new Document(new TreeMap<String, Object>(positions)))
            .append("at", Date.from(at));
    Document kept =
        Awaiting.result(
            Mono.from(
                log.findOneAndUpdate(
                    note,
                    new Document("$set", said).append("$inc", new Document("number", 1L)),
                    new FindOneAndUpdateOptions()
                        .upsert(true)
                        .returnDocument(ReturnDocument.AFTER))));
    return kept == null ? 0 : kept.getLong("number");
  }

  /** Whether the service keeps nothing; what is declared and empty does not count. */
  boolean isInEmptyDatabase() {
    Boolean any =
        Awaiting.result(
            Flux.from(database.listCollectionNames())
                .filter(name -> !name.startsWith("system.") && !name.equals("generations"))
                .concatMap(name -> database.getCollection(name).find().first())
                .hasElements());
    return !Boolean.TRUE.equals(any);
  }

  private static <V> Map<String, V> values(Document mark, String field, Class<V> type) {
    Map<String, V> values = new TreeMap<>();
    mark.get(field, new Document()).forEach((name, value) -> values.put(name, type.cast(value)));
    return values;
  }

  /**
   * The ids that the topics have now, by name.
   *
   * @throws IllegalStateException when no broker says it
   */
  public static Map<String, String> topicIds(Admin admin) {
    try {
      return admin
          .describeTopics(Topic.wireNames())
          .allTopicNames()
          .get(20, TimeUnit.SECONDS)
          .entrySet()
          .stream()
          .collect(
              Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().topicId().toString()));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The message broker does not say which topics there are", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking for the topics", e);
    }
  }
}
