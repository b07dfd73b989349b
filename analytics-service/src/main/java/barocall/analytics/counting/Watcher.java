package barocall.analytics.counting;

import barocall.contract.Event;
import java.util.List;

/** Sees live events once they are counted. What it does must be harmless when they come twice. */
public interface Watcher {
  void seen(List<Event> events);
}
