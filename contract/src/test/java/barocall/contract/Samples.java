package barocall.contract;

import barocall.contract.Event.AccessRecorded;
import barocall.contract.Event.AccountRecorded;
import barocall.contract.Event.AgentStateChanged;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.CallAnswered;
import barocall.contract.Event.CallEnded;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Contact;
import barocall.contract.Event.DepartmentTold;
import barocall.contract.Event.HistoryRecorded;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryRepeated;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.PastEscalation;
import barocall.contract.Event.PastResolution;
import barocall.contract.Event.Place;
import barocall.contract.Event.RecallRequested;
import barocall.contract.Event.SatisfactionRated;
import barocall.contract.Event.Why;
import java.time.Instant;
import java.util.List;

/** One event of each kind, with every component filled that can be. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");
  static final Instant LATER = Instant.parse("2026-11-24T03:04:05.678Z");
  static final Inquiry INQUIRY =
      new Inquiry("gyeongju-c-0af1", "261104829137", "gyeongju", Channel.TELEPHONE, "roads", NOON);
  static final Inquiry PAST =
      new Inquiry("losangeles-h-1-877654321", null, "losangeles", Channel.WEB, "Bulky Items", NOON);
  static final Place PLACE = new Place("경주시 양정로 260", 35.8562, 129.2247);
  static final Contact CONTACT = new Contact("c2VhbGVk", "dGVs", "bWFpbA", "aGFzaA");
  static final Why WHY = new Why(WhyKind.RULE, "potholes", "도로 파손은 도로과가 맡습니다.");

  private Samples() {}

  static List<Event> all() {
    return List.of(
        new CallReceived(
            INQUIRY,
            NOON,
            0,
            Door.CALLS,
            Direction.IN,
            "054-779-8585",
            "agent-1",
            false,
            "포트홀",
            "집 앞 도로가 패였습니다.",
            PLACE,
            CONTACT,
            LATER),
        new CallAnswered(INQUIRY, LATER, 0, "agent-1", 7, LATER),
        new CallEnded(
            INQUIRY,
            LATER,
            0,
            CallOutcome.ANSWERED,
            "agent-1",
            7,
            95,
            4,
            30,
            "roads",
            "도로과",
            LATER),
        new InquiryDescribed(INQUIRY, LATER, 1, 2, "agent-1", "포트홀", "다시 적음", PLACE, CONTACT),
        new InquiryAssigned(
            INQUIRY, LATER, 1, WHY, "agent-1", true, List.of("119"), List.of("roads", "parks")),
        new InquiryResolved(
            INQUIRY,
            LATER,
            2,
            How.ANSWERED,
            By.DEPARTMENT,
            "gyeongju-roads",
            "potholes",
            "roads",
            "도로과",
            false,
            "메웠습니다."),
        new AnswerCorrected(INQUIRY, LATER, 2, 1, "agent-1", "내일 메웁니다."),
        new ComplaintEscalated(
            INQUIRY,
            LATER,
            2,
            "roads",
            "도로과",
            "suggestion",
            Priority.HIGH,
            NOON,
            "법 19②",
            WHY,
            "agent-1",
            1,
            "포트홀",
            "집 앞",
            PLACE,
            CONTACT),
        new ComplaintAcknowledged(INQUIRY, LATER, 2, "roads", "gyeongju-roads"),
        new ComplaintReturned(INQUIRY, LATER, 2, "roads", "gyeongju-roads", "국도입니다."),
        new RecallRequested(INQUIRY, LATER, 2, "agent-1", "공원과 일입니다."),
        new ComplaintRecalled(INQUIRY, LATER, 2, "roads", "agent-1", "공원과 일입니다."),
        new ComplaintReminded(INQUIRY, LATER, 2, Reminder.CHASER, 3, "roads", NOON),
        new DepartmentTold(
            INQUIRY, LATER, 2, Way.EMAIL, 1, Telling.GIVEN_UP, "roads", 8, "mail server away"),
        new InquiryReopened(INQUIRY, LATER, 2, "아직 그대로입니다.", "agent-1", null),
        new InquiryRepeated(INQUIRY, LATER, 2),
        new SatisfactionRated(INQUIRY, LATER, 2, 4, "agent-1"),
        new HistoryRecorded(
            PAST,
            NOON,
            0,
            "5f2c",
            "subject",
            "text",
            PLACE,
            true,
            new PastEscalation(NOON, "BOS", "Bureau of Sanitation"),
            LATER,
            new PastResolution(LATER, How.DONE, By.DEPARTMENT, null, "done")),
        new AgentStateChanged("gyeongju", "agent-1", LATER, AgentState.ON_CALL, NOON),
        new AccessRecorded(
            "routing-service",
            0,
            "mfvq3k2a",
            2,
            "c2VhbA",
            LATER,
            "gyeongju-agent-1",
            "agent",
            "10.0.0.7",
            AccessKind.CASE,
            "gyeongju",
            "roads",
            List.of("gyeongju-c-0af1", "gyeongju-c-0af2"),
            true,
            "bmV4dA"),
        new AccountRecorded(
            "routing-service",
            0,
            "mfvq3k2a",
            3,
            "c2VhbA",
            LATER,
            "unknown",
            "unknown",
            "10.0.0.7",
            AccountKind.LOG_IN_REFUSED,
            "gyeongju",
            "gyeongju-agent-1",
            12,
            "the disk was lost",
            "bmV4dA"));
  }
}
