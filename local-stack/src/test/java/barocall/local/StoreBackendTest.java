package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import de.bwaldvogel.mongo.MongoServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class StoreBackendTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WRITERS = 16;

  @TempDir Path directory;

  @Test
  void whatItAnsweredAfterTheDiskWasFullIsInTheFile() {
    FilePath.register(new SmallDisk());
    SmallDisk.FULL.set(false);
    AtomicInteger told = new AtomicInteger();
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    AtomicInteger refused = new AtomicInteger();
    MongoServer server =
        new MongoServer(
            StoreBackend.open(
                Path.of(SmallDisk.SCHEME + ":" + directory.resolve("store.mv")),
                failure -> told.incrementAndGet()));
    String uri = "mongodb://127.0.0.1:" + server.bind().getPort() + "/?retryWrites=false";
    try (MongoClient client = MongoClients.create(uri)) {
      MongoCollection<Document> things = client.getDatabase("test").getCollection("things");
      List<Disposable> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        String name = "w" + writer + "-";
        writers.add(
            Flux.range(0, 1_000_000)
                .concatMap(
                    n ->
                        Mono.from(things.insertOne(new Document("_id", name + n)))
                            .doOnNext(kept -> acknowledged.add(name + n)))
                .subscribe(kept -> {}, failure -> refused.incrementAndGet()));
      }
      await().atMost(PATIENCE).until(() -> acknowledged.size() > 200);
      SmallDisk.FULL.set(true);
      await().atMost(PATIENCE).until(() -> refused.get() == WRITERS);
      writers.forEach(Disposable::dispose);
    } finally {
      server.shutdownNow();
    }
    assertThat(told).as("told once that the file cannot be written").hasValue(1);

    try (EmbeddedStore again = EmbeddedStore.start(directory, 0);
        MongoClient client = MongoClients.create(again.uri())) {
      List<String> kept =
          Flux.from(client.getDatabase("test").getCollection("things").find())
              .map(thing -> thing.getString("_id"))
              .collectList()
              .block(PATIENCE);
      assertThat(kept).containsAll(acknowledged);
    }
  }
}
