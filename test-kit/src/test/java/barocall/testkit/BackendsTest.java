package barocall.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClients;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class BackendsTest {
  @Test
  void writtenBytesAreReadWithTheirHeaders() {
    String topic = Backends.unique("raw");
    Topics.shared().create(topic, 3);

    Topics.shared().send(topic, "k", "{broken".getBytes(UTF_8), Map.of("ce_id", new byte[] {49}));

    var records = Topics.shared().read(topic, seen -> !seen.isEmpty());
    assertThat(records).hasSize(1);
    assertThat(records.get(0).key()).isEqualTo("k");
    assertThat(records.get(0).value()).asString(UTF_8).isEqualTo("{broken");
    assertThat(records.get(0).headers().lastHeader("ce_id").value()).containsExactly(49);
    assertThat(Topics.shared().readAll(topic)).hasSize(1);
  }

  @Test
  void whatIsStoredIsFound() {
    try (var client = MongoClients.create(Backends.mongoUri())) {
      var things = client.getDatabase(Backends.unique("db")).getCollection("things");
      Mono.from(things.insertOne(new Document("_id", "a").append("n", 1))).block();

      assertThat(Mono.from(things.find(Filters.eq("_id", "a"))).block())
          .isEqualTo(new Document("_id", "a").append("n", 1));
    }
  }

  @Test
  void theBrokerComesBackWithItsRecords() {
    try (var broker = new RestartableBroker()) {
      var topics = Topics.at(broker.bootstrapServers());
      topics.create("kept", 1);
      topics.send("kept", null, "one".getBytes(UTF_8));

      broker.stop();
      broker.start();

      topics.send("kept", null, "two".getBytes(UTF_8));
      assertThat(topics.read("kept", seen -> seen.size() >= 2))
          .extracting(seen -> new String(seen.value(), UTF_8))
          .containsExactly("one", "two");
    }
  }

  @Test
  void theStoreComesBackWithItsDocuments() {
    try (var store = new RestartableStore();
        var client = MongoClients.create(store.uri())) {
      var things = client.getDatabase("test").getCollection("things");
      Mono.from(things.insertOne(new Document("_id", "a"))).block();

      store.stop();
      store.start();

      assertThat(Mono.from(things.countDocuments()).retry(3).block()).isEqualTo(1);
    }
  }
}
