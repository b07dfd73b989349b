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
 * @param trace the {@code traceparent} of what caused it, so that it is sent in that trace however
 *     late; null for facts and outside of any trace
 */
public record Entry(
    Event.InquiryEvent event,
    Instant notedAt,
    boolean unsent,
    @Nullable Deed deed,
    @Nullable String trace) {
  static Entry fact(Event.InquiryEvent event, Instant now) {
    return new Entry(event, now, false, null, null);
  }

  static Entry own(Event.InquiryEvent event, @Nullable Deed deed) {
    return new Entry(event, event.at(), true, deed, null);
  }

  /** Something of our own as the topics tell it; they do not say which person did it. */
  static Entry told(Event.InquiryEvent event) {
    return new Entry(event, event.at(), false, null, null);
  }

  Entry sent() {
    return new Entry(event, notedAt, false, deed, trace);
  }

  /** The same without words, as the topic has it now; not even a digest of them stays. */
  Entry erased(Event.InquiryEvent written) {
    Deed wordless = deed == null ? null : new Deed(deed.user(), deed.name(), deed.what(), "");
    return new Entry(written, notedAt, false, wordless, trace);
  }

  /** The same with its cause, if it is still to be sent and has none yet. */
  Entry causedBy(String traceparent) {
    return unsent && trace == null ? new Entry(event, notedAt, true, deed, traceparent) : this;
  }
}
