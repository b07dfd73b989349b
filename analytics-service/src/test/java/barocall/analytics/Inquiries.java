package barocall.analytics;

import barocall.contract.By;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Direction;
import barocall.contract.Door;
import barocall.contract.Event.CallAnswered;
import barocall.contract.Event.CallEnded;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.HistoryRecorded;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryRepeated;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.PastEscalation;
import barocall.contract.Event.PastResolution;
import barocall.contract.Event.RecallRequested;
import barocall.contract.Event.SatisfactionRated;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.WhyKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lives of inquiries, as lists of events. */
public final class Inquiries {
  public static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");
  private static final Why WHY = new Why(WhyKind.RULE, "r", "because");

  private Inquiries() {}

  public static Inquiry inquiry(String id, Channel channel, String category, Instant receivedAt) {
    return new Inquiry(id, null, "gyeongju", channel, category, receivedAt);
  }

  public static CallReceived received(Inquiry inquiry) {
    return new CallReceived(
        inquiry,
        inquiry.receivedAt(),
        0,
        Door.INQUIRIES,
        inquiry.channel() == Channel.TELEPHONE ? Direction.IN : null,
        null,
        null,
        false,
        null,
        null,
        null,
        null,
        null);
  }

  /** A call that an agent answers, and settles 90 s later. */
  public static List<InquiryEvent> answeredCall(String id, Instant at) {
    Inquiry inquiry = inquiry(id, Channel.TELEPHONE, "passport", at);
    return List.of(
        received(inquiry),
        new CallAnswered(inquiry, at.plusSeconds(7), 0, "agent-1", 7, null),
        new InquiryAssigned(
            inquiry, at.plusSeconds(1), 1, WHY, "agent-1", false, List.of(), List.of()),
        resolved(inquiry, at.plusSeconds(97), 2, By.AGENT, null, true),
        new CallEnded(
            inquiry,
            at.plusSeconds(100),
            0,
            CallOutcome.ANSWERED,
            "agent-1",
            7,
            90,
            3,
            20,
            null,
            null,
            null));
  }

  /** The same, and the caller comes back about it within the week. */
  public static List<InquiryEvent> repeatedCall(String id, Instant at) {
    List<InquiryEvent> life = new ArrayList<>(answeredCall(id, at));
    life.add(repeated(id, at, 2));
    return List.copyOf(life);
  }

  /** That the caller came back about such a call within the week. */
  public static InquiryRepeated repeated(String id, Instant at, int step) {
    return new InquiryRepeated(
        inquiry(id, Channel.TELEPHONE, "passport", at), at.plusSeconds(86_400 + 97), step);
  }

  /**
   * A call in a city without an exchange: an agent opens it by hand, and says how it was settled.
   */
  public static List<InquiryEvent> callByHand(String id, Instant at, How how) {
    Inquiry inquiry = inquiry(id, Channel.TELEPHONE, "passport", at);
    return List.of(
        new CallReceived(
            inquiry,
            at,
            0,
            Door.DESK,
            Direction.IN,
            null,
            "agent-1",
            false,
            null,
            null,
            null,
            null,
            null),
        new InquiryAssigned(
            inquiry, at.plusSeconds(1), 1, WHY, "agent-1", false, List.of(), List.of()),
        resolved(inquiry, at.plusSeconds(97), 2, how));
  }

  /** Such a call that was put through: the agent says so, and an exchange says so too. */
  public static List<InquiryEvent> callPutThrough(String id, Instant at) {
    List<InquiryEvent> life = new ArrayList<>(callByHand(id, at, How.CONNECTED));
    life.add(connectedEnd(id, at, "tax"));
    return List.copyOf(life);
  }

  /** The end of a call that the exchange says was put through to that department. */
  public static CallEnded connectedEnd(String id, Instant at, String department) {
    return new CallEnded(
        inquiry(id, Channel.TELEPHONE, "passport", at),
        at.plusSeconds(100),
        0,
        CallOutcome.ANSWERED,
        "agent-2",
        7,
        90,
        3,
        20,
        department,
        null,
        null);
  }

  /** A call that nobody answers, and how long it waited, if anybody knows. */
  public static List<InquiryEvent> unansweredCall(
      String id, Instant at, boolean outOfHours, @Nullable Integer waitSeconds) {
    Inquiry inquiry = inquiry(id, Channel.TELEPHONE, null, at);
    return List.of(
        new CallReceived(
            inquiry,
            at,
            0,
            Door.CALLS,
            Direction.IN,
            null,
            null,
            outOfHours,
            null,
            null,
            null,
            null,
            null),
        new CallEnded(
            inquiry,
            at.plusSeconds(41),
            0,
            CallOutcome.ABANDONED,
            null,
            waitSeconds,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  /** A call that the centre makes. */
  public static CallReceived outgoingCall(String id, Instant at, boolean outOfHours) {
    return new CallReceived(
        inquiry(id, Channel.TELEPHONE, null, at),
        at,
        0,
        Door.CALLS,
        Direction.OUT,
        null,
        "agent-1",
        outOfHours,
        null,
        null,
        null,
        null,
        null);
  }

  /** A call that nobody answers. */
  public static List<InquiryEvent> abandonedCall(String id, Instant at) {
    Inquiry inquiry = inquiry(id, Channel.TELEPHONE, null, at);
    return List.of(
        received(inquiry),
        new CallEnded(
            inquiry,
            at.plusSeconds(3),
            0,
            CallOutcome.ABANDONED,
            null,
            3,
            null,
            null,
            null,
            null,
            null,
            null),
        new InquiryAssigned(inquiry, at, 1, WHY, null, false, List.of(), List.of()),
        new InquiryResolved(
            inquiry,
            at.plusSeconds(4),
            2,
            How.ABANDONED,
            By.RULE,
            null,
            null,
            null,
            null,
            false,
            null));
  }

  /**
   * A web complaint that one department returns and another resolves, reopened once and resolved
   * again.
   */
  public static List<InquiryEvent> complaint(String id, Instant at) {
    Inquiry inquiry = inquiry(id, Channel.WEB, "roads", at);
    return List.of(
        received(inquiry),
        escalated(inquiry, at.plusSeconds(1), 1, "roads", 0),
        new ComplaintAcknowledged(inquiry, at.plusSeconds(60), 1, "roads", "kim"),
        new ComplaintReturned(inquiry, at.plusSeconds(120), 1, "roads", "kim", null),
        escalated(inquiry, at.plusSeconds(121), 2, "parks", 1),
        new ComplaintAcknowledged(inquiry, at.plusSeconds(600), 2, "parks", "lee"),
        resolved(inquiry, at.plusSeconds(7200), 2, By.DEPARTMENT, "parks", false),
        new InquiryReopened(inquiry, at.plusSeconds(90_000), 2, null),
        escalated(inquiry, at.plusSeconds(90_001), 3, "parks", 1),
        resolved(inquiry, at.plusSeconds(200_000), 3, By.DEPARTMENT, "parks", false),
        new SatisfactionRated(inquiry, at.plusSeconds(200_100), 3, 5));
  }

  /** A web complaint that the desk takes back from one department and gives to another. */
  public static List<InquiryEvent> recalled(String id, Instant at) {
    Inquiry inquiry = inquiry(id, Channel.WEB, "roads", at);
    Why why = new Why(WhyKind.AGENT, null, "taken back");
    return List.of(
        received(inquiry),
        escalated(inquiry, at.plusSeconds(1), 1, "roads", 0),
        new RecallRequested(inquiry, at.plusSeconds(60), 1, "agent-1", null),
        new ComplaintRecalled(inquiry, at.plusSeconds(61), 1, "roads", "agent-1", null),
        new InquiryAssigned(
            inquiry, at.plusSeconds(62), 2, why, "agent-1", false, List.of(), List.of()),
        escalated(inquiry, at.plusSeconds(120), 3, "parks", 0),
        resolved(inquiry, at.plusSeconds(7200), 3, By.DEPARTMENT, "parks", false));
  }

  /** A past inquiry, told first while open and then with its end. */
  public static List<InquiryEvent> history(String id, Instant at) {
    Inquiry inquiry = inquiry(id, Channel.MOBILE, "Bulky Items", at);
    PastEscalation escalation = new PastEscalation(at, "BOS", null);
    return List.of(
        new HistoryRecorded(inquiry, at, 0, "a", null, null, null, false, escalation, null, null),
        new HistoryRecorded(
            inquiry,
            at,
            0,
            "b",
            null,
            null,
            null,
            false,
            escalation,
            null,
            new PastResolution(at.plusSeconds(86_400), How.DONE, By.DEPARTMENT, null, null)));
  }

  /** A past call that an agent ended so. */
  public static HistoryRecorded pastCall(String id, Instant at, boolean abandoned, How how) {
    return new HistoryRecorded(
        inquiry(id, Channel.TELEPHONE, "passport", at),
        at,
        0,
        "a",
        null,
        null,
        null,
        abandoned,
        null,
        null,
        new PastResolution(at.plusSeconds(90), how, By.AGENT, "agent-1", null));
  }

  public static ComplaintEscalated escalated(
      Inquiry inquiry, Instant at, int step, String department, int transfers) {
    return new ComplaintEscalated(
        inquiry,
        at,
        step,
        department,
        null,
        "suggestion",
        Priority.NORMAL,
        inquiry.receivedAt().plusSeconds(86_400),
        "clause",
        WHY,
        null,
        transfers,
        null,
        null,
        null,
        null);
  }

  /** By an agent at first contact. */
  public static InquiryResolved resolved(Inquiry inquiry, Instant at, int step, How how) {
    return new InquiryResolved(
        inquiry, at, step, how, By.AGENT, "agent-1", null, null, null, true, null);
  }

  public static InquiryResolved resolved(
      Inquiry inquiry,
      Instant at,
      int step,
      By by,
      @Nullable String department,
      boolean atFirstContact) {
    return new InquiryResolved(
        inquiry,
        at,
        step,
        How.ANSWERED,
        by,
        by == By.AGENT ? "agent-1" : null,
        null,
        department,
        null,
        atFirstContact,
        null);
  }
}
