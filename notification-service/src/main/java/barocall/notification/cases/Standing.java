package barocall.notification.cases;

import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Decision;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import barocall.contract.Reminder;
import barocall.contract.WireName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One handing over to a department and what became of it.
 *
 * @param recalled the desk took it back before anybody there had taken it
 * @param movedOn the first decision of routing after it, if there is one
 * @param reopened the citizen was not content with this department's answer
 * @param reminded reminders and chasers so far
 */
public record Standing(
    ComplaintEscalated escalation,
    @Nullable ComplaintAcknowledged acknowledged,
    @Nullable ComplaintReturned returned,
    @Nullable InquiryResolved resolved,
    @Nullable ComplaintRecalled recalled,
    @Nullable Decision movedOn,
    @Nullable InquiryReopened reopened,
    List<ComplaintReminded> reminded) {

  /** What the department sees. */
  public enum State implements WireName {
    /** Nobody there has taken it. */
    ESCALATED,
    /** Someone there works on it. */
    ACKNOWLEDGED,
    /** The department answered it. */
    RESOLVED,
    /** The department sent it back. */
    RETURNED,
    /** The desk took it back before anybody there had taken it. */
    RECALLED,
    /** It was taken from the department: another has it, or the agents, or it was answered. */
    MOVED
  }

  public Standing {
    reminded = List.copyOf(reminded);
  }

  /** What the department sees of it now. */
  public State state() {
    if (resolved != null) {
      return State.RESOLVED;
    }
    if (returned != null) {
      return State.RETURNED;
    }
    if (recalled != null) {
      return State.RECALLED;
    }
    if (movedOn != null) {
      return State.MOVED;
    }
    return acknowledged == null ? State.ESCALATED : State.ACKNOWLEDGED;
  }

  /** Whether the department still has to do something. */
  public boolean isOpen() {
    return state() == State.ESCALATED || state() == State.ACKNOWLEDGED;
  }

  /** By what the citizen took it back from the department; null where they did not. */
  public @Nullable InquiryResolved withdrawn() {
    return state() == State.MOVED
            && movedOn instanceof InquiryResolved ended
            && ended.how() == How.CANCELLED
        ? ended
        : null;
  }

  /** How many of that kind went out. */
  public int count(Reminder kind) {
    return (int) reminded.stream().filter(it -> it.reminder() == kind).count();
  }
}
