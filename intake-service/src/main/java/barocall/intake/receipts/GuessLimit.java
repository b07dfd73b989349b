package barocall.intake.receipts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often anyone may be wrong: for each address, over all numbers; for each number, over all
 * addresses, because four digits are few. A guess is counted before it is checked, so that many at
 * once gain nothing, and taken back when it was right.
 */
final class GuessLimit {
  private static final int OF_AN_ADDRESS = 20;
  private static final int OF_A_NUMBER = 5;
  private static final int OF_A_NUMBER_A_DAY = 20;
  private static final int AT_MOST = 200_000;

  /** For how long wrong guesses are held against an address or a number. */
  static final Duration SHORT = Duration.ofMinutes(15);

  private static final Duration LONG = Duration.ofDays(1);

  private final Cache<String, AtomicInteger> recent;
  private final Cache<String, AtomicInteger> daily;

  GuessLimit(Ticker ticker) {
    this.recent = counters(ticker, SHORT);
    this.daily = counters(ticker, LONG);
  }

  /** Counts a guess; false if there were too many, which then counts for nothing. */
  boolean mayTry(String address, String receiptNumber, boolean fewDigits) {
    return counts(recent, "address/" + address, OF_AN_ADDRESS)
        && (!fewDigits
            || (counts(recent, "number/" + receiptNumber, OF_A_NUMBER)
                && counts(daily, receiptNumber, OF_A_NUMBER_A_DAY)));
  }

  /** Takes a guess back that was right. */
  void wasRight(String address, String receiptNumber, boolean fewDigits) {
    takeBack(recent, "address/" + address);
    if (fewDigits) {
      takeBack(recent, "number/" + receiptNumber);
      takeBack(daily, receiptNumber);
    }
  }

  private static boolean counts(Cache<String, AtomicInteger> counters, String key, int most) {
    AtomicInteger counter = counters.get(key, none -> new AtomicInteger());
    if (counter.incrementAndGet() <= most) {
      return true;
    }
    counter.decrementAndGet();
    return false;
  }

  private static void takeBack(Cache<String, AtomicInteger> counters, String key) {
    AtomicInteger counter = counters.getIfPresent(key);
    if (counter != null) {
      counter.decrementAndGet();
    }
  }

  private static Cache<String, AtomicInteger> counters(Ticker ticker, Duration memory) {
    return Caffeine.newBuilder()
        .expireAfterWrite(memory)
        .maximumSize(AT_MOST)
        .ticker(ticker)
        .build();
  }
}
