package barocall.routing.cases;

import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.Event.CallEnded;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryAssigned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An inquiry as it waits at the desk: computed from its case, and written only while it waits.
 *
 * @param version the case's, so that an older picture never replaces a newer one
 * @param waitingSince when it came to the desk this time
 * @param dueAt when a department was in charge before
 * @param urgent words of danger to life stand in it
 * @param agent whose it is, if anybody's
 * @param call {@code ringing}, {@code talking}, {@code ended}, {@code callback}, {@code abandoned}
 *     or null for other channels
 */
public record DeskItem(
    String inquiryId,
    String city,
    long version,
    @Nullable String receiptNumber,
    @Nullable Instant receivedAt,
    String channel,
    @Nullable String category,
    @Nullable String subject,
    @Nullable String text,
    @Nullable String address,
    Instant waitingSince,
    @Nullable Instant dueAt,
    boolean urgent,
    List<String> emergencyNumbers,
    String whyKind,
    String why,
    List<String> suggestedDepartments,
    @Nullable String agent,
    @Nullable String call,
    @Nullable String direction,
    boolean outOfHours,
    int step) {

  /** How the case waits; empty when it does not. */
  public static Optional<DeskItem> of(Case known) {
    return known
        .received()
        .flatMap(call -> known.atDesk().map(waiting -> of(known, call, waiting)));
  }

  private static DeskItem of(Case known, CallReceived received, InquiryAssigned waiting) {
    Event.Inquiry inquiry = known.inquiry();
    return new DeskItem(
        known.inquiryId(),
        known.city(),
        known.version(),
        inquiry.receiptNumber(),
        inquiry.receivedAt(),
        inquiry.channel().wireName(),
        inquiry.category(),
        known.subject(),
        known.text(),
        Optional.ofNullable(known.place()).map(Event.Place::address).orElse(null),
        waiting.at(),
        Course.runningEscalation(known).map(ComplaintEscalated::dueAt).orElse(null),
        waiting.urgent(),
        waiting.emergencyNumbers(),
        waiting.why().kind().wireName(),
        waiting.why().sentence(),
        waiting.suggestedDepartments(),
        atDeskOf(known, waiting),
        call(known, received),
        received.direction() == null ? null : received.direction().wireName(),
        received.outOfHours(),
        waiting.step());
  }

  /** Of who took it back from a department; else of who answered or took the call. */
  private static @Nullable String atDeskOf(Case known, InquiryAssigned waiting) {
    return waiting.step() > 1 && waiting.agent() != null ? waiting.agent() : known.agent();
  }

  private static @Nullable String call(Case known, CallReceived received) {
    // Of a call that was opened by hand no exchange tells how it goes.
    if (received.door() != Door.CALLS) {
      return null;
    }
    Optional<CallEnded> ended = known.ended();
    if (ended.isPresent()) {
      return switch (ended.get().outcome()) {
        case ANSWERED -> "ended";
        case ABANDONED -> "abandoned";
        case CALLBACK -> "callback";
      };
    }
    return known.answered().isPresent() ? "talking" : "ringing";
  }
}
