package barocall.analytics.counting;

import barocall.analytics.counting.Counting.Delivery;
import barocall.analytics.counting.Counting.Outcome;
import barocall.contract.Event;
import barocall.contract.Topic;
import barocall.kit.rebuild.Batch;
import barocall.kit.rebuild.Projection;
import barocall.kit.store.RebuildRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Counts everything from the beginning, by the very protocol that counts what is new: with the
 * positions in the new store, so that counting goes on from there.
 */
final class Recount implements Projection {
  private final CountingStore store;
  private final Counting counting;
  private final Predicate<String> knownCity;

  Recount(CountingStore store, Counting counting, Predicate<String> knownCity) {
    this.store = store;
    this.counting = counting;
    this.knownCity = knownCity;
  }

  @Override
  public Set<Topic> topics() {
    return Set.of(Topic.values());
  }

  @Override
  public void fold(Batch batch) {
    store.begin(batch.partition(), batch.topicId(), batch.begin());
    if (store.position(batch.partition()).orElse(batch.begin()) == batch.end()) {
      return;
    }
    List<Delivery> deliveries = new ArrayList<>(batch.records().size());
    for (Batch.Recorded record : batch.records()) {
      if (record.event() instanceof Event.InquiryEvent about && knownCity.test(about.cityId())) {
        Delivery delivery = new Delivery(record.offset(), about);
        if (isCountable(delivery)) {
          deliveries.add(delivery);
        }
      }
    }
    if (counting.count(batch.partition(), batch.begin(), batch.end(), deliveries)
        != Outcome.COUNTED) {
      throw new RebuildRefusedException(
          "Somebody else counts into the same new figures; begin the rebuild again.");
    }
  }

  /** What cannot be counted went to the dead letters when it came. */
  private static boolean isCountable(Delivery delivery) {
    try {
      FactDocuments.check(delivery);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
