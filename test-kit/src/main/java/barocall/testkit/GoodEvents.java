package barocall.testkit;

import barocall.contract.AccessKind;
import barocall.contract.AccountKind;
import barocall.contract.AgentState;
import barocall.contract.By;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Direction;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.PastEscalation;
import barocall.contract.Event.PastResolution;
import barocall.contract.Event.Place;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.Reminder;
import barocall.contract.Telling;
import barocall.contract.Topic;
import barocall.contract.Way;
import barocall.contract.WhyKind;
import java.time.Instant;
import java.util.List;

/**
 * One event of each kind, of Gyeongju, with every component filled that says something; of a
 * contact only the hash, for what is sealed could be opened by nobody.
 */
final class GoodEvents {
  private static final Place PLACE = new Place("경주시 양정로 260", 35.8562, 129.2247);
  private static final Contact CONTACT = new Contact(null, null, null, "aGFzaA");
  private static final Why WHY = new Why(WhyKind.RULE, "potholes", "도로 파손은 도로과가 맡습니다.");

  private GoodEvents() {}

  /** What lives in that topic, of an inquiry that nobody else speaks of. */
  static Event of(Topic topic, String id, String receiptNumber, Instant at) {
    boolean past = topic == Topic.HISTORY_RECORDED;
    boolean call = topic == Topic.CALL_ANSWERED || topic == Topic.CALL_ENDED;
    Inquiry inquiry =
        new Inquiry(
            id,
            past ? null : receiptNumber,
            "gyeongju",
            call ? Channel.TELEPHONE : Channel.WEB,
            "road-damage",
            at);
    return switch (topic) {
      case CALL_RECEIVED ->
          new Event.CallReceived(
              inquiry,
              at,
              0,
              Door.INQUIRIES,
              Direction.IN,
              "054-779-8585",
              "agent-1",
              false,
              "포트홀",
              "집 앞 도로가 패였습니다.",
              PLACE,
              CONTACT,
              at);
      case CALL_ANSWERED -> new Event.CallAnswered(inquiry, at, 0, "agent-1", 7, at);
      case CALL_ENDED ->
          new Event.CallEnded(
              inquiry, at, 0, CallOutcome.ANSWERED, "agent-1", 7, 95, 4, 30, "roads", "도로과", at);
      case AGENT_STATE_CHANGED ->
          new Event.AgentStateChanged("gyeongju", "agent-1", at, AgentState.ON_CALL, at);
      case ACCESS_RECORDED ->
          new Event.AccessRecorded(
              "routing-service",
              0,
              id,
              1,
              null,
              at,
              "gyeongju-agent-1",
              "agent",
              "10.0.0.7",
              AccessKind.CASE,
              "gyeongju",
              null,
              List.of(id),
              false,
              "c2VhbA");
      case ACCOUNT_RECORDED ->
          new Event.AccountRecorded(
              "routing-service",
              0,
              id,
              1,
              null,
              at,
              "gyeongju-agent-1",
              "agent",
              "10.0.0.7",
              AccountKind.LOG_IN,
              "gyeongju",
              null,
              null,
              null,
              "c2VhbA");
      case INQUIRY_DESCRIBED ->
          new Event.InquiryDescribed(inquiry, at, 1, 2, "agent-1", "포트홀", "다시 적음", PLACE, CONTACT);
      case INQUIRY_ASSIGNED ->
          new Event.InquiryAssigned(
              inquiry, at, 1, WHY, "agent-1", true, List.of("119"), List.of("roads"));
      case INQUIRY_RESOLVED ->
          new Event.InquiryResolved(
              inquiry,
              at,
              2,
              How.ANSWERED,
              By.DEPARTMENT,
              "gyeongju-roads",
              "potholes",
              "roads",
              "도로과",
              false,
              "메웠습니다.");
      case ANSWER_CORRECTED -> new Event.AnswerCorrected(inquiry, at, 2, 1, "agent-1", "내일 메웁니다.");
      case COMPLAINT_ESCALATED ->
          new Event.ComplaintEscalated(
              inquiry,
              at,
              2,
              "roads",
              "도로과",
              "suggestion",
              Priority.HIGH,
              at,
              "법 19②",
              WHY,
              "agent-1",
              1,
              "포트홀",
              "집 앞",
              PLACE,
              CONTACT);
      case COMPLAINT_ACKNOWLEDGED ->
          new Event.ComplaintAcknowledged(inquiry, at, 2, "roads", "gyeongju-roads");
      case COMPLAINT_RETURNED ->
          new Event.ComplaintReturned(inquiry, at, 2, "roads", "gyeongju-roads", "국도입니다.");
      case RECALL_REQUESTED -> new Event.RecallRequested(inquiry, at, 2, "agent-1", "공원과 일입니다.");
      case COMPLAINT_RECALLED ->
          new Event.ComplaintRecalled(inquiry, at, 2, "roads", "agent-1", "공원과 일입니다.");
      case COMPLAINT_REMINDED ->
          new Event.ComplaintReminded(inquiry, at, 2, Reminder.CHASER, 3, "roads", at);
      case DEPARTMENT_TOLD ->
          new Event.DepartmentTold(
              inquiry, at, 2, Way.EMAIL, 1, Telling.GIVEN_UP, "roads", 8, "mail server away");
      case INQUIRY_REOPENED -> new Event.InquiryReopened(inquiry, at, 2, "아직 그대로입니다.");
      case INQUIRY_REPEATED -> new Event.InquiryRepeated(inquiry, at, 2);
      case SATISFACTION_RATED -> new Event.SatisfactionRated(inquiry, at, 2, 4);
      case HISTORY_RECORDED ->
          new Event.HistoryRecorded(
              inquiry,
              at,
              0,
              "5f2c",
              "subject",
              "text",
              PLACE,
              false,
              new PastEscalation(at, "roads", "도로과"),
              at,
              new PastResolution(at, How.DONE, By.DEPARTMENT, null, "done"));
    };
  }
}
