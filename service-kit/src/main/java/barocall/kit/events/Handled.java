package barocall.kit.events;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a consumer group has handled the topics, as the brokers keep it.
 *
 * @param positions the next offset of each partition of which the group has handled anything
 * @param note the number of the latest of its store's notes that stood when it said so; 0 if it
 *     never bore one
 */
public record Handled(Map<TopicPartition, Long> positions, long note) {
  private static final long ASK_SECONDS = 20;
  private static final String NOTE = "note=";

  public Handled {
    positions = Map.copyOf(positions);
  }

  /** Nothing. */
  public static Handled nothing() {
    return new Handled(Map.of(), 0);
  }

  /**
   * Asks the brokers.
   *
   * @throws IllegalStateException when none says it
   */
  public static Handled by(Admin admin, String group) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    long note = 0;
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(ASK_SECONDS, TimeUnit.SECONDS);
      for (var position : committed.entrySet()) {
        if (position.getValue() != null) {
          positions.put(position.getKey(), position.getValue().offset());
          note = Math.max(note, note(position.getValue().metadata()));
        }
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The message broker does not say how far it was read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking how far was read", e);
    }
    return new Handled(positions, note);
  }

  /** A position as it is to be kept, with the number of the note that stands in the store. */
  static OffsetAndMetadata upTo(long next, long note) {
    return new OffsetAndMetadata(next, NOTE + note);
  }

  private static long note(String metadata) {
    if (!metadata.startsWith(NOTE)) {
      return 0;
    }
    try {
      return Long.parseLong(metadata.substring(NOTE.length()));
    } catch (NumberFormatException notOurs) {
      return 0;
    }
  }
}
