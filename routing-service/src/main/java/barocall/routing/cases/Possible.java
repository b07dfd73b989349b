package barocall.routing.cases;

import barocall.contract.By;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import java.util.ArrayList;
import java.util.List;

/**
 * What an agent can do with a case that does not wait at the desk: {@code recall} it from a
 * department that has not taken it; {@code recalling} where that is asked for already; {@code
 * correct} what an agent answered; for a caller {@code reopen}, {@code rate} or {@code withdraw}
 * it.
 */
public final class Possible {
  private Possible() {}

  /** Empty where nothing can be done. */
  public static List<String> of(Case known) {
    List<String> possible = new ArrayList<>();
    InquiryEvent standing = known.last().map(Entry::event).orElse(null);
    if (standing instanceof ComplaintEscalated escalated
        && First.ofDepartment(known, escalated.step()).isEmpty()) {
      possible.add(known.recallRequested(escalated.step()).isEmpty() ? "recall" : "recalling");
    }
    if (standing instanceof InquiryResolved end
        && end.by() == By.AGENT
        && end.how() != How.CANCELLED
        && known.answer(end) != null) {
      possible.add("correct");
    }
    known
        .end()
        .ifPresent(
            end -> {
              if (known.reopened(end.step()).isEmpty()) {
                possible.add("reopen");
              }
              if (known.rated(end.step()).isEmpty()) {
                possible.add("rate");
              }
            });
    if (standing instanceof ComplaintEscalated && known.end().isEmpty()) {
      possible.add("withdraw");
    }
    return List.copyOf(possible);
  }
}
