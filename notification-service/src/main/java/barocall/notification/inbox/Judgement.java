package barocall.notification.inbox;

import barocall.contract.By;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Decision;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges officers' actions. Knows no clock, no broker, no store. */
final class Judgement {
  private Judgement() {}

  /**
   * What becomes of an action of that officer on that department's latest escalation.
   *
   * @param departmentName as the events shall say it
   */
  static Verdict of(
      CaseFile file,
      String department,
      String departmentName,
      Action action,
      String officer,
      Instant now) {
    Optional<Standing> found = file.standing(department);
    if (found.isEmpty()) {
      return new Verdict.Unknown();
    }
    Standing standing = found.get();
    if (isRepeat(standing, action, officer)) {
      return new Verdict.Again();
    }
    Optional<Verdict> first = first(standing, action);
    return first.orElseGet(
        () -> new Verdict.Done(events(standing, departmentName, action, officer, now)));
  }

  private static boolean isRepeat(Standing standing, Action action, String officer) {
    if (action instanceof Action.Acknowledge) {
      ComplaintAcknowledged earlier = standing.acknowledged();
      return earlier != null && officer.equals(earlier.officer());
    }
    if (action instanceof Action.Resolve resolve) {
      InquiryResolved earlier = standing.resolved();
      return earlier != null
          && officer.equals(earlier.who())
          && resolve.answer().equals(earlier.answer());
    }
    ComplaintReturned earlier = standing.returned();
    return earlier != null
        && officer.equals(earlier.officer())
        && action instanceof Action.Return back
        && back.reason().equals(earlier.reason());
  }

  private static Optional<Verdict> first(Standing standing, Action action) {
    InquiryResolved resolved = standing.resolved();
    if (resolved != null) {
      return Optional.of(new Verdict.TooLate(resolved.who(), "resolve", resolved.at()));
    }
    ComplaintReturned returned = standing.returned();
    if (returned != null) {
      return Optional.of(new Verdict.TooLate(returned.officer(), "return", returned.at()));
    }
    ComplaintRecalled recalled = standing.recalled();
    if (recalled != null) {
      return Optional.of(new Verdict.TooLate(recalled.agent(), "recall", recalled.at()));
    }
    Decision moved = standing.movedOn();
    if (moved != null) {
      return Optional.of(movedOn(moved));
    }
    ComplaintAcknowledged acknowledged = standing.acknowledged();
    return acknowledged != null && action instanceof Action.Acknowledge
        ? Optional.of(new Verdict.TooLate(acknowledged.officer(), "acknowledge", acknowledged.at()))
        : Optional.empty();
  }

  private static Verdict movedOn(Decision moved) {
    if (moved instanceof ComplaintEscalated elsewhere) {
      return new Verdict.TooLate(elsewhere.agent(), "escalate", moved.at());
    }
    if (moved instanceof InquiryAssigned assigned) {
      return new Verdict.TooLate(assigned.agent(), "assign", moved.at());
    }
    InquiryResolved ended = (InquiryResolved) moved;
    String did = ended.how() == How.CANCELLED ? "withdraw" : "resolve";
    return new Verdict.TooLate(ended.who(), did, moved.at());
  }

  private static List<InquiryEvent> events(
      Standing standing, String departmentName, Action action, String officer, Instant now) {
    ComplaintEscalated escalation = standing.escalation();
    List<InquiryEvent> events = new ArrayList<>();
    if (action instanceof Action.Return back) {
      events.add(
          new ComplaintReturned(
              escalation.inquiry(),
              now,
              escalation.step(),
              escalation.department(),
              officer,
              back.reason()));
      return events;
    }
    if (standing.acknowledged() == null) {
      events.add(
          new ComplaintAcknowledged(
              escalation.inquiry(), now, escalation.step(), escalation.department(), officer));
    }
    if (action instanceof Action.Resolve resolve) {
      events.add(
          new InquiryResolved(
              escalation.inquiry(),
              now,
              escalation.step(),
              How.ANSWERED,
              By.DEPARTMENT,
              officer,
              null,
              escalation.department(),
              departmentName,
              false,
              resolve.answer()));
    }
    return events;
  }
}
