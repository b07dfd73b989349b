package barocall.notification.deliveries;

import java.time.Duration;

/**
 * How long to wait after a failed try: each time some times longer, up to a limit, and scattered so
 * that what failed together is not tried together.
 *
 * @param first after the first failure
 * @param factor by how much each wait is longer than the one before
 * @param longest no wait is longer, but for the scatter
 * @param maxAttempts after so many failures it is given up
 * @param scatter the share by which a wait may be shorter or longer, 0 to 1
 */
record Backoff(Duration first, double factor, Duration longest, int maxAttempts, double scatter) {
  /** No second try. */
  static final Backoff ONCE = new Backoff(Duration.ZERO, 1, Duration.ZERO, 1, 0);

  Backoff {
    if (first.isNegative() || factor < 1 || maxAttempts < 1 || scatter < 0 || scatter > 1) {
      throw new IllegalArgumentException(
          "barocall.delivery: first-delay must not be negative, factor at least 1, max-attempts at"
              + " least 1 and scatter between 0 and 1.");
    }
  }

  boolean isLast(int attempts) {
    return attempts >= maxAttempts;
  }

  /**
   * The wait after so many failures.
   *
   * @param random from 0 to 1
   */
  Duration after(int attempts, double random) {
    double millis = Math.min(first.toMillis() * Math.pow(factor, attempts - 1), longest.toMillis());
    return Duration.ofMillis(Math.round(millis * (1 + scatter * (2 * random - 1))));
  }
}
