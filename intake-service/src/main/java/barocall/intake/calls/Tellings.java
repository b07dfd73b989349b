package barocall.intake.calls;

import barocall.contract.Event;
import barocall.intake.inquiries.Accepting;
import barocall.intake.inquiries.Known;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;

/**
 * What exchanges tell of a call's life. Told again in another way, the first telling is said again
 * and stands: live figures count the first that they see, but compaction keeps the last, by which
 * figures are rebuilt, so both must say the same.
 */
final class Tellings {
  private final Accepting accepting;
  private final Known known;
  private final ConcurrentMap<String, Mono<Event.InquiryEvent>> inHand = new ConcurrentHashMap<>();

  Tellings(Accepting accepting, Known known) {
    this.accepting = accepting;
    this.known = known;
  }

  /** Completes when the broker has it. */
  Mono<Void> say(Event.InquiryEvent told) {
    return Mono.defer(
        () -> {
          Mono<Event.InquiryEvent> mine = known.first(told).defaultIfEmpty(told).cache();
          Mono<Event.InquiryEvent> others = inHand.putIfAbsent(told.id(), mine);
          Mono<Event.InquiryEvent> first = others == null ? mine : others;
          return first
              .flatMap(stands -> accepting.say(about(told.inquiry(), stands)))
              .doFinally(end -> inHand.remove(told.id(), first));
        });
  }

  /**
   * What was told before its call did not know when that came in. All else stays as it was told,
   * the category too, though somebody may have given the call one meanwhile.
   */
  private static Event.InquiryEvent about(Event.Inquiry now, Event.InquiryEvent told) {
    Event.Inquiry then = told.inquiry();
    Event.Inquiry inquiry =
        new Event.Inquiry(
            then.inquiryId(),
            then.receiptNumber(),
            then.city(),
            then.channel(),
            then.category(),
            then.receivedAt() == null ? now.receivedAt() : then.receivedAt());
    if (told instanceof Event.CallAnswered it) {
      return new Event.CallAnswered(
          inquiry, it.at(), it.step(), it.agent(), it.waitSeconds(), it.claimedAt());
    }
    if (told instanceof Event.CallEnded it) {
      return new Event.CallEnded(
          inquiry,
          it.at(),
          it.step(),
          it.outcome(),
          it.agent(),
          it.waitSeconds(),
          it.talkSeconds(),
          it.holdSeconds(),
          it.afterCallSeconds(),
          it.connectedTo(),
          it.connectedToName(),
          it.claimedAt());
    }
    return told;
  }
}
