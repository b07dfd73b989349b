package barocall.routing.cases;

import barocall.contract.Event.InquiryEvent;

/** Is told what came and how the case then stood, once all that follows from it is stored. */
@FunctionalInterface
public interface Watching {
  /** Must neither fail nor wait. */
  void handled(InquiryEvent fact, Case known);
}
