package barocall.intake.inquiries;

import barocall.contract.Event;
import reactor.core.publisher.Mono;

/** What is known of inquiries that came before, in this process or by another. */
public interface Known {
  /** The inquiry as it was first received; empty if it is unknown or the store is away. */
  Mono<Event.Inquiry> inquiry(String receiptNumber, String inquiryId);

  /** Keeps in mind what was just said, until the store tells it too. */
  void said(Event.InquiryEvent event);
}
