package barocall.notification.deliveries;

import barocall.access.ReceiptNumbers;
import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.AccessKind;
import barocall.kit.audit.Audit;
import barocall.kit.web.ProblemException;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** For the administrator: messages that are under way or were given up, and sending them again. */
@RestController
@RequestMapping("/api/v1/cities/{city}/deliveries")
class DeliveryDoors {
  private final Cities cities;
  private final MongoDeliveries store;
  private final Dispatcher dispatcher;
  private final Audit audit;

  DeliveryDoors(Cities cities, MongoDeliveries store, Dispatcher dispatcher, Audit audit) {
    this.cities = cities;
    this.store = store;
    this.dispatcher = dispatcher;
    this.audit = audit;
  }

  /**
   * A delivery as it is shown.
   *
   * @param recipient {@code department} or {@code citizen}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Shown(
      String id,
      String inquiryId,
      @Nullable String receiptNumber,
      int step,
      String occasion,
      String means,
      String recipient,
      @Nullable String department,
      @Nullable String departmentName,
      String state,
      int attempts,
      int sending,
      OffsetDateTime createdAt,
      @Nullable OffsetDateTime nextAt,
      @Nullable String lastError,
      @Nullable OffsetDateTime settledAt) {

    static Shown of(Delivery delivery, City city) {
      String number = delivery.receiptNumber();
      String department = delivery.department();
      return new Shown(
          delivery.id(),
          delivery.inquiryId(),
          number == null ? null : ReceiptNumbers.parse(number).orElse(number),
          delivery.step(),
          delivery.occasion(),
          delivery.means().wireName(),
          department == null ? "citizen" : "department",
          department,
          department == null
              ? null
              : city.department(department)
                  .map(it -> it.name().in(city.language()))
                  .orElse(department),
          delivery.state().wireName(),
          delivery.attempts(),
          delivery.sending(),
          delivery.createdAt().atZone(city.timeZone()).toOffsetDateTime(),
          local(delivery.nextAt(), city),
          delivery.lastError(),
          local(delivery.settledAt(), city));
    }

    private static @Nullable OffsetDateTime local(@Nullable Instant at, City city) {
      return at == null ? null : at.atZone(city.timeZone()).toOffsetDateTime();
    }
  }

  @Operation(summary = "Messages that were given up, or are still being tried")
  @GetMapping
  Mono<List<Shown>> list(
      @PathVariable String city, @RequestParam(defaultValue = "given-up") String state) {
    City of = city(city);
    Flux<Delivery> found =
        switch (state) {
          case "given-up" -> store.givenUp(city);
          case "pending" ->
              store
                  .waiting()
                  .filter(due -> due.id().startsWith(city + "~"))
                  .concatMap(due -> store.find(due.id()))
                  .filter(delivery -> delivery.state() == Delivery.State.PENDING);
          default -> throw ProblemException.badField("state", "kit.field.one-of|given-up, pending");
        };
    return found.map(delivery -> Shown.of(delivery, of)).collectList();
  }

  @Operation(summary = "Sends one message again")
  @PostMapping("/{id}/send-again")
  Mono<Shown> again(
      @PathVariable String city, @PathVariable String id, ServerWebExchange exchange) {
    City of = city(city);
    return dispatcher
        .again(city, id)
        .map(delivery -> Shown.of(delivery, of))
        .delayUntil(sent -> did(exchange, city, List.of(sent.inquiryId())))
        .switchIfEmpty(Mono.error(ProblemException::notFound));
  }

  /** How many were sent again. */
  record SentAgain(int sentAgain) {}

  @Operation(summary = "Sends all messages again that were given up")
  @PostMapping("/send-again")
  Mono<SentAgain> allAgain(@PathVariable String city, ServerWebExchange exchange) {
    return store
        .givenUpIds(city(city).id())
        .flatMapIterable(ids -> ids)
        .concatMap(id -> dispatcher.again(city, id))
        .map(Delivery::inquiryId)
        .collectList()
        .delayUntil(sent -> sent.isEmpty() ? Mono.empty() : did(exchange, city, sent))
        .map(sent -> new SentAgain(sent.size()));
  }

  private Mono<Void> did(ServerWebExchange exchange, String city, List<String> inquiryIds) {
    return audit.did(exchange, AccessKind.SEND_AGAIN, city, null, inquiryIds);
  }

  private City city(String id) {
    return cities.city(id).orElseThrow(ProblemException::notFound);
  }
}
