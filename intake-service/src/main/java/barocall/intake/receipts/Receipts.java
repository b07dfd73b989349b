package barocall.intake.receipts;

import barocall.contract.Event;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * The facts of inquiries by receipt number. Noting a fact twice, or in another order, changes
 * nothing.
 */
interface Receipts {
  /** Keeps a fact; what was told first under its id stands. */
  Mono<Void> note(Event.InquiryEvent event);

  /**
   * The facts of the inquiries that bear this number (twelve digits), by inquiryId; usually one.
   */
  Mono<Map<String, List<Event.InquiryEvent>>> find(String receiptNumber);
}
