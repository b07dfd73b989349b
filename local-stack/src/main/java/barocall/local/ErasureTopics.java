package barocall.local;

import barocall.contract.Event;
import barocall.contract.Event.Erasable;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import barocall.contract.TopicReading;
import barocall.contract.UnreadableEventException;
import barocall.local.Erasure.Found;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Finds what the topics tell of a citizen, and writes it again without what could be personal. */
final class ErasureTopics implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The trace of the request that first said it says nothing of this writing. */
  private static final Set<String> LEFT_OUT = Set.of("traceparent", "tracestate", "baggage");

  private final Map<String, Object> broker;
  private final KafkaConsumer<String, byte[]> consumer;

  ErasureTopics(Map<String, Object> broker) {
    this.broker = new HashMap<>(broker);
    this.broker.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    this.broker.put("request.timeout.ms", (int) PATIENCE.toMillis());
    Map<String, Object> settings = new HashMap<>(this.broker);
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    this.consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * The inquiries of which an event says that.
   *
   * @param hint text that stands in the JSON of every event that is meant, so that not all have to
   *     be read as events
   */
  Set<String> inquiries(String hint, Predicate<InquiryEvent> wanted) {
    byte[] needle = hint.getBytes(StandardCharsets.UTF_8);
    Set<String> found = new HashSet<>();
    read(
        partitions(any -> true),
        record -> {
          if (record.value() != null && contains(record.value(), needle)) {
            event(record).filter(wanted).map(InquiryEvent::about).ifPresent(found::add);
          }
        });
    return found;
  }

  /**
   * All that the topics tell of these inquiries: each event once, as it was first said, with all
   * the keys under which it stands.
   */
  List<Found> events(Set<String> inquiries) {
    Map<String, Found> first = new LinkedHashMap<>();
    Map<String, Map<String, Boolean>> whole = new HashMap<>();
    int count =
        partitions(any -> true).stream().mapToInt(TopicPartition::partition).max().orElse(0) + 1;
    Set<Integer> theirs = new HashSet<>();
    inquiries.forEach(id -> theirs.add(EventCodec.partition(id, count)));
    read(
        partitions(it -> theirs.contains(it.partition())),
        record -> {
          String key = record.key();
          int slash = key == null ? -1 : key.indexOf('/');
          if (slash > 0 && inquiries.contains(key.substring(0, slash))) {
            event(record)
                .ifPresent(
                    event -> {
                      first.putIfAbsent(event.id(), new Found(event, record, List.of()));
                      whole
                          .computeIfAbsent(event.id(), id -> new LinkedHashMap<>())
                          .put(key, !Event.isErased(event));
                    });
          }
        });
    return first.values().stream()
        .map(
            it ->
                new Found(
                    it.event(),
                    it.record(),
                    whole.getOrDefault(it.event().id(), Map.of()).entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .toList()))
        .toList();
  }

  /**
   * Writes each again under its own id, keys and partition, and waits for the broker. Whatever a
   * repeat said, under every key it is now what was first said; and the first's own key is the last
   * to be written, so that of those that compaction leaves none that counts comes before it.
   */
  void writeAgain(List<Found> events) throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(broker);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("delivery.timeout.ms", (int) PATIENCE.toMillis() * 2);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Found found : events) {
        for (int i = found.keys().size() - 1; i >= 0; i--) {
          sent.add(producer.send(again(found, found.keys().get(i))));
        }
      }
      for (Future<RecordMetadata> one : sent) {
        await(one);
      }
    }
  }

  private static ProducerRecord<String, byte[]> again(Found found, String key) {
    ConsumerRecord<String, byte[]> record = found.record();
    RecordHeaders headers = new RecordHeaders();
    for (Header header : record.headers()) {
      if (!LEFT_OUT.contains(header.key())) {
        headers.add(header);
      }
    }
    return new ProducerRecord<>(
        record.topic(),
        record.partition(),
        key,
        EventCodec.json(((Erasable) found.event()).erase()),
        headers);
  }

  private List<TopicPartition> partitions(Predicate<TopicPartition> wanted) {
    Map<String, List<PartitionInfo>> topics = consumer.listTopics();
    return Topic.wireNames().stream()
        .flatMap(topic -> topics.getOrDefault(topic, List.of()).stream())
        .map(it -> new TopicPartition(it.topic(), it.partition()))
        .filter(wanted)
        .toList();
  }

  private void read(
      List<TopicPartition> partitions, Consumer<ConsumerRecord<String, byte[]>> reader) {
    if (partitions.isEmpty()) {
      return;
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    TopicReading.toEnd(consumer, partitions, reader);
  }

  /** What is no event of ours is no service's either: it lies among the dead letters. */
  private static Optional<InquiryEvent> event(ConsumerRecord<String, byte[]> record) {
    try {
      return EventCodec.decode(record.topic(), record.headers(), record.value())
              instanceof InquiryEvent event
          ? Optional.of(event)
          : Optional.empty();
    } catch (UnreadableEventException e) {
      return Optional.empty();
    }
  }

  private static boolean contains(byte[] text, byte[] needle) {
    for (int i = 0; i + needle.length <= text.length; i++) {
      int k = 0;
      while (k < needle.length && text[i + k] == needle[k]) {
        k++;
      }
      if (k == needle.length) {
        return true;
      }
    }
    return false;
  }

  private static void await(Future<?> sent) throws InterruptedException {
    try {
      sent.get(PATIENCE.toSeconds() * 3, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("The broker has not taken the record", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
