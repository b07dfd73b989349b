package barocall.intake.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what is done under a key for some time from its first. It keeps only so many keys, so that
 * nobody fills the memory by coming under ever new ones.
 */
public final class Tally {
  private static final int KEYS = 200_000;

  private final Cache<String, AtomicInteger> counters;

  /**
   * Counts nothing yet.
   *
   * @param memory how long a key's count stands
   */
  public Tally(Ticker ticker, Duration memory) {
    this.counters =
        Caffeine.newBuilder().expireAfterWrite(memory).maximumSize(KEYS).ticker(ticker).build();
  }

  /** Counts one more; false if there were that many already, and then it does not count. */
  public boolean counts(String key, int most) {
    AtomicInteger counter = counters.get(key, none -> new AtomicInteger());
    if (counter.incrementAndGet() <= most) {
      return true;
    }
    counter.decrementAndGet();
    return false;
  }

  /** Takes one back that was counted. */
  public void takeBack(String key) {
    AtomicInteger counter = counters.getIfPresent(key);
    if (counter != null) {
      counter.decrementAndGet();
    }
  }
}
