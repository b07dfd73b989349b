package barocall.kit.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import barocall.contract.Topic;
import barocall.kit.store.Fence;
import barocall.kit.store.Generations;
import barocall.testkit.Backends;
import barocall.testkit.RestartableBroker;
import barocall.testkit.Topics;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ListenerMetadata;
import reactor.core.publisher.Mono;

/** A store that is older or newer than the topics, or of other ones, is noticed at the start. */
class LogGuardTest {
  private static final TopicPartition PARTITION =
      new TopicPartition(Topic.SATISFACTION_RATED.wireName(), 0);
  private static final Clock CLOCK = Clock.systemUTC();

  private final String service = Backends.unique("guarded");
  private final MongoClient client = MongoClients.create(Backends.mongoUri());
  private final Generations generations = new Generations(client, service, CLOCK);
  private final LogMark mark = new LogMark(generations.database(0));
  private final Admin admin =
      Admin.create(Map.of("bootstrap.servers", Backends.bootstrapServers()));
  private final NotedCommits commits = new NotedCommits();
  private final AtomicInteger ended = new AtomicInteger();
  private Map<String, String> ids;

  @BeforeEach
  void topics() {
    EventTopics.ensure(admin, service, null, null, Duration.ofSeconds(60));
    ids = LogMark.topicIds(admin);
  }

  @AfterEach
  void close() {
    admin.close();
    client.close();
  }

  @Test
  void aNewServiceNotesTheTopicsAndStartsAgain() throws Exception {
    guard(true).look();
    assertThat(mark.read().orElseThrow().topicIds()).isEqualTo(ids);

    // A crash leaves some positions unnoted.
    handled(written());
    guard(true).look();
  }

  @Test
  void aServiceThatWasLongAwayAndIsKilledAfterItsFirstRecordsStartsAgain() throws Exception {
    guard(true).look();
    mark.keep(ids, Map.of(), CLOCK.instant().minus(Duration.ofDays(1)), 0);

    guard(true).look();
    handled(written());

    // No round came before it was killed.
    guard(true).look();
  }

  @Test
  void itNotesWhereItEnds() throws Exception {
    LogGuard guard = guard(true);
    guard.start();
    long end = written();
    handled(end);

    guard.stop();

    assertThat(mark.read().orElseThrow().positions()).containsEntry(PARTITION.toString(), end);
  }

  @Test
  void topicsOfAnotherLifeStopIt() {
    Map<String, String> others = new TreeMap<>(ids);
    others.put(PARTITION.topic(), "another-id");
    mark.keep(others, Map.of(), CLOCK.instant(), 0);

    assertThatThrownBy(() -> guard(false).look())
        .isInstanceOf(OtherLifeException.class)
        .hasMessage(
            service
                + " does not start. The topic satisfaction-rated is not the one that its database was made"
                + " from; give back the broker's data that belongs to this store, or begin anew from these"
                + " topics with ./barocall rebuild "
                + service
                + ".");
  }

  @Test
  void aStoreThatIsNewerThanTheTopicsStopsIt() {
    mark.keep(ids, Map.of(PARTITION.toString(), Long.MAX_VALUE), CLOCK.instant(), 0);

    assertThatThrownBy(() -> guard(false).look())
        .isInstanceOf(OtherLifeException.class)
        .hasMessageContaining("The log of satisfaction-rated-0 ends at");
  }

  @Test
  void aStoreThatIsOlderThanWhatWasReadStopsIt() throws Exception {
    guard(true).look();
    Document copy = noteDocument();
    LogGuard later = guard(true);
    later.look();
    handled(written());
    restore(copy);

    assertThatThrownBy(() -> guard(true).look())
        .isInstanceOf(OtherLifeException.class)
        .hasMessageContaining("Its database is older than what it has read")
        .hasMessageEndingWith("./barocall rebuild " + service + ".");
    // Where the positions are in the store itself, it goes on from there.
    guard(false).look();
  }

  @Test
  void anEmptyStoreUnderAServiceThatHasReadStopsIt() throws Exception {
    handled(written());

    assertThatThrownBy(() -> guard(true).look())
        .isInstanceOf(OtherLifeException.class)
        .hasMessageContaining("Its database is empty, although it has read the topics before");
  }

  @Test
  void aStoreThatBearsNoNoteYetIsTakenAsItIs() throws Exception {
    handled(written());
    Mono.from(generations.database(0).getCollection("cases").insertOne(new Document("_id", 1)))
        .block();

    guard(true).look();

    assertThat(mark.read()).isPresent();
  }

  @Test
  void topicsThatAreReplacedUnderARunningServiceEndIt() throws Exception {
    try (RestartableBroker broker = new RestartableBroker();
        Admin brokers = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      EventTopics.ensure(brokers, service, null, null, Duration.ofSeconds(60));
      LogGuard guard = guard(brokers, true);
      guard.look();
      guard.round();
      assertThat(ended).hasValue(0);
      brokers.deleteTopics(List.of(PARTITION.topic())).all().get(20, TimeUnit.SECONDS);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(
              () -> {
                EventTopics.ensure(brokers, service, null, null, Duration.ofSeconds(60));
                return !LogMark.topicIds(brokers).equals(mark.read().orElseThrow().topicIds());
              });

      guard.round();
      guard.round();

      assertThat(ended).hasValue(1);
      assertThatThrownBy(() -> guard(brokers, true).look()).isInstanceOf(OtherLifeException.class);
    }
  }

  @Test
  void aServiceWhoseDatabaseIsBeingReplacedEnds() {
    LogGuard guard = guard(true);
    guard.look();
    Generations.Claim claim = generations.claim();
    guard.round();
    assertThat(ended).hasValue(0);

    CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> generations.close(claim));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              guard.round();
              return ended.get() == 1;
            });
    closing.join();
  }

  private Document noteDocument() {
    return Mono.from(generations.database(0).getCollection("log").find()).block();
  }

  private void restore(Document note) {
    Mono.from(
            generations
                .database(0)
                .getCollection("log")
                .replaceOne(new Document("_id", note.get("_id")), note))
        .block();
  }

  private LogGuard guard(boolean brokerKeepsPositions) {
    return guard(admin, brokerKeepsPositions);
  }

  private LogGuard guard(Admin admin, boolean brokerKeepsPositions) {
    return new LogGuard(
        mark,
        admin,
        null,
        service,
        brokerKeepsPositions,
        Fence.enter(generations, Duration.ofSeconds(20)),
        commits,
        CLOCK,
        ended::incrementAndGet);
  }

  private static final class Listener implements ListenerMetadata {
    @Override
    public String getListenerId() {
      return "";
    }

    @Override
    public String getGroupId() {
      return "";
    }

    @Override
    public byte[] getListenerInfo() {
      return new byte[0];
    }
  }

  /** Writes a record there and gives the log's end. */
  private static long written() {
    return Topics.shared()
            .send(
                new org.apache.kafka.clients.producer.ProducerRecord<>(
                    PARTITION.topic(), 0, "x", "{".getBytes(StandardCharsets.UTF_8)))
            .offset()
        + 1;
  }

  private void handled(long next) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            service, Map.of(PARTITION, commits.provide(new Listener(), next)))
        .all()
        .get(20, TimeUnit.SECONDS);
  }
}
