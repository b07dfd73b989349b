package barocall.intake.receipts;

import barocall.intake.limits.Tally;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * How often anyone may be wrong: for each address, over all numbers; for each number, over all
 * addresses, because four digits are few. A guess is counted before it is checked, so that many at
 * once gain nothing, and taken back when it was right.
 */
final class GuessLimit {
  private static final int OF_AN_ADDRESS = 20;
  private static final int OF_A_NUMBER = 5;
  private static final int OF_A_NUMBER_A_DAY = 20;

  /** For how long wrong guesses are held against an address or a number. */
  static final Duration SHORT = Duration.ofMinutes(15);

  private static final Duration LONG = Duration.ofDays(1);

  private final Tally recent;
  private final Tally daily;

  GuessLimit(Ticker ticker) {
    this.recent = new Tally(ticker, SHORT);
    this.daily = new Tally(ticker, LONG);
  }

  /** Counts a guess; false if there were too many, which then counts for nothing. */
  boolean mayTry(String address, String receiptNumber, boolean fewDigits) {
    return recent.counts("address/" + address, OF_AN_ADDRESS)
        && (!fewDigits
            || (recent.counts("number/" + receiptNumber, OF_A_NUMBER)
                && daily.counts(receiptNumber, OF_A_NUMBER_A_DAY)));
  }

  /** Takes a guess back that was right. */
  void wasRight(String address, String receiptNumber, boolean fewDigits) {
    recent.takeBack("address/" + address);
    if (fewDigits) {
      recent.takeBack("number/" + receiptNumber);
      daily.takeBack(receiptNumber);
    }
  }
}
