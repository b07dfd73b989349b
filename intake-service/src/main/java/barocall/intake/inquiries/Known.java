package barocall.intake.inquiries;

import barocall.contract.Event;
import reactor.core.publisher.Mono;

/** What is known of inquiries that came before, in this process or by another. */
public interface Known {
  /** The inquiry as it was first received; empty if it is unknown or the store is away. */
  Mono<Event.Inquiry> inquiry(String receiptNumber, String inquiryId);

  /**
   * The same fact as it was told first; empty if it was not told before, is too old to be in mind
   * while the store is away, or is of no receipt.
   */
  Mono<Event.InquiryEvent> first(Event.InquiryEvent again);

  /** Keeps in mind what was just said, until the store tells it too. */
  void said(Event.InquiryEvent event);
}
