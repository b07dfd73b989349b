package barocall.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads topics from where a consumer stands to the end that they have now. */
public final class TopicReading {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private TopicReading() {}

  /**
   * Reads those partitions, which are assigned to the consumer.
   *
   * @throws TimeoutException when no record has come for ten seconds, though there are more: the
   *     broker has died meanwhile
   */
  public static void toEnd(
      org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecord<String, byte[]>> reader) {
    to(consumer, consumer.endOffsets(partitions), reader);
  }

  /** As {@link #toEnd}, to those offsets; a little beyond them may be read. */
  public static void to(
      org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<String, byte[]>> reader) {
    to(consumer, ends, reader, PATIENCE);
  }

  static void to(
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
