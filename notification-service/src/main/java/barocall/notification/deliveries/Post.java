package barocall.notification.deliveries;

import java.util.List;
import reactor.core.publisher.Mono;

/** Takes messages to be sent. */
public interface Post {
  /**
   * Completes when all are kept; each is sent in its own time. A message that is known is not sent
   * again.
   */
  Mono<Void> send(List<Delivery> deliveries);
}
