package barocall.analytics.counting;

import barocall.analytics.counting.Counting.Delivery;
import barocall.analytics.counting.Counting.Outcome;
import java.util.List;
import java.util.OptionalLong;

/** Where the next batch of a partition begins: as the store says, never as a reader remembers. */
final class Bookmark {
  private final CountingStore store;
  private final Counting counting;

  Bookmark(CountingStore store, Counting counting) {
    this.store = store;
    this.counting = counting;
  }

  /**
   * Where whoever takes a partition over begins.
   *
   * @param topicId the id that the topic has now
   * @param begin the first offset in the log, end one more than the last
   * @return empty if this log is not the one that the figures in the store were counted from
   */
  OptionalLong takenOver(String partition, String topicId, long begin, long end) {
    store.begin(partition, topicId, begin);
    long next = store.position(partition).orElse(begin);
    return store.topicId(partition).equals(topicId) && next <= end
        ? OptionalLong.of(next)
        : OptionalLong.empty();
  }

  /** Counts a batch and says where the next one begins, whether it was counted or overtaken. */
  long after(String partition, long begin, long end, List<Delivery> deliveries) {
    return counting.count(partition, begin, end, deliveries) == Outcome.COUNTED
        ? end
        : store.position(partition).orElse(begin);
  }
}
