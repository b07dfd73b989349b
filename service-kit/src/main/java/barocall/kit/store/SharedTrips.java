package barocall.kit.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A collection whose documents many look up and write at once: what they want at the same time goes
 * to the store in one command, because a command costs far more than what is in it. Each still gets
 * the answer that it would have got alone. Nothing waits for company: a command leaves at once
 * unless others are under way.
 */
public final class SharedTrips {
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private final MongoCollection<Document> collection;
  private final Departures<String, Document> reads = new Departures<>(this::read);
  private final Departures<WriteModel<Document>, Boolean> writes = new Departures<>(this::write);

  public SharedTrips(MongoCollection<Document> collection) {
    this.collection = collection;
  }

  /** The document, not to be changed; empty if there is none. */
  public Mono<Document> find(String id) {
    return reads.ask(id);
  }

  /** Inserts; false if there is one of that id. */
  public Mono<Boolean> insert(Document document) {
    return writes.ask(new InsertOneModel<>(document));
  }

  /**
   * Writes over a known document, or over none.
   *
   * @param asRead has the {@code _id} and what must still be so
   * @return false if it is not so any more
   */
  public Mono<Boolean> replace(Bson asRead, Document document) {
    // What is there and not as read is met by the insert, whose failure says which one lost; of a
    // mere replacement a command says only how many.
    return writes.ask(new ReplaceOneModel<>(asRead, document, UPSERT));
  }

  /** Writes it over whatever is there. */
  public Mono<Void> put(Document document) {
    return replace(new Document("_id", document.get("_id")), document).then();
  }

  /** Removes it if it is there. */
  public Mono<Void> remove(String id) {
    return writes.ask(new DeleteOneModel<>(new Document("_id", id))).then();
  }

  /** Any write to one document; false if a document of that id stood in the way. */
  public Mono<Boolean> write(WriteModel<Document> write) {
    return writes.ask(write);
  }

  private Mono<List<Departures.Answer<Document>>> read(List<String> ids) {
    Set<String> each = new LinkedHashSet<>(ids);
    Object wanted = each.size() == 1 ? ids.get(0) : new Document("$in", List.copyOf(each));
    return Flux.from(collection.find(new Document("_id", wanted)))
        .collectMap(document -> document.getString("_id"))
        .map(
            found ->
                ids.stream()
                    .map(id -> Departures.Answer.of(Optional.ofNullable(found.get(id))))
                    .toList());
  }

  private Mono<List<Departures.Answer<Boolean>>> write(List<WriteModel<Document>> all) {
    return Mono.from(collection.bulkWrite(all, UNORDERED))
        .map(done -> answers(all, Map.of(), null))
        .onErrorResume(
            MongoBulkWriteException.class,
            partly ->
                partly.getWriteConcernError() == null
                    ? Mono.just(
                        answers(
                            all,
                            partly.getWriteErrors().stream()
                                .collect(Collectors.toMap(BulkWriteError::getIndex, it -> it)),
                            partly))
                    : Mono.error(partly));
  }

  private static List<Departures.Answer<Boolean>> answers(
      List<WriteModel<Document>> all,
      Map<Integer, BulkWriteError> errors,
      @Nullable MongoBulkWriteException partly) {
    Map<Integer, BulkWriteError> byIndex = new HashMap<>(errors);
    return IntStream.range(0, all.size())
        .mapToObj(
            index -> {
              BulkWriteError error = byIndex.get(index);
              if (error == null || partly == null) {
                return Departures.Answer.of(Optional.of(true));
              }
              return switch (error.getCategory()) {
                case DUPLICATE_KEY -> Departures.Answer.of(Optional.of(false));
                default ->
                    Departures.Answer.<Boolean>failed(
                        new MongoWriteException(
                            new WriteError(error.getCode(), error.getMessage(), error.getDetails()),
                            partly.getServerAddress(),
                            partly.getErrorLabels()));
              };
            })
        .toList();
  }
}
