package barocall.intake.receipts;

import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.AccessKind;
import barocall.intake.inquiries.Answers;
import barocall.intake.inquiries.Refusals;
import barocall.intake.words.Reading;
import barocall.kit.audit.Audit;
import barocall.kit.security.Visitor;
import barocall.kit.web.Page;
import barocall.kit.web.PageController;
import barocall.kit.web.Pages;
import barocall.kit.web.ProblemException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** The citizen looks how far it is, asks again, and says how content they are. */
@PageController
class ReceiptPages {
  private static final int LONGEST_NUMBER = 40;

  private final ReceiptDesk desk;
  private final Cities cities;
  private final Pages pages;
  private final Audit audit;

  ReceiptPages(ReceiptDesk desk, Cities cities, Pages pages, Audit audit) {
    this.desk = desk;
    this.cities = cities;
    this.pages = pages;
    this.audit = audit;
  }

  @GetMapping("/receipts")
  Rendering lookUp(@RequestParam(required = false) @Nullable String number) {
    return lookUp(number == null ? "" : number, null, HttpStatus.OK);
  }

  @PostMapping("/receipts")
  Mono<Rendering> find(ServerWebExchange exchange) {
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              String number = value(form, "number");
              return desk.open(
                      number, ReceiptsController.proof(exchange, null, value(form, "last4")))
                  .map(receipt -> toPage(receipt, ""))
                  .onErrorResume(
                      ReceiptRefusedException.class,
                      refused -> {
                        ProblemException problem = ReceiptRefusalFilter.problem(refused);
                        return Mono.just(lookUp(number, problem.detail(), problem.status()));
                      });
            });
  }

  @GetMapping("/receipts/{receiptNumber}")
  Mono<Rendering> show(
      @PathVariable String receiptNumber,
      @RequestParam(required = false) @Nullable String token,
      @RequestParam(defaultValue = "") String sent,
      @RequestParam(defaultValue = "") String masked,
      ServerWebExchange exchange,
      Locale locale) {
    if (token == null && Visitor.of(exchange).isEmpty()) {
      return Mono.just(
          Rendering.redirectTo(
                  UriComponentsBuilder.fromPath("/receipts")
                      .queryParam("number", "{number}")
                      .build(receiptNumber)
                      .toString())
              .build());
    }
    return desk.open(receiptNumber, ReceiptsController.proof(exchange, token, null))
        .delayUntil(receipt -> ReceiptsController.saw(audit, exchange, receipt))
        .flatMap(
            receipt -> {
              City city = Refusals.city(cities, receipt.inquiry().city());
              return page(exchange, city)
                  .map(
                      page ->
                          Rendering.view("receipt")
                              .modelAttribute(Pages.PAGE, page)
                              .modelAttribute("receipt", ReceiptView.of(receipt, city, locale))
                              .modelAttribute("token", desk.token(receipt))
                              .modelAttribute("sent", !sent.isEmpty())
                              .modelAttribute("masked", !masked.isEmpty())
                              .build());
            });
  }

  @PostMapping("/receipts/{receiptNumber}/reopen")
  Mono<Rendering> reopen(
      @PathVariable String receiptNumber,
      @RequestParam(required = false) @Nullable String token,
      ServerWebExchange exchange) {
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              Reading reading = new Reading();
              String reason = reading.text("reason", value(form, "reason"));
              reading.check();
              return desk.open(receiptNumber, ReceiptsController.proof(exchange, token, null))
                  .flatMap(
                      receipt ->
                          desk.reopen(receipt, reason)
                              .then(did(exchange, AccessKind.REOPEN, receipt))
                              .thenReturn(toPage(receipt, "#status")));
            });
  }

  @PostMapping("/receipts/{receiptNumber}/rating")
  Mono<Rendering> rate(
      @PathVariable String receiptNumber,
      @RequestParam(required = false) @Nullable String token,
      ServerWebExchange exchange) {
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              String score = value(form, "score");
              if (!score.matches("[1-5]")) {
                return Mono.error(ProblemException.badField("score", "intake.field.between|1|5"));
              }
              return desk.open(receiptNumber, ReceiptsController.proof(exchange, token, null))
                  .flatMap(
                      receipt ->
                          desk.rate(receipt, Integer.parseInt(score))
                              .then(did(exchange, AccessKind.RATE, receipt))
                              .thenReturn(toPage(receipt, "#after")));
            });
  }

  private Mono<Void> did(ServerWebExchange exchange, AccessKind what, Receipt receipt) {
    return ReceiptsController.did(audit, exchange, what, receipt.inquiry());
  }

  private Rendering toPage(Receipt receipt, String place) {
    String number = receipt.inquiry().receiptNumber();
    return Rendering.redirectTo(
            "/receipts/"
                + (number == null ? "" : Answers.grouped(number))
                + "?token="
                + desk.token(receipt)
                + place)
        .status(HttpStatus.SEE_OTHER)
        .build();
  }

  private static Rendering lookUp(String number, @Nullable String problem, HttpStatus status) {
    return Rendering.view("receipts")
        .modelAttribute("number", number.substring(0, Math.min(number.length(), LONGEST_NUMBER)))
        .modelAttribute("problem", problem == null ? "" : problem)
        .status(status)
        .build();
  }

  /** The page as one of the inquiry's city, which its address does not name. */
  private Mono<Page> page(ServerWebExchange exchange, City city) {
    exchange
        .getAttributes()
        .put(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("city", city.id()));
    return pages.of(exchange);
  }

  private static String value(MultiValueMap<String, String> form, String name) {
    String value = form.getFirst(name);
    return value == null ? "" : value;
  }
}
