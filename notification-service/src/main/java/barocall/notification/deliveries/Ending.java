package barocall.notification.deliveries;

import reactor.core.publisher.Mono;

/** Lets the other services know how a delivery ended. */
@FunctionalInterface
public interface Ending {
  /** Completes when they can know; may be called again for the same end. */
  Mono<Void> of(Delivery delivery);
}
