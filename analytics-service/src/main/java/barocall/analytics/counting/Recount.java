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
  private final List<Watcher> watchers;

  Recount(
      CountingStore store, Counting counting, Predicate<String> knownCity, List<Watcher> watchers) {
    this.store = store;
    this.counting = counting;
    this.knownCity = knownCity;
    this.watchers = List.copyOf(watchers);
  }

  @Override
  public Set<Topic> topics() {
    return Counting.TOPICS;
  }

  @Override
  public void fold(Batch batch) {
    store.begin(batch.partition(), batch.topicId(), batch.begin());
    if (store.position(batch.partition()).orElse(batch.begin()) == batch.end()) {
      return;
    }
    List<Delivery> deliveries = new ArrayList<>(batch.records().size());
    for (Batch.Recorded record : batch.records()) {
      Delivery delivery = new Delivery(record.offset(), record.event());
      if (knownCity.test(record.event().cityId()) && isCountable(delivery)) {
        deliveries.add(delivery);
      }
    }
    see(deliveries.stream().map(Delivery::event).toList());
    if (counting.count(batch.partition(), batch.begin(), batch.end(), deliveries)
        != Outcome.COUNTED) {
      throw new RebuildRefusedException(
          "Somebody else counts into the same new figures; begin the rebuild again.");
    }
  }

  /** Watchers see live events only; they are not made for several threads. */
  private synchronized void see(List<Event> events) {
    List<Event> live =
        events.stream().filter(event -> event.topic() != Topic.HISTORY_RECORDED).toList();
    if (!live.isEmpty()) {
      watchers.forEach(watcher -> watcher.seen(live));
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
