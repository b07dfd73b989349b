package barocall.kit.audit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a stranger who tries names and passwords from filling the record: of each minute the first
 * refusals are told one by one, and of the rest only how many there were.
 */
final class RefusedLogins {
  static final Duration WINDOW = Duration.ofMinutes(1);

  /** So many people mistype in a minute at one instance, and no more. */
  static final int ONE_BY_ONE = 10;

  private @Nullable Instant begun;
  private int told;
  private int untold;

  /** Whether this one is to be told by itself; else it is counted. */
  synchronized boolean isTold(Instant now) {
    if (begun == null || !now.isBefore(begun.plus(WINDOW)) || now.isBefore(begun)) {
      begun = now;
      told = 0;
    }
    if (told < ONE_BY_ONE) {
      told++;
      return true;
    }
    untold++;
    return false;
  }

  /** How many were counted and not told yet; they count as told now. */
  synchronized int untold() {
    int count = untold;
    untold = 0;
    return count;
  }
}
