package barocall.system;

import java.time.Instant;
import java.util.Map;

/**
 * An inquiry as its clients know it once all of it was accepted.
 *
 * @param key of the client: its Idempotency-Key, or the exchange's id of the call
 * @param received between the first try and the answer that accepted it; for a call the time that
 *     the exchange gave
 * @param done when each deed was first tried and when it was accepted
 */
record Told(
    int round,
    String city,
    Story story,
    String key,
    String inquiryId,
    String receiptNumber,
    Span received,
    Map<Story.Deed, Span> done) {

  /** A time that is known to lie between two others. */
  record Span(Instant from, Instant to) {
    boolean holds(Instant at, java.time.Duration tolerance) {
      return !at.isBefore(from.minus(tolerance)) && !at.isAfter(to.plus(tolerance));
    }
  }
}
