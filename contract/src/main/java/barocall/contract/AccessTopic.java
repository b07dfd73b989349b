package barocall.contract;

import barocall.contract.Event.Chained;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The topics of who saw and did what, as those who read it or begin to write to it need it. */
public final class AccessTopic {
  /** As many records are looked through first for a writer's last one. */
  private static final long FIRST_LOOK = 200;

  private static final int BASE = 36;
  private static final int RANDOM_BITS = 20;

  private AccessTopic() {}

  /** Names a run: in order of time for people, and of two of one moment each otherwise. */
  public static String newRun(Clock clock) {
    int random = new SecureRandom().nextInt(1 << RANDOM_BITS);
    return Long.toString(clock.millis(), BASE) + "-" + Integer.toString(random, BASE);
  }

  /** What a consumer needs beside the way to the broker. */
  public static Map<String, Object> consumerSettings() {
    return Map.of(
        "enable.auto.commit",
        false,
        "auto.offset.reset",
        "earliest",
        "allow.auto.create.topics",
        false,
        "default.api.timeout.ms",
        5_000,
        "request.timeout.ms",
        3_000);
  }

  /**
   * Reads all that a topic has now, each partition in its order.
   *
   * @throws UnknownTopicOrPartitionException when there is no such topic yet
   */
  public static void read(
      Consumer<String, byte[]> consumer,
      Topic topic,
      java.util.function.Consumer<ConsumerRecord<String, byte[]>> reader) {
    List<TopicPartition> partitions = partitions(consumer, topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    TopicReading.toEnd(consumer, partitions, reader);
  }

  /**
   * The last record of a writer; null if it never wrote. It is looked for from the end backwards,
   * in steps that double and each of which is read once: what is read is a few hundred records
   * where the writer is at work, and never much more than twice what others have written since.
   *
   * @param writer as {@link Chained#about()} says it
   * @throws UnknownTopicOrPartitionException when there is no such topic yet
   * @throws org.apache.kafka.common.KafkaException when the broker does not answer
   */
  public static @Nullable Chained<?> last(
      Consumer<String, byte[]> consumer, Topic topic, String writer) {
    List<TopicPartition> all = partitions(consumer, topic);
    var partition = new TopicPartition(topic.wireName(), EventCodec.partition(writer, all.size()));
    List<TopicPartition> one = List.of(partition);
    consumer.assign(one);
    long begin = consumer.beginningOffsets(one).get(partition);
    long end = consumer.endOffsets(one).get(partition);
    long look = FIRST_LOOK;
    for (long to = end; to > begin; look *= 2) {
      long from = Math.max(begin, to - look);
      consumer.seek(partition, from);
      var last = new Last(writer, to);
      TopicReading.to(consumer, Map.of(partition, to), last::see);
      if (last.seen != null) {
        return last.seen;
      }
      to = from;
    }
    return null;
  }

  /** Keeps the last: of a run, which may have been sent twice, the highest number. */
  private static final class Last {
    private final String writer;
    private final long to;
    private @Nullable Chained<?> seen;

    /**
     * @param to what lies from this offset on was looked through before
     */
    Last(String writer, long to) {
      this.writer = writer;
      this.to = to;
    }

    void see(ConsumerRecord<String, byte[]> record) {
      if (record.offset() >= to || record.key() == null || !record.key().startsWith(writer + "/")) {
        return;
      }
      try {
        if (EventCodec.decode(record.topic(), record.headers(), record.value())
                instanceof Chained<?> access
            && (seen == null
                || !seen.run().equals(access.run())
                || seen.number() < access.number())) {
          seen = access;
        }
      } catch (UnreadableEventException notOurs) {
        // The check says so.
      }
    }
  }

  private static List<TopicPartition> partitions(Consumer<String, byte[]> consumer, Topic topic) {
    String name = topic.wireName();
    var known = consumer.partitionsFor(name);
    if (known == null || known.isEmpty()) {
      throw new UnknownTopicOrPartitionException("There is no topic " + name + " yet");
    }
    return known.stream().map(it -> new TopicPartition(name, it.partition())).toList();
  }
}
