package barocall.notification.deliveries;

import barocall.city.City;
import barocall.contract.Event.InquiryEvent;
import barocall.notification.cases.CaseFile;
import java.util.List;

/**
 * Knows which messages a fact calls for. It sends none, so that a rebuild can ask which have been
 * sent.
 */
@FunctionalInterface
public interface Occasions {
  /** The messages, always with the same ids; among them may be those of earlier facts. */
  List<Delivery> of(InquiryEvent fact, CaseFile file, City city);
}
