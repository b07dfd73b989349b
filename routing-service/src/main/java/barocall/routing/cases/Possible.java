package barocall.routing.cases;

import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What an agent can do with a case that does not wait at the desk: {@code recall} it from a
 * department that has not taken it; {@code recalling} where that is asked for already.
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
    return List.copyOf(possible);
  }
}
