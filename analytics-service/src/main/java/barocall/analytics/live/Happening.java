package barocall.analytics.live;

import barocall.contract.Event;
import barocall.contract.Event.CallAnswered;
import barocall.contract.Event.CallEnded;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ticker: what happened, never to whom or in which words.
 *
 * @param id the event's id
 * @param what the topic's name
 * @param word how a call or an inquiry ended
 */
record Happening(
    String id,
    Instant at,
    String what,
    String channel,
    @Nullable String category,
    @Nullable String department,
    @Nullable String agent,
    @Nullable String word) {

  /** Of an event that people care to see pass by. */
  static Optional<Happening> of(Event event) {
    if (!(event instanceof InquiryEvent about)) {
      return Optional.empty();
    }
    String department = null;
    String agent = null;
    String word = null;
    if (event instanceof CallAnswered answered) {
      agent = answered.agent();
    } else if (event instanceof CallEnded ended) {
      agent = ended.agent();
      word = ended.outcome().wireName();
    } else if (event instanceof InquiryResolved resolved) {
      if (resolved.how() == How.ABANDONED) {
        // The call's own end has said so.
        return Optional.empty();
      }
      department = resolved.department();
      word = resolved.by().wireName();
    } else if (event instanceof ComplaintEscalated escalated) {
      department = escalated.department();
    } else if (event instanceof Event.ComplaintAcknowledged acknowledged) {
      department = acknowledged.department();
    } else if (event instanceof Event.ComplaintReturned returned) {
      department = returned.department();
    } else if (event instanceof Event.ComplaintRecalled recalled) {
      department = recalled.department();
    } else if (event instanceof Event.DepartmentTold
        || event instanceof Event.RecallRequested
        || event instanceof Event.AnswerCorrected
        || event instanceof Event.InquiryDescribed
        || event instanceof Event.InquiryRepeated) {
      return Optional.empty();
    }
    return Optional.of(
        new Happening(
            event.id(),
            event.at(),
            event.topic().wireName(),
            about.inquiry().channel().wireName(),
            about.inquiry().category(),
            department,
            agent,
            word));
  }
}
