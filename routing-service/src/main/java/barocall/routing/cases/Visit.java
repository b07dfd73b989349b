package barocall.routing.cases;

import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryRepeated;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What of one inquiry is kept with the others from the same telephone, so that a person who comes
 * back is noticed without looking at their other cases. Times are kept to the millisecond.
 *
 * @param at when it was received; the epoch while that is not known
 * @param about the category about which the person got in touch; null while nobody has named it,
 *     and while or where they did not get through (see {@link Case#isContact})
 * @param resolvedAt when an agent resolved it at first contact without a department; null otherwise
 * @param repeated whether it has been said that the person came back
 */
record Visit(
    String inquiryId,
    Instant at,
    @Nullable String about,
    @Nullable Instant resolvedAt,
    boolean repeated) {

  static Visit of(Case known) {
    Inquiry inquiry = known.inquiry();
    Instant at = inquiry.receivedAt();
    return new Visit(
        known.inquiryId(),
        at == null ? Instant.EPOCH : at.truncatedTo(ChronoUnit.MILLIS),
        known.isContact() ? inquiry.category() : null,
        known
            .settledAtFirstContact()
            .map(resolved -> resolved.at().truncatedTo(ChronoUnit.MILLIS))
            .orElse(null),
        false);
  }

  /**
   * Whether the person came back by this about what that had settled: received after it was
   * resolved, and at most seven days after.
   */
  boolean repeats(Visit earlier) {
    Instant resolved = earlier.resolvedAt;
    return about != null
        && about.equals(earlier.about)
        && resolved != null
        && !inquiryId.equals(earlier.inquiryId)
        && at.isAfter(resolved)
        && !at.isAfter(resolved.plus(InquiryRepeated.WITHIN));
  }

  Visit said() {
    return new Visit(inquiryId, at, about, resolvedAt, true);
  }
}
