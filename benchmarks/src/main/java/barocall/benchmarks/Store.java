package barocall.benchmarks;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store itself, with nothing of the suite between and as safe as the suite writes. */
final class Store implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int TOGETHER = 500;

  private final MongoClient client;

  Store(String uri) {
    this.client = MongoClients.create(uri);
  }

  /** The documents of those ids, as the suite has written them. */
  List<Document> documents(String database, String collection, List<String> ids) {
    List<Document> found = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += TOGETHER) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + TOGETHER));
      found.addAll(
          Objects.requireNonNull(
              Flux.from(
                      client
                          .getDatabase(database)
                          .getCollection(collection)
                          .withReadConcern(ReadConcern.MAJORITY)
                          .find(new Document("_id", new Document("$in", some))))
                  .collectList()
                  .block(PATIENCE)));
    }
    return found;
  }

  /** Inserts all into a collection of their own, 500 a command; how long that took. */
  Duration insert(String collection, List<Document> documents) {
    MongoCollection<Document> into =
        client
            .getDatabase("benchmarks")
            .getCollection(collection)
            .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
    long began = System.nanoTime();
    for (int from = 0; from < documents.size(); from += TOGETHER) {
      List<Document> some = documents.subList(from, Math.min(documents.size(), from + TOGETHER));
      Mono.from(into.insertMany(some, new InsertManyOptions().ordered(false))).block(PATIENCE);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    Mono.from(into.drop()).block(PATIENCE);
    return took;
  }

  @Override
  public void close() {
    client.close();
  }
}
