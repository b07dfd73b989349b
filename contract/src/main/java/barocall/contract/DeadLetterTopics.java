package barocall.contract;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The records that services put aside, read from the broker. Sending one again puts the very record
 * back into its topic, where every service reads it once more (those that had read it know it by
 * its id), and notes beside the letter that it was. Not for several threads at once.
 */
public final class DeadLetterTopics implements AutoCloseable {
  private static final String ENDING = ".dead";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** In bytes: somewhat more than a letter may have. */
  private static final int LONGEST = 3 << 20;

  /** How every erased version is marked; not all others have to be read as events. */
  private static final String MARKED_ERASED = "\"erased\":true";

  private final Map<String, Object> broker;
  private final Clock clock;
  private final KafkaConsumer<String, byte[]> consumer;

  /**
   * @param broker how Kafka's clients reach it
   */
  public DeadLetterTopics(Map<String, Object> broker, Clock clock) {
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
   * A record that was put aside.
   *
   * @param id topic-partition@offset of where it was read from: the letter's name
   * @param topic where it was read from
   * @param service which put it aside
   * @param at when, ISO 8601 in UTC, as its header says; empty if it says nothing
   * @param reason why, never what the record says
   * @param sentAgain when it was sent again, ISO 8601 in UTC, if it was
   * @param record as it stands among the dead letters
   */
  public record Letter(
      String id,
      String topic,
      String service,
      String at,
      String reason,
      @Nullable String sentAgain,
      ConsumerRecord<String, byte[]> record) {

    /** Whether it only says where the record stands, which is too long for a letter. */
    public boolean isLeftOut() {
      return find(record, DeadLetterHeaders.LEFT_OUT).isPresent();
    }
  }

  /**
   * All letters of all services, the oldest first.
   *
   * @throws KafkaException when the broker is away
   */
  public List<Letter> all() {
    return newest(Long.MAX_VALUE);
  }

  /**
   * The letters of all services, the oldest first.
   *
   * @param records how many of each topic's last records are read at most; a note that a letter was
   *     sent again is one too
   * @throws KafkaException when the broker is away
   */
  public List<Letter> newest(long records) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Map.Entry<String, List<PartitionInfo>> topic : consumer.listTopics().entrySet()) {
      if (origin(topic.getKey()).isPresent()) {
        topic
            .getValue()
            .forEach(it -> partitions.add(new TopicPartition(it.topic(), it.partition())));
      }
    }
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long end = ends.getOrDefault(partition, 0L);
      long begin = begins.getOrDefault(partition, 0L);
      consumer.seek(partition, end - begin > records ? end - records : begin);
    }
    List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();
    TopicReading.to(consumer, ends, read::add);
    return letters(read);
  }

  private static List<Letter> letters(List<ConsumerRecord<String, byte[]>> records) {
    Map<String, String> sentAgain = new HashMap<>();
    Set<String> erased = new HashSet<>();
    Map<String, ConsumerRecord<String, byte[]>> asides = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      String name = record.topic() + " " + header(record, DeadLetterHeaders.ORIGIN);
      Optional<String> mark = find(record, DeadLetterHeaders.SENT_AGAIN);
      if (mark.isPresent()) {
        sentAgain.put(name, mark.get());
      } else if (find(record, DeadLetterHeaders.ERASED).isPresent()) {
        erased.add(name);
      } else {
        // Put aside twice after a crash, it is still one letter.
        asides.putIfAbsent(name, record);
      }
    }
    asides.keySet().removeAll(erased);
    List<Letter> letters = new ArrayList<>();
    asides.forEach(
        (name, record) -> {
          String topic = origin(record.topic()).orElse(record.topic());
          String rest = record.topic().substring(topic.length() + 1);
          letters.add(
              new Letter(
                  header(record, DeadLetterHeaders.ORIGIN),
                  topic,
                  rest.substring(0, rest.length() - ENDING.length()),
                  header(record, DeadLetterHeaders.AT),
                  header(record, DeadLetterHeaders.REASON),
                  sentAgain.get(name),
                  record));
        });
    letters.sort(java.util.Comparator.comparing(Letter::at).thenComparing(Letter::id));
    return letters;
  }

  /**
   * Puts the record back into its topic once for all services that had put it aside. One whose
   * event was erased there is not: its words would be back for good, as compaction would drop the
   * erased version for it.
   *
   * @return those that were not sent
   * @throws KafkaException when the broker did not take it; then it may be sent again once more
   */
  public List<Letter> sendAgain(List<Letter> letters) throws InterruptedException {
    Set<String> erased = erased(letters);
    List<Letter> refused =
        letters.stream().filter(it -> names(it.record()).anyMatch(erased::contains)).toList();
    send(letters.stream().filter(it -> !refused.contains(it)).toList());
    return refused;
  }

  /** What the events are called of which the letters' topics have an erased version. */
  private Set<String> erased(List<Letter> letters) {
    List<TopicPartition> partitions =
        letters.stream()
            .filter(it -> names(it.record()).findAny().isPresent())
            .map(DeadLetterTopics::came)
            .distinct()
            .toList();
    Set<String> erased = new HashSet<>();
    if (!partitions.isEmpty()) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      TopicReading.toEnd(
          consumer,
          partitions,
          record -> {
            if (isErased(record)) {
              names(record).forEach(erased::add);
            }
          });
    }
    return erased;
  }

  private static boolean isErased(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null
        || !new String(record.value(), StandardCharsets.UTF_8).contains(MARKED_ERASED)) {
      return false;
    }
    try {
      return Event.isErased(EventCodec.decode(record.topic(), record.headers(), record.value()));
    } catch (UnreadableEventException e) {
      return false;
    }
  }

  /**
   * The ids of the events that a record may be about, by its header and by its key; whoever put it
   * aside may have had only one of them right.
   */
  private static Stream<String> names(ConsumerRecord<String, byte[]> record) {
    String topic = origin(record.topic()).orElse(record.topic());
    return Stream.concat(
        find(record, "ce_id").stream(),
        Stream.ofNullable(record.key())
            .map(key -> topic + "/" + EventCodec.withoutMark(topic, key)));
  }

  private static TopicPartition came(Letter letter) {
    // The partition is chosen by the inquiry, as when it was first sent: the origin names it.
    String partition = letter.id().substring(0, letter.id().lastIndexOf('@'));
    return new TopicPartition(
        letter.topic(), Integer.parseInt(partition.substring(partition.lastIndexOf('-') + 1)));
  }

  private void send(List<Letter> letters) throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(broker);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("delivery.timeout.ms", (int) PATIENCE.toMillis() * 2);
    settings.put("max.request.size", LONGEST);
    settings.put("compression.type", "gzip");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      Set<String> sent = new HashSet<>();
      for (Letter letter : letters) {
        if (sent.add(letter.id())) {
          await(producer.send(again(letter)));
        }
        await(producer.send(mark(letter)));
      }
    }
  }

  private static ProducerRecord<String, byte[]> again(Letter letter) {
    RecordHeaders headers = new RecordHeaders();
    for (Header header : letter.record().headers()) {
      if (!Set.of(DeadLetterHeaders.REASON, DeadLetterHeaders.ORIGIN, DeadLetterHeaders.AT)
          .contains(header.key())) {
        headers.add(header);
      }
    }
    return new ProducerRecord<>(
        letter.topic(),
        came(letter).partition(),
        letter.record().key(),
        letter.record().value(),
        headers);
  }

  private ProducerRecord<String, byte[]> mark(Letter letter) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(DeadLetterHeaders.ORIGIN, letter.id().getBytes(StandardCharsets.UTF_8));
    headers.add(
        DeadLetterHeaders.SENT_AGAIN, clock.instant().toString().getBytes(StandardCharsets.UTF_8));
    return new ProducerRecord<>(
        letter.record().topic(), null, letter.record().key(), null, headers);
  }

  private static void await(java.util.concurrent.Future<?> sent) throws InterruptedException {
    try {
      sent.get(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("The broker has not taken the record", e);
    }
  }

  /** The topic whose records a topic of dead letters holds. */
  public static Optional<String> origin(String deadLetters) {
    return deadLetters.endsWith(ENDING)
        ? Topic.wireNames().stream().filter(it -> deadLetters.startsWith(it + ".")).findFirst()
        : Optional.empty();
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return find(record, name).orElse("");
  }

  private static Optional<String> find(ConsumerRecord<String, byte[]> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
