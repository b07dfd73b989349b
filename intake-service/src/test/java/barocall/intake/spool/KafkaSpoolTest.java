package barocall.intake.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.kit.events.BrokerAwayException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of records while a broker is silent, and when it is back. */
class KafkaSpoolTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @TempDir private Path folder;

  private final ExecutorService sending = Executors.newFixedThreadPool(4);
  private final Broker broker = new Broker();
  private final List<String> found = new CopyOnWriteArrayList<>();
  private final AtomicInteger forwarded = new AtomicInteger();

  /** Acknowledges, stays silent, or refuses what is too large. */
  private static final class Broker {
    private final List<String> got = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    CompletableFuture<Void> take(ProducerRecord<String, byte[]> record) {
      if (record.key().startsWith("huge")) {
        return CompletableFuture.failedFuture(
            new BrokerAwayException(new RecordTooLargeException("too large")));
      }
      if (silent) {
        return new CompletableFuture<Void>().orTimeout(5, java.util.concurrent.TimeUnit.SECONDS);
      }
      got.add(record.key());
      return CompletableFuture.completedFuture(null);
    }
  }

  private KafkaSpool spool(long maxBytes) {
    KafkaSpool spool =
        new KafkaSpool(
            () -> SpoolLog.open(folder.resolve("spool"), maxBytes, Clock.systemUTC()),
            broker::take,
            sending,
            PATIENCE,
            record -> found.add(record.key()),
            forwarded::incrementAndGet);
    spool.start();
    return spool;
  }

  @AfterEach
  void end() {
    sending.shutdownNow();
  }

  private static ProducerRecord<String, byte[]> record(String key) {
    return new ProducerRecord<>("t", 0, key, "value".repeat(20).getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> keys(String name, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> name + i).toList();
  }

  @Test
  void whileTheBrokerAcknowledgesNothingTouchesTheDisk() {
    try (KafkaSpool spool = spool(1 << 20)) {
      assertThat(spool.send(record("a"))).succeedsWithin(SOON);
      assertThat(spool.isWaiting()).isFalse();
      assertThat(spool.records()).isZero();
      assertThat(broker.got).containsExactly("a");
    }
  }

  @Test
  void theFirstWaitForTheBrokerTheNextDoNotAndAllAreForwardedInOrder() {
    try (KafkaSpool spool = spool(1 << 20)) {
      broker.silent = true;
      List<CompletableFuture<Void>> first = new ArrayList<>();
      keys("a", 0, 20).forEach(key -> first.add(spool.send(record(key))));
      for (CompletableFuture<Void> it : first) {
        assertThat(it).succeedsWithin(SOON);
      }
      assertThat(spool.isWaiting()).isTrue();
      long before = System.nanoTime();
      keys("b", 0, 20).forEach(key -> assertThat(spool.send(record(key))).succeedsWithin(SOON));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
      assertThat(spool.records()).isEqualTo(40);
      assertThat(spool.since()).isPresent();

      broker.silent = false;
      List<CompletableFuture<Void>> meanwhile = new ArrayList<>();
      keys("c", 0, 50).forEach(key -> meanwhile.add(spool.send(record(key))));
      await().atMost(SOON).until(() -> !spool.isWaiting());
      for (CompletableFuture<Void> it : meanwhile) {
        assertThat(it).succeedsWithin(SOON);
      }
      assertThat(spool.send(record("d"))).succeedsWithin(SOON);
      List<String> all = new ArrayList<>(keys("a", 0, 20));
      all.addAll(keys("b", 0, 20));
      all.addAll(keys("c", 0, 50));
      all.add("d");
      assertThat(broker.got).containsExactlyElementsOf(all);
      assertThat(forwarded.get()).isBetween(40, 90);
      assertThat(spool.records()).isZero();
    }
  }

  @Test
  void whatWaitedIsForwardedByTheNextProcessWhichKnowsIt() {
    broker.silent = true;
    try (KafkaSpool spool = spool(1 << 20)) {
      keys("a", 0, 5).forEach(key -> assertThat(spool.send(record(key))).succeedsWithin(SOON));
    }
    try (KafkaSpool spool = spool(1 << 20)) {
      assertThat(spool.isWaiting()).as("new ones join the end at once").isTrue();
      assertThat(spool.send(record("b"))).succeedsWithin(SOON);
      await().atMost(SOON).until(() -> found.size() >= 5);
      assertThat(found.subList(0, 5)).isEqualTo(keys("a", 0, 5));
      broker.silent = false;
      await().atMost(SOON).until(() -> !spool.isWaiting());
    }
    assertThat(broker.got).containsExactly("a0", "a1", "a2", "a3", "a4", "b");
  }

  @Test
  void aFullSpoolRefusesAtOnceAndTakesMoreWhenTheBrokerIsBack() {
    try (KafkaSpool spool = spool(16 << 10)) {
      broker.silent = true;
      List<String> accepted = new ArrayList<>();
      String refused = null;
      for (int i = 0; refused == null; i++) {
        CompletableFuture<Void> sent = spool.send(record("a" + i));
        await().atMost(SOON).until(sent::isDone);
        if (sent.isCompletedExceptionally()) {
          refused = "a" + i;
          assertThat(sent)
              .isCompletedExceptionally()
              .failsWithin(SOON)
              .withThrowableThat()
              .withCauseInstanceOf(BrokerAwayException.class)
              .withRootCauseInstanceOf(SpoolFullException.class);
        } else {
          accepted.add("a" + i);
        }
      }
      assertThat(accepted).hasSizeGreaterThan(40);
      broker.silent = false;
      await().atMost(SOON).until(() -> !spool.isWaiting());
      assertThat(broker.got).containsExactlyElementsOf(accepted);
      assertThat(spool.send(record("b"))).succeedsWithin(SOON);
    }
  }

  @Test
  void aDiskThatCannotBeUsedAcceptsNothingWithoutTheBrokerAndHindersNothingWithIt()
      throws IOException {
    Files.writeString(folder.resolve("spool"), "a file where the folder should be");
    try (KafkaSpool spool = spool(1 << 20)) {
      assertThat(spool.takesMore()).isFalse();
      assertThat(spool.send(record("a"))).succeedsWithin(SOON);
      broker.silent = true;
      assertThat(spool.send(record("b")))
          .failsWithin(SOON)
          .withThrowableThat()
          .withCauseInstanceOf(BrokerAwayException.class);
      Files.delete(folder.resolve("spool"));
      await().atMost(SOON).until(spool::takesMore);
      assertThat(spool.send(record("c"))).succeedsWithin(SOON);
      broker.silent = false;
      await().atMost(SOON).until(() -> !spool.isWaiting());
    }
    assertThat(broker.got).containsExactly("a", "c");
  }

  @Test
  void roomThatIsThereAgainIsSeenThoughNoRecordComes() throws IOException {
    try (KafkaSpool spool = spool(1 << 20)) {
      broker.silent = true;
      for (String file : List.of("lock", "position")) {
        Files.delete(folder.resolve("spool").resolve(file));
      }
      Files.delete(folder.resolve("spool"));
      assertThat(spool.send(record("lost"))).failsWithin(SOON);
      assertThat(spool.takesMore()).isFalse();

      Files.createDirectory(folder.resolve("spool"));

      await().atMost(SOON).until(spool::takesMore);
    }
  }

  @Test
  void aRecordThatTheBrokerRefusesForWhatItIsStopsNoOther() {
    try (KafkaSpool spool = spool(1 << 20)) {
      assertThat(spool.send(record("huge"))).as("refused, not kept").failsWithin(SOON);
      assertThat(spool.isWaiting()).isFalse();
      broker.silent = true;
      assertThat(spool.send(record("a"))).succeedsWithin(SOON);
      assertThat(spool.send(record("huge"))).succeedsWithin(SOON);
      assertThat(spool.send(record("b"))).succeedsWithin(SOON);
      broker.silent = false;
      await().atMost(SOON).until(() -> !spool.isWaiting());
      assertThat(broker.got).containsExactly("a", "b");
      assertThat(folder.resolve("spool"))
          .isDirectoryContaining(it -> it.toString().endsWith(".refused"));
    }
  }
}
