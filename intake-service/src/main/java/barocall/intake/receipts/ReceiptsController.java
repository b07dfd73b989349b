package barocall.intake.receipts;

import barocall.city.Cities;
import barocall.contract.AccessKind;
import barocall.contract.Event;
import barocall.intake.inquiries.Answers;
import barocall.intake.inquiries.Refusals;
import barocall.intake.words.Reading;
import barocall.kit.audit.Audit;
import barocall.kit.security.Visitor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How far an inquiry is, for programs and for the citizen's page. */
@RestController
@RequestMapping("/api/v1/receipts/{receiptNumber}")
class ReceiptsController {
  private static final int BEST = 5;

  private final ReceiptDesk desk;
  private final Cities cities;
  private final Audit audit;

  ReceiptsController(ReceiptDesk desk, Cities cities, Audit audit) {
    this.desk = desk;
    this.cities = cities;
    this.audit = audit;
  }

  /** Why the citizen asks again. */
  record Reopen(@Nullable String reason) {
    @Override
    public String toString() {
      return "Reopen[…]";
    }
  }

  /** Since when it is open again. */
  record Reopened(String receiptNumber, OffsetDateTime reopenedAt) {}

  /** How content the citizen is: 1 to 5. */
  record Rating(@Nullable Integer score) {}

  /** What the citizen gave. */
  record Rated(String receiptNumber, int score, OffsetDateTime ratedAt) {}

  @Operation(summary = "How far an inquiry is")
  @GetMapping
  Mono<ReceiptAnswer> show(
      @PathVariable String receiptNumber,
      @RequestParam(required = false) @Nullable String token,
      @RequestParam(required = false) @Nullable String last4,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    return desk.open(receiptNumber, proof(exchange, token, last4))
        .delayUntil(receipt -> saw(audit, exchange, receipt))
        .map(receipt -> ReceiptAnswer.of(receipt, Refusals.city(cities, receipt.inquiry().city())));
  }

  @Operation(summary = "The citizen says that it is not settled")
  @PostMapping("/reopen")
  Mono<Reopened> reopen(
      @PathVariable String receiptNumber,
      @RequestParam(required = false) @Nullable String token,
      @RequestParam(required = false) @Nullable String last4,
      @RequestBody Reopen body,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    Reading reading = new Reading();
    String reason = reading.text("reason", body.reason());
    reading.check();
    return desk.open(receiptNumber, proof(exchange, token, last4))
        .flatMap(receipt -> desk.reopen(receipt, reason))
        .delayUntil(it -> did(audit, exchange, AccessKind.REOPEN, it.inquiry()))
        .map(it -> new Reopened(grouped(it.inquiry()), local(it.inquiry(), it.at())));
  }

  @Operation(summary = "The citizen rates the answer, 1 to 5")
  @PostMapping("/rating")
  Mono<Rated> rate(
      @PathVariable String receiptNumber,
      @RequestParam(required = false) @Nullable String token,
      @RequestParam(required = false) @Nullable String last4,
      @RequestBody Rating body,
      @Parameter(hidden = true) ServerWebExchange exchange) {
    Integer score = body.score();
    Reading reading = new Reading();
    if (score == null) {
      reading.wrong("score", "kit.field.missing");
    } else if (score < 1 || score > BEST) {
      reading.wrong("score", "intake.field.between|1|" + BEST);
    }
    reading.check();
    return desk.open(receiptNumber, proof(exchange, token, last4))
        .flatMap(receipt -> desk.rate(receipt, score == null ? 0 : score))
        .delayUntil(it -> did(audit, exchange, AccessKind.RATE, it.inquiry()))
        .map(it -> new Rated(grouped(it.inquiry()), it.score(), local(it.inquiry(), it.at())));
  }

  static Proof proof(ServerWebExchange exchange, @Nullable String token, @Nullable String last4) {
    return new Proof(Visitor.of(exchange).orElse(null), token, last4, Visitor.addressOf(exchange));
  }

  /** Of the staff that looks; the citizen is nobody's business. */
  static Mono<Void> saw(Audit audit, ServerWebExchange exchange, Receipt receipt) {
    Event.Inquiry inquiry = receipt.inquiry();
    return audit.saw(
        exchange, AccessKind.RECEIPT, inquiry.city(), null, List.of(inquiry.inquiryId()), false);
  }

  static Mono<Void> did(
      Audit audit, ServerWebExchange exchange, AccessKind what, Event.Inquiry inquiry) {
    return audit.did(exchange, what, inquiry.city(), null, List.of(inquiry.inquiryId()));
  }

  private OffsetDateTime local(Event.Inquiry inquiry, java.time.Instant at) {
    return ReceiptAnswer.local(at, Refusals.city(cities, inquiry.city()));
  }

  private static String grouped(Event.Inquiry inquiry) {
    return inquiry.receiptNumber() == null ? "" : Answers.grouped(inquiry.receiptNumber());
  }
}
