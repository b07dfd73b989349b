package barocall.intake.receipts;

import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.WhyKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The story of one inquiry: every fact that tests tell of it. */
final class Facts {
  static final Instant NOON = Instant.parse("2025-11-24T03:00:00Z");

  private final Event.Inquiry inquiry;

  Facts(String inquiryId, String receiptNumber) {
    inquiry =
        new Event.Inquiry(inquiryId, receiptNumber, "gyeongju", Channel.WEB, "road-damage", NOON);
  }

  static Facts story() {
    return new Facts("gyeongju-c-1", "261104829137");
  }

  static Instant at(int minutes) {
    return NOON.plusSeconds(60L * minutes);
  }

  Event.CallReceived received() {
    return received(null);
  }

  Event.CallReceived received(Event.@Nullable Contact contact) {
    return new Event.CallReceived(
        inquiry, NOON, 0, Door.INQUIRIES, null, null, null, false, "제목", "내용", null, contact, null);
  }

  Event.InquiryAssigned atDesk(int step) {
    return new Event.InquiryAssigned(
        inquiry,
        at(step),
        step,
        new Event.Why(WhyKind.RULE, "r", "왜"),
        null,
        false,
        List.of(),
        List.of());
  }

  Event.ComplaintEscalated escalated(int step, String department, String name) {
    return new Event.ComplaintEscalated(
        inquiry,
        at(step),
        step,
        department,
        name,
        "grievance",
        Priority.NORMAL,
        at(10_000 + step),
        "민원처리법 시행령 제17조",
        new Event.Why(WhyKind.RULE, "r", "왜"),
        null,
        0,
        "제목",
        "내용",
        null,
        null);
  }

  Event.ComplaintAcknowledged acknowledged(int step, String department) {
    return new Event.ComplaintAcknowledged(inquiry, at(step), step, department, "officer");
  }

  Event.ComplaintReturned returned(int step, String department) {
    return new Event.ComplaintReturned(inquiry, at(step), step, department, "officer", "우리 일이 아님");
  }

  Event.InquiryResolved resolvedByDepartment(int step, String department, String name) {
    return new Event.InquiryResolved(
        inquiry,
        at(step + 1),
        step,
        How.ANSWERED,
        By.DEPARTMENT,
        "officer",
        null,
        department,
        name,
        false,
        "보수했습니다");
  }

  Event.InquiryResolved resolvedByAgent(int step, How how) {
    return new Event.InquiryResolved(
        inquiry, at(step), step, how, By.AGENT, "agent-1", null, null, null, true, "안내했습니다");
  }

  Event.AnswerCorrected corrected(int step, int revision, String answer) {
    return new Event.AnswerCorrected(
        inquiry, at(step + 1 + revision), step, revision, "agent-2", answer);
  }

  Event.InquiryReopened reopened(int step) {
    return new Event.InquiryReopened(inquiry, at(step + 2), step, "아직입니다");
  }

  Event.SatisfactionRated rated(int step, int score) {
    return new Event.SatisfactionRated(inquiry, at(step + 2), step, score);
  }
}
