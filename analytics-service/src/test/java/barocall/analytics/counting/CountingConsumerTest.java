package barocall.analytics.counting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.analytics.facts.CityTime;
import barocall.contract.Event;
import barocall.kit.health.Reading;
import barocall.kit.tracing.Traces;
import barocall.testkit.Backends;
import barocall.testkit.Topics;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stops a consumer for good, and what does not. */
class CountingConsumerTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private final InMemoryCountingStore store = new InMemoryCountingStore();
  private final Reading reading = new Reading();
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final List<String> aside = new CopyOnWriteArrayList<>();
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

  @Test
  void aRecordThatCannotBeReadIsPutAsideOnceHoweverOftenTheStoreIsAway() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    CountingStore away =
        new InMemoryCountingStore() {
          @Override
          public boolean move(String partition, long from, long to) {
            if (tries.incrementAndGet() < 4) {
              throw new IllegalStateException("away");
            }
            return super.move(partition, from, to);
          }
        };
    String id = newTopic();
    Topics.shared().send(new ProducerRecord<>(topic, 0, "key", "{broken".getBytes(UTF_8)));
    start(id, away);
    await().atMost(SOON).until(() -> away.position(topic + "-0").orElse(0) == 1);
    assertThat(tries).hasValueGreaterThanOrEqualTo(4);
    assertThat(aside).hasSize(1);
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
            (record, value, reason) -> aside.add(reason),
            city -> true,
            seen::addAll,
            reading,
            Traces.none());
    consumer.start();
  }
}
