package barocall.routing.desk;

import barocall.access.Vault;
import barocall.city.City;
import barocall.contract.AccessKind;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.kit.audit.Audit;
import barocall.kit.security.Visitor;
import barocall.kit.web.LiveList;
import barocall.kit.web.ServiceUrls;
import barocall.routing.cases.Acts;
import barocall.routing.cases.Cases.Result;
import barocall.routing.cases.MongoCases.AgentDay;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The desk for programs and for its own page. Who may come in stands in the configuration. */
@RestController
@RequestMapping("/api/v1/cities/{city}/desk")
class DeskDoors {
  private final Desk desk;
  private final LiveList<Row> live;
  private final AnsweredCalls calls;
  private final ServiceUrls urls;
  private final Vault vault;
  private final Audit audit;

  DeskDoors(
      Desk desk,
      LiveList<Row> live,
      AnsweredCalls calls,
      ServiceUrls urls,
      Vault vault,
      Audit audit) {
    this.desk = desk;
    this.live = live;
    this.calls = calls;
    this.urls = urls;
    this.vault = vault;
    this.audit = audit;
  }

  /** What an inquiry opened by hand is answered with. */
  record Opened(String inquiryId, String receiptNumber, String statusUrl) {}

  /** What came of an action. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Done(
      String inquiryId,
      @Nullable String receiptNumber,
      String state,
      int step,
      OffsetDateTime at,
      @Nullable String how,
      @Nullable String department,
      @Nullable String departmentName,
      @Nullable OffsetDateTime dueAt,
      @Nullable String dueClause) {}

  @GetMapping
  @Operation(summary = "What waits at the desk: danger to life first, then what waits longest")
  Mono<List<Row>> list(@PathVariable String city, Locale locale, ServerWebExchange exchange) {
    return desk.list(desk.city(city), locale)
        .delayUntil(
            rows ->
                audit.sawList(exchange, city, null, rows.stream().map(Row::inquiryId).toList()));
  }

  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      summary = "The list of the desk as it changes; Last-Event-ID catches up",
      description =
          "An event `call` says at once that a call rings at an agent or was answered:"
              + " {city, inquiryId, agent, call}; the list follows within a second.")
  Flux<ServerSentEvent<String>> events(
      @PathVariable String city,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      @RequestParam(name = "lastEventId", required = false) @Nullable String resumeFrom,
      Locale locale,
      ServerWebExchange exchange) {
    String key = desk.city(city).id() + "/" + locale.getLanguage();
    return live.of(
        key,
        lastEventId == null ? resumeFrom : lastEventId,
        ids -> audit.sawList(exchange, city, null, ids),
        "call",
        calls.of(city));
  }

  @GetMapping("/day")
  @Operation(summary = "What the agent who asks did today")
  Mono<AgentDay> day(@PathVariable String city, @AuthenticationPrincipal Visitor visitor) {
    return desk.day(desk.city(city), visitor);
  }

  @GetMapping("/{inquiryId}")
  @Operation(summary = "One inquiry whole, with contact and what else came from the same telephone")
  Mono<Whole> whole(
      @PathVariable String city,
      @PathVariable String inquiryId,
      Locale locale,
      ServerWebExchange exchange) {
    return desk.whole(desk.city(city), inquiryId, locale)
        .delayUntil(
            whole ->
                audit
                    .saw(
                        exchange,
                        AccessKind.CASE,
                        city,
                        null,
                        List.of(inquiryId),
                        whole.contact() != null)
                    // Of the others no contact is shown.
                    .then(audit.sawList(exchange, city, null, whole.others())));
  }

  @GetMapping("/{inquiryId}/suggestions")
  @Operation(summary = "What agents answered to similar words, and who may be in charge and why")
  Mono<Suggested> suggestions(
      @PathVariable String city,
      @PathVariable String inquiryId,
      Locale locale,
      ServerWebExchange exchange) {
    return desk.suggested(desk.city(city), inquiryId, locale)
        .delayUntil(
            suggested ->
                audit.sawList(
                    exchange,
                    city,
                    null,
                    suggested.answers().stream().map(Suggested.Answer::inquiryId).toList()));
  }

  /** What is looked for names citizens, and an address would stand in the logs of others. */
  @PostMapping("/search")
  @Operation(
      summary = "Any case, open or closed, by number, whole telephone number or name, or words",
      description =
          "What waits at the desk comes first, then what is surest, then the newest; twenty at most."
              + " Takes a receipt number with or without hyphens, an inquiryId, a telephone number"
              + " however it is written, a whole name, or words that must all stand in subject,"
              + " text, place or answer. Less than two letters or digits are answered 400.")
  Mono<FoundCases> search(
      @PathVariable String city,
      @RequestBody Bodies.Search body,
      Locale locale,
      ServerWebExchange exchange) {
    return desk.search(desk.city(city), body, locale)
        .delayUntil(
            found ->
                audit.sawList(
                    exchange,
                    city,
                    null,
                    found.cases().stream().map(FoundCases.One::inquiryId).toList()));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Opens an inquiry by hand")
  Mono<Opened> open(
      @PathVariable String city,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestBody Bodies.Open body,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    return desk.open(desk.city(city), visitor, key, body)
        .delayUntil(it -> did(exchange, AccessKind.OPEN, city, it.inquiryId()))
        .map(
            opened -> {
              String number = String.valueOf(Row.grouped(opened.receiptNumber()));
              String token = vault.receiptNumbers().token(opened.inquiryId());
              return new Opened(
                  opened.inquiryId(),
                  number,
                  urls.intake() + "/receipts/" + number + "?token=" + token);
            });
  }

  @PostMapping("/{inquiryId}/describe")
  @Operation(summary = "Writes down what a citizen says, during the call or after it")
  Mono<Done> describe(
      @PathVariable String city,
      @PathVariable String inquiryId,
      @RequestBody Bodies.Describe body,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    City where = desk.city(city);
    return acted(
        exchange,
        AccessKind.DESCRIBE,
        where,
        inquiryId,
        desk.describe(where, visitor, inquiryId, body));
  }

  @PostMapping("/{inquiryId}/resolve")
  @Operation(summary = "Ends an inquiry at first contact; 409 when somebody else was first")
  Mono<Done> resolve(
      @PathVariable String city,
      @PathVariable String inquiryId,
      @RequestBody Bodies.Resolve body,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    City where = desk.city(city);
    return acted(
        exchange,
        AccessKind.RESOLVE,
        where,
        inquiryId,
        desk.resolve(where, visitor, inquiryId, body));
  }

  @PostMapping("/{inquiryId}/escalate")
  @Operation(summary = "Hands an inquiry to a department; 409 when somebody else was first")
  Mono<Done> escalate(
      @PathVariable String city,
      @PathVariable String inquiryId,
      @RequestBody Bodies.Escalate body,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    City where = desk.city(city);
    return acted(
        exchange,
        AccessKind.ESCALATE,
        where,
        inquiryId,
        desk.escalate(where, visitor, inquiryId, body));
  }

  @PostMapping("/{inquiryId}/recall")
  @Operation(
      summary = "Takes an escalation back that the department has not acknowledged",
      description =
          "409 when the department was first, saying who and what; 202 with the state unchanged"
              + " when what becomes of the wish is not known within three seconds: it is stored, and"
              + " the inquiry comes back as soon as it is granted.")
  Mono<ResponseEntity<Done>> recall(
      @PathVariable String city,
      @PathVariable String inquiryId,
      @RequestBody Bodies.Recall body,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    City where = desk.city(city);
    return desk.recall(where, visitor, inquiryId, body)
        .map(
            it ->
                ResponseEntity.status(
                        it.outcome() instanceof Acts.Asked ? HttpStatus.ACCEPTED : HttpStatus.OK)
                    .body(done(where, it)))
        .delayUntil(any -> did(exchange, AccessKind.RETURN, city, inquiryId));
  }

  @PostMapping("/{inquiryId}/correct")
  @Operation(
      summary = "Puts right what an agent answered; both versions are kept",
      description =
          "`seen` is how many corrections were read; 409 when somebody made another meanwhile, or"
              + " when it did not end with an answer of an agent.")
  Mono<Done> correct(
      @PathVariable String city,
      @PathVariable String inquiryId,
      @RequestBody Bodies.Correct body,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    City where = desk.city(city);
    return acted(
        exchange,
        AccessKind.RESOLVE,
        where,
        inquiryId,
        desk.correct(where, visitor, inquiryId, body));
  }

  @PostMapping("/{inquiryId}/reopen")
  @Operation(summary = "Asks again for a caller; 409 unless it has ended")
  Mono<Done> reopen(
      @PathVariable String city,
      @PathVariable String inquiryId,
      @RequestBody Bodies.Reopen body,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    City where = desk.city(city);
    return acted(
        exchange,
        AccessKind.REOPEN,
        where,
        inquiryId,
        desk.reopen(where, visitor, inquiryId, body));
  }

  @PostMapping("/{inquiryId}/rate")
  @Operation(
      summary = "Rates the answer for a caller, 1 to 5; 409 when it is rated or has not ended")
  Mono<Done> rate(
      @PathVariable String city,
      @PathVariable String inquiryId,
      @RequestBody Bodies.Rate body,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    City where = desk.city(city);
    return acted(
        exchange, AccessKind.RATE, where, inquiryId, desk.rate(where, visitor, inquiryId, body));
  }

  @PostMapping("/{inquiryId}/withdraw")
  @Operation(summary = "Ends an open inquiry as the caller wishes; 409 when it had ended")
  Mono<Done> withdraw(
      @PathVariable String city,
      @PathVariable String inquiryId,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    City where = desk.city(city);
    return acted(
        exchange, AccessKind.RESOLVE, where, inquiryId, desk.withdraw(where, visitor, inquiryId));
  }

  /** What came of an act, once it is on record who did it. */
  private Mono<Done> acted(
      ServerWebExchange exchange,
      AccessKind what,
      City city,
      String inquiryId,
      Mono<Result> result) {
    return result
        .map(it -> done(city, it))
        .delayUntil(any -> did(exchange, what, city.id(), inquiryId));
  }

  private Mono<Void> did(
      ServerWebExchange exchange, AccessKind what, String city, String inquiryId) {
    return audit.did(exchange, what, city, null, List.of(inquiryId));
  }

  private static Done done(City city, Result result) {
    InquiryEvent said = Acts.said(result.outcome());
    ComplaintEscalated escalated = said instanceof ComplaintEscalated it ? it : null;
    return new Done(
        said.about(),
        Row.grouped(said.inquiry().receiptNumber()),
        result.known().state(),
        said.step(),
        said.at().atZone(city.timeZone()).toOffsetDateTime(),
        said instanceof InquiryResolved resolved ? resolved.how().wireName() : null,
        escalated == null ? null : escalated.department(),
        escalated == null ? null : escalated.departmentName(),
        escalated == null ? null : Row.local(escalated.dueAt(), city),
        escalated == null ? null : escalated.dueClause());
  }
}
