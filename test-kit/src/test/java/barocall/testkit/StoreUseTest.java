package barocall.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoClients;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** That the look at the store's use sees what it is there to see. */
class StoreUseTest {
  @Test
  void aSearchWithoutAnIndexIsToldAndOneWithIsNot() {
    String uri = Store.REAL.uri();
    String name = StoreUse.prefix("things") + "things";
    try (var client = MongoClients.create(uri)) {
      var things = client.getDatabase(name).getCollection("things");
      Mono.from(things.insertOne(new Document("_id", "a").append("n", 1).append("m", 1))).block();
      Mono.from(things.createIndex(Indexes.ascending("m"))).block();
      Flux.from(things.find(Filters.eq("_id", "a"))).blockLast();
      Flux.from(things.find(Filters.eq("m", 1))).blockLast();
      Flux.from(things.find()).blockLast();
      assertThat(StoreUse.scans(Set.of("things"))).isEmpty();

      Flux.from(things.find(Filters.eq("n", 1))).blockLast();
      Mono.from(things.deleteOne(Filters.eq("n", 2))).block();
    }
    assertThat(StoreUse.scans(Set.of("things")))
        .containsExactlyInAnyOrder("query of things by [n]", "remove of things by [n]");
  }

  @Test
  void concernsThatAreTooWeakAreTold() {
    var settings =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(Store.EMBEDDED.uri()))
            .addCommandListener(StoreUse.listener())
            .build();
    try (var client = MongoClients.create(settings)) {
      var things = client.getDatabase(Backends.unique("things")).getCollection("things");
      Mono.from(things.insertOne(new Document("_id", "a"))).block();
      Flux.from(things.find()).blockLast();
    }
    assertThat(StoreUse.wrongConcerns())
        .containsExactlyInAnyOrder(
            "insert of things with write concern null", "find of things with read concern null");
  }
}
