package barocall.routing.search;

import barocall.routing.cases.Case;
import barocall.routing.cases.Clue;
import barocall.routing.cases.MongoCases.Change;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where cases lie, and what leads to them. */
interface Source {
  Mono<Case> find(String inquiryId);

  /** Which cases that clue leads to, the newest first. */
  Flux<String> byClue(String city, Clue clue, int atMost);

  /** The last inquiries of a telephone, the newest first. */
  Flux<String> ofCaller(String city, String telephoneHash);

  /** What was written then or later, the oldest first. */
  Flux<Change> changesSince(String city, Instant since, int atMost);

  Mono<Void> forgetChangesBefore(String city, Instant before);

  /** All cases of a city behind that id, in the order of their ids. */
  Flux<Case> casesAfter(String city, String id, int atMost);
}
