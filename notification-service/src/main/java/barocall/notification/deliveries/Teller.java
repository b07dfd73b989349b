package barocall.notification.deliveries;

import barocall.city.City;
import barocall.contract.Event.InquiryEvent;
import barocall.notification.cases.CaseFile;
import reactor.core.publisher.Mono;

/** Knows who has to be told of a fact. May be asked about the same fact again. */
@FunctionalInterface
public interface Teller {
  /** Completes when what has to be told is kept, not when it has arrived. */
  Mono<Void> tell(InquiryEvent fact, CaseFile file, City city);
}
