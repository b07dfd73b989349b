package barocall.intake.receipts;

import barocall.contract.Event;
import barocall.intake.inquiries.Known;
import barocall.kit.tracing.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What the store knows, and what this process said so recently that the store may not know it. */
final class KnownReceipts implements Known {
  private static final Logger LOG = LoggerFactory.getLogger(KnownReceipts.class);

  /** Accepting must not wait for a store that is away: a repeat is then said again, harmlessly. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  private final Receipts receipts;
  private final RecentFacts recent;

  KnownReceipts(Receipts receipts, RecentFacts recent) {
    this.receipts = receipts;
    this.recent = recent;
  }

  @Override
  public Mono<Event.Inquiry> inquiry(String receiptNumber, String inquiryId) {
    return Mono.justOrEmpty(inquiry(recent.of(receiptNumber), inquiryId))
        .switchIfEmpty(
            Mono.defer(() -> stored(receiptNumber).mapNotNull(facts -> inquiry(facts, inquiryId))));
  }

  @Override
  public Mono<Event.InquiryEvent> first(Event.InquiryEvent again) {
    String number = again.inquiry().receiptNumber();
    return number == null
        ? Mono.empty()
        : Mono.justOrEmpty(same(recent.of(number), again))
            .switchIfEmpty(
                Mono.defer(() -> stored(number).mapNotNull(facts -> same(facts, again))));
  }

  /** Empty while the store is away. */
  private Mono<Map<String, List<Event.InquiryEvent>>> stored(String receiptNumber) {
    return receipts
        .find(receiptNumber)
        .timeout(PATIENCE)
        .onErrorResume(
            away ->
                Traces.logging(() -> LOG.warn("The store does not answer; going on without it.")));
  }

  @Override
  public void said(Event.InquiryEvent event) {
    recent.add(event);
  }

  /** All facts of a number; an error if the store is away. */
  Mono<Map<String, List<Event.InquiryEvent>>> facts(String receiptNumber) {
    return receipts
        .find(receiptNumber)
        .map(stored -> RecentFacts.merged(stored, recent.of(receiptNumber)));
  }

  private static Event.@Nullable InquiryEvent same(
      Map<String, List<Event.InquiryEvent>> facts, Event.InquiryEvent again) {
    return facts.getOrDefault(again.about(), List.of()).stream()
        .filter(fact -> fact.id().equals(again.id()))
        .findFirst()
        .orElse(null);
  }

  private static Event.Inquiry inquiry(
      Map<String, List<Event.InquiryEvent>> facts, String inquiryId) {
    return Receipt.of(facts.getOrDefault(inquiryId, List.of())).map(Receipt::inquiry).orElse(null);
  }
}
