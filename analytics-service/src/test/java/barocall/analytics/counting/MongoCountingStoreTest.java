package barocall.analytics.counting;

import barocall.testkit.Backends;
import barocall.testkit.OnEveryStore;
import barocall.testkit.Store;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Mono;

@OnEveryStore
class MongoCountingStoreTest extends CountingStoreContract {
  private static final Duration SOON = Duration.ofSeconds(90);

  private final MongoClient client;
  private final MongoDatabase database;

  MongoCountingStoreTest(Store store) {
    client = MongoClients.create(store.uri());
    database = client.getDatabase(Backends.unique("counting"));
  }

  @AfterEach
  void drop() {
    Mono.from(database.drop()).block(SOON);
    client.close();
  }

  @Override
  CountingStore store() {
    return new MongoCountingStore(database);
  }

  @Override
  Map<String, Map<String, Long>> amounts(CountingStore store) {
    return Stored.amounts(database);
  }

  @Override
  List<String> open(CountingStore store) {
    return Stored.open(database);
  }
}
