package barocall.analytics.counting;

import barocall.contract.Event;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Those who want to see live events once they are counted. What they do must be harmless when it
 * comes twice.
 */
@Component
public final class Watchers {
  private final List<Consumer<List<Event>>> watchers;

  Watchers(List<Consumer<List<Event>>> watchers) {
    this.watchers = List.copyOf(watchers);
  }

  void seen(List<Event> events) {
    if (!events.isEmpty()) {
      watchers.forEach(watcher -> watcher.accept(events));
    }
  }
}
