package barocall.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads topics from where a consumer stands to the end that they have now. */
final class TopicReading {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private TopicReading() {}

  /**
   * @throws TimeoutException when no record has come for ten seconds, though there are more: the
   *     broker has died meanwhile
   */
  static void toEnd(
      org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecord<String, byte[]>> reader) {
    toEnd(consumer, partitions, reader, PATIENCE);
  }

  static void toEnd(
      org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecord<String, byte[]>> reader,
      Duration patience) {
    to(consumer, consumer.endOffsets(partitions), reader, patience);
  }

  /** As {@link #toEnd}, to those offsets; a little beyond them may be read. */
  static void to(
      org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<String, byte[]>> reader) {
    to(consumer, ends, reader, PATIENCE);
  }

  private static void to(
      org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<String, byte[]>> reader,
      Duration patience) {
    long came = System.nanoTime();
    while (ends.entrySet().stream()
        .anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
      ConsumerRecords<String, byte[]> some = consumer.poll(POLL);
      some.forEach(reader);
      if (!some.isEmpty()) {
        came = System.nanoTime();
      } else if (System.nanoTime() - came > patience.toNanos()) {
        throw new TimeoutException("The broker has stopped answering");
      }
    }
  }
}
