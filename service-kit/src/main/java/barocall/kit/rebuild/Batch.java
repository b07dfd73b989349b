package barocall.kit.rebuild;

import barocall.contract.Event;
import java.time.Instant;
import java.util.List;

/**
 * Some records of a partition, in their order.
 *
 * @param partition topic and partition, e.g. {@code call-received-3}
 * @param topicId the id of the topic
 * @param begin where the batch before it ended, or the log begins; its first record may lie behind
 *     that, as compaction and transactions leave offsets without a record
 * @param end the offset behind the last
 * @param records the readable ones; what is no event of ours is left out
 */
public record Batch(
    String partition, String topicId, long begin, long end, List<Recorded> records) {
  public Batch {
    records = List.copyOf(records);
  }

  /**
   * An event as it stands in the log.
   *
   * @param writtenAt when its producer wrote it
   */
  public record Recorded(Event event, long offset, Instant writtenAt) {}
}
