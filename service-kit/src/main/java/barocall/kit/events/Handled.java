package barocall.kit.events;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group has handled the topics, as the brokers keep it. */
public final class Handled {
  private static final long ASK_SECONDS = 20;

  private Handled() {}

  /**
   * The next offset of each partition of which the group has handled anything.
   *
   * @throws IllegalStateException when no broker says it
   */
  public static Map<TopicPartition, Long> by(Admin admin, String group) {
    Map<TopicPartition, Long> handled = new HashMap<>();
    try {
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get(ASK_SECONDS, TimeUnit.SECONDS)
          .forEach(
              (partition, position) -> {
                if (position != null) {
                  handled.put(partition, position.offset());
                }
              });
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The message broker does not say how far it was read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking how far was read", e);
    }
    return handled;
  }
}
