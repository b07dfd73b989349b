package barocall.routing.cases;

import barocall.contract.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a case: a fact that reached it, or a decision or description of its own.
 *
 * @param notedAt when it was first written down here
 * @param unsent whether it is ours and the broker has not acknowledged it yet
 * @param deed which person did it; null for facts of other services and for rules
 */
public record Entry(
    Event.InquiryEvent event, Instant notedAt, boolean unsent, @Nullable Deed deed) {
  static Entry fact(Event.InquiryEvent event, Instant now) {
    return new Entry(event, now, false, null);
  }

  static Entry own(Event.InquiryEvent event, @Nullable Deed deed) {
    return new Entry(event, event.at(), true, deed);
  }

  Entry sent() {
    return new Entry(event, notedAt, false, deed);
  }
}
