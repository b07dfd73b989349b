package barocall.analytics.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.analytics.facts.CityTime;
import barocall.contract.Event;
import barocall.kit.events.DeadLetters;
import barocall.kit.health.Reading;
import barocall.kit.tracing.Traces;
import barocall.testkit.Backends;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stops a consumer for good: figures and a log that do not belong together. */
class CountingConsumerTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private final InMemoryCountingStore store = new InMemoryCountingStore();
  private final Reading reading = new Reading();
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final String topic = Backends.unique("call-received");
  private CountingConsumer consumer;

  @AfterEach
  void end() throws InterruptedException {
    if (consumer != null) {
      consumer.end();
    }
  }

  @Test
  void positionsOfAnotherTopicStopTheServiceWithASentence() throws Exception {
    String id = newTopic();
    store.begin(topic + "-0", "another-topic-id", 0);
    start(id);
    await().atMost(SOON).until(() -> reading.whyNot().isPresent());
    assertThat(reading.whyNot())
        .hasValue(
            "The topic "
                + topic
                + " is not the one that the figures in the store were counted from; give back the broker's data"
                + " that belongs to this store, or count everything anew with ./barocall rebuild analytics-service.");
    assertThat(store.position(topic + "-0")).hasValue(0);
    assertThat(reading.whyDead()).as("a new process would stop as well").isEmpty();
  }

  @Test
  void aPositionPastTheEndOfTheLogStopsTheServiceToo() throws Exception {
    String id = newTopic();
    store.begin(topic + "-0", id, 12);
    start(id);
    await().atMost(SOON).until(() -> reading.whyNot().isPresent());
    assertThat(seen).isEmpty();
  }

  @Test
  void aFaultOfOurOwnEndsTheProcessUsefulnessAndIsSaid() throws Exception {
    CountingStore broken =
        new InMemoryCountingStore() {
          @Override
          public void begin(String partition, String topicId, long next) {
            throw new StackOverflowError("deliberate");
          }
        };
    start(newTopic(), broken);
    await().atMost(SOON).until(() -> reading.whyDead().isPresent());
    assertThat(reading.whyNot()).isEqualTo(reading.whyDead());
    assertThat(reading.whyDead().orElseThrow())
        .contains("StackOverflowError")
        .doesNotContain("deliberate");
  }

  /** No record is read here, so none can be put there. */
  @SuppressWarnings("NullAway")
  private static DeadLetters noDeadLetters() {
    return null;
  }

  private String newTopic() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", Backends.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
          .all()
          .get(20, TimeUnit.SECONDS);
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(20, TimeUnit.SECONDS)
          .get(topic)
          .topicId()
          .toString();
    }
  }

  private void start(String topicId) {
    start(topicId, store);
  }

  private void start(String topicId, CountingStore store) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, Backends.bootstrapServers());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, topic);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer =
        new CountingConsumer(
            topic,
            List.of(topic),
            settings,
            Map.of(topic, topicId),
            store,
            new Counting(store, city -> CityTime.roundTheClock(SEOUL)),
            noDeadLetters(),
            city -> true,
            seen::addAll,
            reading,
            Traces.none());
    consumer.start();
  }
}
