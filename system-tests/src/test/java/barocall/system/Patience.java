package barocall.system;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long the suite may take to carry a fact from one service to the others. */
final class Patience {
  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private Patience() {}

  static ConditionFactory await() {
    return Awaitility.await().atMost(LONGEST).pollDelay(Duration.ZERO).pollInterval(LOOK_EVERY);
  }
}
