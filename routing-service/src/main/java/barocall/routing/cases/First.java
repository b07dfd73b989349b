package barocall.routing.cases;

import barocall.contract.By;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.RecallRequested;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who took a case from the desk, or took from the desk's reach what it wished back, and what they
 * did.
 *
 * @param by the agent's id or user name; {@code rule} when no person did it
 * @param name as people read it; null when no person did it, or it is not known here
 * @param did {@code resolve} or {@code escalate}; of a department {@code acknowledge}, {@code
 *     return} or {@code resolve}; {@code recall} where another agent wished it back first, {@code
 *     correct} where another put the answer right meanwhile
 * @param to the department that got it, or did it
 */
public record First(String by, @Nullable String name, String did, @Nullable String to, Instant at) {
  /** Empty while it waits at the desk. */
  public static Optional<First> of(Case known) {
    return known.last().flatMap(First::of);
  }

  /** What the department did with the escalation of that step; empty while it did nothing. */
  static Optional<First> ofDepartment(Case known, int step) {
    return known
        .departmentsEnd(step)
        .map(end -> ofDepartment(end.who(), "resolve", end.department(), end.at()))
        .or(
            () ->
                known
                    .returned(step)
                    .map(it -> ofDepartment(it.officer(), "return", it.department(), it.at())))
        .or(
            () ->
                known
                    .acknowledged(step)
                    .map(
                        it -> ofDepartment(it.officer(), "acknowledge", it.department(), it.at())));
  }

  private static First ofDepartment(
      @Nullable String officer, String did, @Nullable String department, Instant at) {
    return new First(officer == null ? "rule" : officer, null, did, department, at);
  }

  /** The wish of somebody to have an escalation back. */
  static First ofRecall(RecallRequested wish) {
    return new First(wish.agent(), null, "recall", null, wish.at());
  }

  static First ofCorrection(AnswerCorrected said) {
    return new First(said.agent(), null, "correct", null, said.at());
  }

  private static Optional<First> of(Entry last) {
    InquiryEvent event = last.event();
    String name = last.deed() == null ? null : last.deed().name();
    if (event instanceof ComplaintEscalated escalated) {
      String by = escalated.agent() == null ? "rule" : escalated.agent();
      return Optional.of(new First(by, name, "escalate", escalated.department(), event.at()));
    }
    if (event instanceof InquiryResolved resolved) {
      String by = resolved.by() == By.RULE || resolved.who() == null ? "rule" : resolved.who();
      return Optional.of(new First(by, name, "resolve", null, event.at()));
    }
    return Optional.empty();
  }
}
