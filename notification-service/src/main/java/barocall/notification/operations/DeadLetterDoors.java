package barocall.notification.operations;

import barocall.city.Cities;
import barocall.contract.AccessKind;
import barocall.kit.audit.Audit;
import barocall.kit.security.Visitor;
import barocall.kit.web.ProblemException;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * For the administrator: records that a service could not read or refused, and sending them again.
 * What a record says is not shown here. One whose city cannot be told is shown to those who see all
 * cities.
 */
@RestController
@RequestMapping("/api/v1/cities/{city}/dead-letters")
class DeadLetterDoors {
  private final Cities cities;
  private final PutAside putAside;
  private final Audit audit;

  DeadLetterDoors(Cities cities, PutAside putAside, Audit audit) {
    this.cities = cities;
    this.putAside = putAside;
    this.audit = audit;
  }

  /**
   * A dead letter as it is shown.
   *
   * @param id topic-partition@offset of the record
   * @param service which put it aside
   * @param at when, ISO 8601, UTC
   * @param city absent where it cannot be told
   * @param leftOut whether the record is longer than a letter can be: then it stands in its topic
   *     only and cannot be sent again
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Shown(
      String id,
      String topic,
      String service,
      String at,
      String reason,
      @Nullable String city,
      @Nullable String inquiryId,
      boolean leftOut) {}

  /** How many records were sent again. */
  record SentAgain(long sentAgain) {}

  @Operation(summary = "Records that could not be read or were refused, and were not sent again")
  @GetMapping
  Mono<List<Shown>> list(
      @PathVariable String city,
      @Parameter(hidden = true) @AuthenticationPrincipal Visitor visitor) {
    return putAside
        .waiting()
        .map(
            all ->
                all.stream()
                    .filter(seenBy(known(city), visitor))
                    .map(
                        it ->
                            new Shown(
                                it.id(),
                                it.topic(),
                                it.service(),
                                it.at(),
                                it.reason(),
                                it.city(),
                                it.inquiryId(),
                                it.leftOut()))
                    .toList());
  }

  @Operation(summary = "Sends one record again, to all services that had put it aside")
  @PostMapping("/{id}/send-again")
  Mono<SentAgain> again(
      @PathVariable String city,
      @PathVariable String id,
      @Parameter(hidden = true) @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    return putAside
        .sendAgain(seenBy(known(city), visitor).and(it -> it.id().equals(id)))
        .filter(sent -> sent > 0)
        .delayUntil(sent -> did(exchange, city))
        .map(SentAgain::new)
        .switchIfEmpty(Mono.error(ProblemException::notFound));
  }

  @Operation(summary = "Sends all these records again")
  @PostMapping("/send-again")
  Mono<SentAgain> allAgain(
      @PathVariable String city,
      @Parameter(hidden = true) @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    return putAside
        .sendAgain(seenBy(known(city), visitor))
        .delayUntil(sent -> sent == 0 ? Mono.empty() : did(exchange, city))
        .map(SentAgain::new);
  }

  /** Nobody understands them, so nobody knows whose they are. */
  private Mono<Void> did(ServerWebExchange exchange, String city) {
    return audit.did(exchange, AccessKind.SEND_AGAIN, city, null, List.of());
  }

  private static Predicate<PutAside.Aside> seenBy(String city, Visitor visitor) {
    return it -> it.city() == null ? visitor.isAdminOfAll() : city.equals(it.city());
  }

  private String known(String city) {
    return cities.city(city).orElseThrow(ProblemException::notFound).id();
  }
}
