package barocall.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import barocall.contract.DeadLetterHeaders;
import barocall.contract.DeadLetterTopics;
import barocall.contract.TopicReading;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the dead letters of inquiries out of their topics. A topic of dead letters is not
 * compacted, since two letters may have one key: so all the others are written once more behind its
 * end, a note in the place of each that goes, and then the broker is told to delete what was
 * before. After a crash between the two the others stand there twice, which is one letter still.
 */
final class ErasedLetters implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** In bytes: somewhat more than a letter may have. */
  private static final int LONGEST = 3 << 20;

  /**
   * The broker deletes whole files alone; so short a time begins a new one with the next record.
   */
  private static final String NEW_FILE = "segment.ms";

  private static final String AT_ONCE = "1";
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Map<String, Object> broker;
  private final Clock clock;
  private final KafkaConsumer<String, byte[]> consumer;

  ErasedLetters(Map<String, Object> broker, Clock clock) {
    this.broker = new HashMap<>(broker);
    this.broker.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    this.broker.put("request.timeout.ms", (int) PATIENCE.toMillis());
    this.clock = clock;
    Map<String, Object> settings = new HashMap<>(this.broker);
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    this.consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Takes out what those inquiries have among the dead letters.
   *
   * @return how many letters that were
   * @throws KafkaException when the broker is away; done again, it does the rest
   */
  int erase(Set<String> inquiries) {
    int erased = 0;
    for (TopicPartition partition : partitions()) {
      Found found = found(partition, inquiries);
      if (found.theirs() > 0 && found.first() != null) {
        withoutThem(partition, inquiries, found.first());
        erased += found.theirs();
      }
    }
    return erased;
  }

  /**
   * How many letters {@link #erase} would take out.
   *
   * @throws KafkaException when the broker is away
   */
  int count(Set<String> inquiries) {
    return partitions().stream().mapToInt(it -> found(it, inquiries).theirs()).sum();
  }

  private List<TopicPartition> partitions() {
    return consumer.listTopics().entrySet().stream()
        .filter(topic -> DeadLetterTopics.origin(topic.getKey()).isPresent())
        .flatMap(topic -> topic.getValue().stream())
        .map(it -> new TopicPartition(it.topic(), it.partition()))
        .toList();
  }

  /** How many of a partition are theirs, and the first of all. */
  private record Found(int theirs, @Nullable ConsumerRecord<String, byte[]> first) {}

  private Found found(TopicPartition partition, Set<String> inquiries) {
    AtomicInteger theirs = new AtomicInteger();
    AtomicReference<ConsumerRecord<String, byte[]>> first = new AtomicReference<>();
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    TopicReading.toEnd(
        consumer,
        List.of(partition),
        letter -> {
          first.compareAndSet(null, letter);
          theirs.addAndGet(isOf(inquiries, letter) ? 1 : 0);
        });
    return new Found(theirs.get(), first.get());
  }

  private void withoutThem(
      TopicPartition partition, Set<String> inquiries, ConsumerRecord<String, byte[]> first) {
    Map<String, Object> settings = new HashMap<>(broker);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("delivery.timeout.ms", (int) PATIENCE.toMillis() * 2);
    settings.put("max.request.size", LONGEST);
    settings.put("compression.type", "gzip");
    try (Admin admin = Admin.create(broker);
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      long begin = inANewFile(admin, producer, instead(inquiries, first));
      // What a service put aside meanwhile lies before it too.
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      consumer.seek(partition, first.offset() + 1);
      TopicReading.to(
          consumer,
          Map.of(partition, begin),
          letter -> {
            if (letter.offset() < begin) {
              sent.add(producer.send(instead(inquiries, letter)));
            }
          });
      sent.forEach(ErasedLetters::await);
      await(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(begin))).all());
    }
  }

  /** Writes a record where no older one is in the same file; returns its offset. */
  private static long inANewFile(
      Admin admin, KafkaProducer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, record.topic());
    await(admin.incrementalAlterConfigs(Map.of(topic, List.of(setTo(AT_ONCE)))).all());
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!AT_ONCE.equals(present(admin, topic)) && System.nanoTime() < deadline) {
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
      return await(producer.send(record)).offset();
    } finally {
      await(admin.incrementalAlterConfigs(Map.of(topic, List.of(asBefore()))).all());
    }
  }

  private static @Nullable String present(Admin admin, ConfigResource topic) {
    Config config = await(admin.describeConfigs(List.of(topic)).all()).get(topic);
    ConfigEntry entry = config == null ? null : config.get(NEW_FILE);
    return entry == null ? null : entry.value();
  }

  private static AlterConfigOp setTo(String millis) {
    return new AlterConfigOp(new ConfigEntry(NEW_FILE, millis), AlterConfigOp.OpType.SET);
  }

  private static AlterConfigOp asBefore() {
    return new AlterConfigOp(new ConfigEntry(NEW_FILE, ""), AlterConfigOp.OpType.DELETE);
  }

  /** A copy, or a note where it goes. */
  private ProducerRecord<String, byte[]> instead(
      Set<String> inquiries, ConsumerRecord<String, byte[]> letter) {
    if (!isOf(inquiries, letter)) {
      return new ProducerRecord<>(
          letter.topic(), letter.partition(), letter.key(), letter.value(), letter.headers());
    }
    RecordHeaders headers = new RecordHeaders();
    Header origin = letter.headers().lastHeader(DeadLetterHeaders.ORIGIN);
    if (origin != null) {
      headers.add(origin);
    }
    headers.add(DeadLetterHeaders.ERASED, clock.instant().toString().getBytes(UTF_8));
    return new ProducerRecord<>(
        letter.topic(), letter.partition(), (String) null, (byte[]) null, headers);
  }

  /** By its key, or by what it says: whoever wrote it may have had only one of them right. */
  private static boolean isOf(Set<String> inquiries, ConsumerRecord<String, byte[]> letter) {
    if (letter.value() == null) {
      return false;
    }
    String key = letter.key() == null ? "" : letter.key();
    int slash = key.indexOf('/');
    if (slash > 0 && inquiries.contains(key.substring(0, slash))) {
      return true;
    }
    String value = new String(letter.value(), UTF_8);
    return inquiries.stream().anyMatch(id -> value.contains('"' + id + '"'));
  }

  private static <T> T await(Future<T> done) {
    try {
      return done.get(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("The broker has not erased the letters", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
