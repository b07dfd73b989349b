package barocall.analytics.counting;

import barocall.testkit.Backends;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store of {@code MONGODB_URI}, or the embedded one. */
class MongoCountingStoreTest extends CountingStoreContract {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Set<String> NO_COUNTS = Set.of("_id", "o");

  private static MongoClient client;
  private final MongoDatabase database = client.getDatabase(Backends.unique("counting"));

  @BeforeAll
  static void connect() {
    client = MongoClients.create(Backends.mongoUri());
  }

  @AfterAll
  static void disconnect() {
    client.close();
  }

  @AfterEach
  void drop() {
    Mono.from(database.drop()).block(SOON);
  }

  @Override
  CountingStore store() {
    return new MongoCountingStore(database);
  }

  @Override
  Map<String, Map<String, Long>> amounts(CountingStore store) {
    Map<String, Map<String, Long>> amounts = new HashMap<>();
    for (Document rollup : all("rollups")) {
      Map<String, Long> paths = new HashMap<>();
      rollup.forEach(
          (name, value) -> {
            if (!NO_COUNTS.contains(name)) {
              collect(name, (Document) value, paths);
            }
          });
      amounts.put(rollup.getString("_id"), paths);
    }
    return amounts;
  }

  private static void collect(String path, Document part, Map<String, Long> into) {
    part.forEach(
        (name, value) -> {
          String below = path + "." + name;
          if (value instanceof Document document) {
            collect(below, document, into);
          } else {
            into.put(below, ((Number) value).longValue());
          }
        });
  }

  @Override
  List<String> open(CountingStore store) {
    return all("open").stream().map(document -> document.getString("_id")).toList();
  }

  private List<Document> all(String collection) {
    List<Document> documents =
        Flux.from(database.getCollection(collection).find()).collectList().block(SOON);
    return documents == null ? List.of() : documents;
  }
}
