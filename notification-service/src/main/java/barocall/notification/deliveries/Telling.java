package barocall.notification.deliveries;

import barocall.city.City;
import barocall.contract.Event.InquiryEvent;
import barocall.notification.cases.CaseFile;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets everyone be told who has to know of a fact. Every message that this service ever sends
 * because of an event begins here, so that a rebuild can leave it out.
 */
@Component
public class Telling {
  private final List<Teller> tellers;

  Telling(List<Teller> tellers) {
    this.tellers = tellers;
  }

  /** Completes when what has to be told is kept. */
  public Mono<Void> of(InquiryEvent fact, CaseFile file, City city) {
    return Flux.fromIterable(tellers).concatMap(teller -> teller.tell(fact, file, city)).then();
  }
}
