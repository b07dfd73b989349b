package barocall.analytics.counting;

import barocall.contract.Event;
import java.util.List;
import org.springframework.stereotype.Component;

/** All who want to see live events. */
@Component
public final class Watchers {
  private final List<Watcher> watchers;

  Watchers(List<Watcher> watchers) {
    this.watchers = List.copyOf(watchers);
  }

  void seen(List<Event> events) {
    if (!events.isEmpty()) {
      watchers.forEach(watcher -> watcher.seen(events));
    }
  }
}
