package barocall.notification.inbox;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says which department's inbox has changed, to whoever shows it live. */
@Component
class InboxLive {
  private volatile @Nullable BiConsumer<String, String> listener;

  void listen(BiConsumer<String, String> changed) {
    this.listener = changed;
  }

  void nudge(String city, String department) {
    BiConsumer<String, String> known = listener;
    if (known != null) {
      known.accept(city, department);
    }
  }
}
