package barocall.notification.deliveries;

import java.util.Optional;
import reactor.core.publisher.Mono;

/** Writes the letters of one kind of recipient. */
public interface Letters {
  /** Whether this delivery goes to one of theirs. */
  boolean areFor(Delivery delivery);

  /** The letter as the case stands now; empty if there is nobody to write to any more. */
  Mono<Optional<Letter>> letter(Delivery delivery);
}
