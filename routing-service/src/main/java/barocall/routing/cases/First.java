package barocall.routing.cases;

import barocall.contract.By;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who took a case from the desk, and what they did.
 *
 * @param by the agent's id or user name; {@code rule} when no person did it
 * @param name as people read it; null when no person did it
 * @param did {@code resolve} or {@code escalate}
 * @param to the department that got it
 */
public record First(String by, @Nullable String name, String did, @Nullable String to, Instant at) {
  /** Empty while it waits at the desk. */
  public static Optional<First> of(Case known) {
    return known.last().flatMap(First::of);
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
