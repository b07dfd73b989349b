package barocall.testkit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** What a test does with topics: make one, write raw bytes to it, read it from the beginning. */
public final class Topics {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String bootstrapServers;

  private Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** The topics of the broker that all tests share. */
  public static Topics shared() {
    return new Topics(Backends.bootstrapServers());
  }

  /** The topics of one broker. */
  public static Topics at(String bootstrapServers) {
    return new Topics(bootstrapServers);
  }

  /** Makes sure that the topic is there. */
  public void create(String topic, int partitions) {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
          .all()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("Cannot create " + topic, e.getCause());
      }
    } catch (TimeoutException e) {
      throw new IllegalStateException("Cannot create " + topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while creating " + topic, e);
    }
  }

  /** Writes bytes as they are, without headers, and waits for the broker. */
  public RecordMetadata send(String topic, @Nullable String key, byte[] value) {
    return send(topic, key, value, Map.of());
  }

  /** Writes bytes as they are and waits for the broker. */
  public RecordMetadata send(
      String topic, @Nullable String key, byte[] value, Map<String, byte[]> headers) {
    var written = new ProducerRecord<@Nullable String, byte[]>(topic, key, value);
    headers.forEach(written.headers()::add);
    return send(written);
  }

  /** Writes a record as it is, to its partition if it names one, and waits for the broker. */
  public RecordMetadata send(ProducerRecord<@Nullable String, byte[]> written) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0);
    try (var producer =
        new KafkaProducer<@Nullable String, byte[]>(
            settings, new StringSerializer(), new ByteArraySerializer())) {
      return producer.send(written).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Cannot write to " + written.topic(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing to " + written.topic(), e);
    }
  }

  /**
   * Reads a topic from its beginning until the records so far satisfy the predicate, at most a
   * minute and a half minute.
   *
   * @return all records read, in the order of each partition
   */
  public List<ConsumerRecord<String, byte[]>> read(
      String topic, Predicate<List<ConsumerRecord<String, byte[]>>> until) {
    return read(topic, PATIENCE, until);
  }

  /** As {@link #read(String, Predicate)}, with a time of one's own. */
  public List<ConsumerRecord<String, byte[]>> read(
      String topic, Duration atMost, Predicate<List<ConsumerRecord<String, byte[]>>> until) {
    var records = new ArrayList<ConsumerRecord<String, byte[]>>();
    try (var consumer = consumer()) {
      await("the topic " + topic)
          .atMost(atMost)
          .until(() -> consumer.listTopics().containsKey(topic));
      consumer.assign(
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList());
      consumer.seekToBeginning(consumer.assignment());
      await("records in " + topic)
          .atMost(atMost)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .pollInSameThread()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return until.test(records);
              });
    }
    return records;
  }

  /** Whether nobody has written to the topic yet. */
  public boolean isUntouched(String topic) {
    try (var consumer = consumer()) {
      return !consumer.listTopics().containsKey(topic) || readAll(topic).isEmpty();
    }
  }

  /** Everything that is in the topic now. */
  public List<ConsumerRecord<String, byte[]>> readAll(String topic) {
    return readAll(List.of(topic));
  }

  /** Everything that is in these topics now, each partition in its order. */
  public List<ConsumerRecord<String, byte[]>> readAll(List<String> topics) {
    try (var consumer = consumer()) {
      var partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      var ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var records = new ArrayList<ConsumerRecord<String, byte[]>>();
      await("the end of " + String.join(", ", topics))
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .pollInSameThread()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
                return partitions.stream()
                    .allMatch(partition -> consumer.position(partition) >= ends.get(partition));
              });
      return records;
    }
  }

  /** Where each partition of every topic ends: the same again if nothing was written. */
  public Map<String, Long> ends() {
    try (var consumer = consumer()) {
      var partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .filter(partition -> !partition.topic().startsWith("__"))
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      Map<String, Long> ends = new TreeMap<>();
      consumer
          .endOffsets(partitions)
          .forEach((partition, end) -> ends.put(partition.toString(), end));
      return ends;
    }
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
