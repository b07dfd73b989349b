package barocall.kit.store;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.testkit.Backends;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whoever shares the way to the store gets the answer that they would have got alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedTripsTest {
  private static final int MANY = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MongoClient client = MongoClients.create(Backends.mongoUri());
  private final MongoCollection<Document> collection =
      client.getDatabase(Backends.unique("trips")).getCollection("documents");
  private final SharedTrips trips = new SharedTrips(collection);

  @AfterAll
  void close() {
    client.close();
  }

  @Test
  void eachFindsItsOwn() {
    all(MANY, i -> trips.insert(document("own-" + i, 1)));

    List<Optional<Document>> found =
        all(
            MANY,
            i ->
                trips
                    .find(i % 2 == 0 ? "own-" + i : "nobody-" + i)
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty()));

    for (int i = 0; i < MANY; i++) {
      String id = i % 2 == 0 ? "own-" + i : null;
      assertThat(found.get(i).map(it -> it.getString("_id")).orElse(null)).isEqualTo(id);
    }
  }

  @Test
  void ofTwoWhoInsertTheSameOneWins() {
    List<Boolean> won = all(MANY, i -> trips.insert(document("twice-" + i / 2, i % 2)));

    for (int i = 0; i < MANY; i += 2) {
      assertThat(List.of(won.get(i), won.get(i + 1))).containsExactlyInAnyOrder(true, false);
      int winner = won.get(i) ? 0 : 1;
      assertThat(version("twice-" + i / 2)).isEqualTo(winner);
    }
  }

  @Test
  void ofManyWhoReplaceTheSameVersionOneWinsAndTheOthersKnowThatTheyLost() {
    all(20, i -> trips.insert(document("raced-" + i, 1)));

    List<Boolean> won =
        all(
            MANY,
            i -> trips.replace(document("raced-" + i % 20, 1), document("raced-" + i % 20, 2 + i)));

    for (int inquiry = 0; inquiry < 20; inquiry++) {
      int raced = inquiry;
      List<Integer> winners =
          IntStream.range(0, MANY).filter(i -> i % 20 == raced && won.get(i)).boxed().toList();
      assertThat(winners).hasSize(1);
      assertThat(version("raced-" + raced)).isEqualTo(2 + winners.get(0));
    }
  }

  @Test
  void whatIsRefusedOfOneFailsForNobodyElse() {
    trips.insert(new Document("_id", "text").append("version", "a text")).block(PATIENCE);

    List<Optional<Throwable>> failures =
        all(
            100,
            i ->
                trips
                    .write(
                        new UpdateOneModel<>(
                            new Document("_id", i == 50 ? "text" : "counted-" + i),
                            Updates.inc("version", 1),
                            new UpdateOptions().upsert(true)))
                    .map(done -> Optional.<Throwable>empty())
                    .onErrorResume(failure -> Mono.just(Optional.of(failure))));

    for (int i = 0; i < 100; i++) {
      if (i == 50) {
        assertThat(failures.get(i).orElseThrow()).isInstanceOf(MongoWriteException.class);
      } else {
        assertThat(failures.get(i)).isEmpty();
        assertThat(version("counted-" + i)).isEqualTo(1);
      }
    }
  }

  @Test
  void whatWasPutIsThereAndWhatWasRemovedIsGone() {
    trips.put(document("put", 1)).then(trips.put(document("put", 2))).block(PATIENCE);
    assertThat(version("put")).isEqualTo(2);

    trips.remove("put").block(PATIENCE);
    assertThat(trips.find("put").blockOptional(PATIENCE)).isEmpty();
  }

  private static Document document(String id, int version) {
    return new Document("_id", id).append("version", version);
  }

  private int version(String id) {
    return Objects.requireNonNull(
            Mono.from(collection.find(new Document("_id", id))).block(PATIENCE))
        .getInteger("version");
  }

  /** All at the same time; what came of each, in their order. */
  private static <T> List<T> all(int count, java.util.function.IntFunction<Mono<T>> asked) {
    return Objects.requireNonNull(
        Flux.range(0, count).flatMapSequential(asked::apply, count).collectList().block(PATIENCE));
  }
}
