package barocall.intake.citizen;

import barocall.intake.limits.Tally;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * How often one address may send the form, which is open to everyone: often enough for a library's
 * or a village hall's computers, too seldom to flood the desk.
 */
final class FormLimit {
  /** How many forms one address may send in {@link #WHILE}. */
  static final int MOST = 20;

  /** For how long a sent form counts. */
  static final Duration WHILE = Duration.ofMinutes(10);

  private final Tally sent;

  FormLimit(Ticker ticker) {
    this.sent = new Tally(ticker, WHILE);
  }

  /** Counts a form before it is read, so that many at once gain nothing; false if too many. */
  boolean maySend(String address) {
    return sent.counts(address, MOST);
  }

  /** Takes a form back of which nothing was accepted. */
  void wasNotAccepted(String address) {
    sent.takeBack(address);
  }
}
