package barocall.notification.inbox;

import barocall.contract.Event.InquiryEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an officer's action comes to. */
sealed interface Verdict {
  /** It is done, by these events. */
  record Done(List<InquiryEvent> events) implements Verdict {}

  /** The same person did the same before: it stands as it was done then. */
  record Again() implements Verdict {}

  /**
   * Someone was first, or it is no longer there.
   *
   * @param by the user name, an agent's id, or null where a rule did it
   * @param did acknowledge, resolve, return, recall, withdraw, escalate, assign
   */
  record TooLate(@Nullable String by, String did, Instant at) implements Verdict {}

  /** That department never had the case. */
  record Unknown() implements Verdict {}
}
