package barocall.kit.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Topic;
import barocall.kit.events.Handled;
import barocall.kit.store.Generations;
import barocall.testkit.Backends;
import barocall.testkit.Topics;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which records a rebuild hands out, as what, and in which batches. */
class RebuildTest {
  private static final Topic TOPIC = Topic.SATISFACTION_RATED;
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC.wireName(), 0);

  private final String service = Backends.unique("rebuilding");
  private final MongoClient client = MongoClients.create(Backends.mongoUri());
  private final Generations generations = new Generations(client, service, Clock.systemUTC());
  private final Recorder recorder = new Recorder();
  private long before;

  @BeforeEach
  void topics() {
    Topics.shared().create(TOPIC.wireName(), 6);
    written(1);
    before = end();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void batchesFollowOneAnotherOverOffsetsThatHoldNoRecord() {
    written(2);
    rebuild(Handled.nothing(), () -> written(2));

    List<Batch> batches = of(recorder.handled);
    assertThat(batches).hasSizeGreaterThan(1);
    for (int i = 1; i < batches.size(); i++) {
      assertThat(batches.get(i).begin()).isEqualTo(batches.get(i - 1).end());
    }
    // The end of a transaction takes an offset and is no record.
    assertThat(batches.get(batches.size() - 1).end()).isEqualTo(end() - 1);
  }

  @Test
  void whatTheGroupHasNotHandledIsHandedOutApartAndLast() {
    recorder.delivered = Set.of(TOPIC);
    written(2);

    rebuild(new Handled(Map.of(PARTITION, before), 0), () -> written(2));

    assertThat(of(recorder.handled)).last().extracting(Batch::end).isEqualTo(before - 1);
    assertThat(of(recorder.unhandled)).first().extracting(Batch::begin).isEqualTo(before - 1);
    assertThat(of(recorder.unhandled)).last().extracting(Batch::end).isEqualTo(end() - 1);
  }

  @Test
  void whereTheBrokersHaveForgottenTheGroupAllThatThereWasCountsAsHandled() {
    recorder.delivered = Set.of(TOPIC);
    written(2);
    long atFirst = end();

    rebuild(Handled.nothing(), () -> written(2));

    assertThat(of(recorder.handled)).last().extracting(Batch::end).isEqualTo(atFirst - 1);
    assertThat(of(recorder.unhandled)).last().extracting(Batch::end).isEqualTo(end() - 1);
  }

  private static final class Recorder implements Projection {
    private final List<Batch> handled = new CopyOnWriteArrayList<>();
    private final List<Batch> unhandled = new CopyOnWriteArrayList<>();
    private Set<Topic> delivered = Set.of();

    @Override
    public Set<Topic> topics() {
      return Set.of(TOPIC);
    }

    @Override
    public Set<Topic> delivered() {
      return delivered;
    }

    @Override
    public void fold(Batch batch) {
      handled.add(batch);
    }

    @Override
    public void foldUnhandled(Batch batch) {
      (delivered.isEmpty() ? handled : unhandled).add(batch);
    }
  }

  private static List<Batch> of(List<Batch> all) {
    return all.stream().filter(it -> it.partition().equals(PARTITION.toString())).toList();
  }

  private void rebuild(Handled handled, Runnable meanwhile) {
    try (var held = new HeldClaim(generations);
        var consumer = consumer()) {
      new Rebuild(
              generations,
              held,
              recorder,
              consumer,
              Map.of(),
              () -> handled,
              Clock.systemUTC(),
              (read, of) -> {})
          .run(
              () -> {},
              () -> {
                meanwhile.run();
                return true;
              });
    }
  }

  /** Writes so many records in a transaction. */
  private static void written(int records) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            Backends.bootstrapServers(),
            "transactional.id",
            Backends.unique("writer"));
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = 0; i < records; i++) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    TOPIC.wireName(), 0, "x", "{".getBytes(StandardCharsets.UTF_8)));
      }
      producer.commitTransaction();
    }
  }

  private static long end() {
    try (var consumer = consumer()) {
      return consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
    }
  }

  private static KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            Backends.bootstrapServers(),
            "auto.offset.reset",
            "none",
            "enable.auto.commit",
            false),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
