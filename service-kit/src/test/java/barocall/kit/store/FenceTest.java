package barocall.kit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import barocall.testkit.Backends;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** From the moment that a rebuild reads the rest, nobody writes to the old generation. */
class FenceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MongoClient client = MongoClients.create(Backends.mongoUri());
  private final Generations generations =
      new Generations(client, Backends.unique("fenced"), Clock.systemUTC());

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void whoeverHasEndedIsNotWaitedFor() {
    Fence fence = Fence.enter(generations, PATIENCE);
    write(fence, 1);
    fence.close();
    assertThatThrownBy(() -> write(fence, 2)).isInstanceOf(StoreAwayException.class);

    var claim = generations.claim();
    long began = System.nanoTime();
    generations.close(claim);
    generations.present(claim);

    assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(18));
    assertThat(generations.present()).isEqualTo(1);
  }

  @Test
  void whoeverRunsOnByMistakeIsWaitedForAndWritesNothingMore() {
    Fence fence = Fence.enter(generations, PATIENCE);
    write(fence, 1);
    var claim = generations.claim();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> generations.close(claim));

    await().atMost(PATIENCE).until(() -> !fence.isOpen());
    assertThat(closing).isNotDone();
    assertThatThrownBy(() -> write(fence, 2)).isInstanceOf(StoreAwayException.class);
    fence.close();

    assertThat(closing).succeedsWithin(PATIENCE);
    generations.present(claim);
    assertThatThrownBy(() -> write(fence, 3)).isInstanceOf(StoreAwayException.class);
  }

  @Test
  void whoeverStartsMeanwhileGoesOnWithWhatIsNew() {
    var claim = generations.claim();
    generations.close(claim);

    CompletableFuture<Fence> starting =
        CompletableFuture.supplyAsync(() -> Fence.enter(generations, PATIENCE));
    await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> !starting.isDone());
    generations.present(claim);

    assertThat(starting).succeedsWithin(PATIENCE).extracting(Fence::generation).isEqualTo(1L);
  }

  @Test
  void whoeverStartsAfterARebuildWasKilledGoesOnWithWhatIsOldAndTheSwitchIsRefused() {
    var claim = generations.claim();
    generations.close(claim);

    // It says nothing more.
    Fence fence = Fence.enter(generations, PATIENCE);

    assertThat(fence.generation()).isZero();
    write(fence, 1);
    assertThatThrownBy(() -> generations.present(claim))
        .isInstanceOf(RebuildRefusedException.class)
        .hasMessageContaining("begin the rebuild again");
  }

  @Test
  void aClaimThatIsGivenBackLeavesAllAsItWas() {
    var claim = generations.claim();
    generations.close(claim);
    generations.end(claim);

    assertThat(Fence.enter(generations, PATIENCE).generation()).isZero();
    assertThatThrownBy(() -> generations.present(claim))
        .isInstanceOf(RebuildRefusedException.class);
    generations.end(generations.claim());
  }

  private void write(Fence fence, int id) {
    MongoDatabase database = FencedDatabase.of(generations.database(fence.generation()), fence);
    Mono.from(database.getCollection("cases").insertOne(new Document("_id", id))).block(PATIENCE);
  }
}
