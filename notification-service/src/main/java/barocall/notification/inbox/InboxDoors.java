package barocall.notification.inbox;

import barocall.access.CredentialsFile;
import barocall.access.IdentityNumbers;
import barocall.access.Person;
import barocall.access.Words;
import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.AccessKind;
import barocall.contract.WireName;
import barocall.kit.audit.Audit;
import barocall.kit.security.Visitor;
import barocall.kit.web.LiveList;
import barocall.kit.web.LiveStreams;
import barocall.kit.web.ProblemException;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Cases;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A department's inbox for programs and for the page's own scripts. */
@RestController
@RequestMapping("/api/v1/cities/{city}/departments/{department}/inbox")
class InboxDoors {
  private final Cities cities;
  private final InboxLists lists;
  private final Cases cases;
  private final CaseViews views;
  private final Inbox inbox;
  private final CredentialsFile credentials;
  private final Clock clock;
  private final LiveList<InboxItem> live;
  private final Audit audit;

  InboxDoors(
      Cities cities,
      InboxLists lists,
      Cases cases,
      CaseViews views,
      Inbox inbox,
      InboxLive changes,
      LiveStreams streams,
      CredentialsFile credentials,
      Clock clock,
      Audit audit) {
    this.cities = cities;
    this.lists = lists;
    this.cases = cases;
    this.views = views;
    this.inbox = inbox;
    this.credentials = credentials;
    this.clock = clock;
    this.audit = audit;
    this.live =
        streams.list(
            key -> {
              int slash = key.indexOf('/');
              return lists.open(key.substring(0, slash), key.substring(slash + 1));
            },
            InboxItem::inquiryId);
    changes.listen((city, department) -> live.nudge(city + "/" + department));
  }

  @Operation(summary = "The department's complaints, the earliest due first")
  @GetMapping
  Mono<List<InboxItem>> list(
      @PathVariable String city,
      @PathVariable String department,
      @RequestParam(required = false) @Nullable String state,
      ServerWebExchange exchange) {
    City of = city(city, department);
    InboxFilter filter = filter(state);
    Instant now = clock.instant();
    Mono<List<InboxItem>> all =
        filter.isOfDone() ? lists.done(city, department) : lists.open(city, department);
    return all.map(items -> items.stream().filter(it -> filter.fits(it, now, of)).toList())
        .delayUntil(
            items ->
                audit.sawList(
                    exchange, city, department, items.stream().map(InboxItem::inquiryId).toList()));
  }

  @Operation(summary = "The open complaints as server-sent events")
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<String>> events(
      @PathVariable String city,
      @PathVariable String department,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
      @RequestParam(name = "lastEventId", required = false) @Nullable String lastByQuery,
      ServerWebExchange exchange) {
    city(city, department);
    return live.of(
        city + "/" + department,
        last == null ? lastByQuery : last,
        ids -> audit.sawList(exchange, city, department, ids));
  }

  @Operation(summary = "One case with all that the department may know of it")
  @GetMapping("/{inquiryId}")
  Mono<CaseView> one(
      @PathVariable String city,
      @PathVariable String department,
      @PathVariable String inquiryId,
      ServerWebExchange exchange) {
    City of = city(city, department);
    return cases
        .file(inquiryId)
        .map(file -> view(file, department, of))
        .delayUntil(
            view ->
                audit.saw(
                    exchange,
                    AccessKind.CASE,
                    city,
                    department,
                    List.of(inquiryId),
                    view.contact() != null));
  }

  @Operation(summary = "The department takes the complaint")
  @PostMapping("/{inquiryId}/acknowledge")
  Mono<CaseView> acknowledge(
      @PathVariable String city,
      @PathVariable String department,
      @PathVariable String inquiryId,
      @Parameter(hidden = true) @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    return act(city, department, inquiryId, new Action.Acknowledge(), visitor, exchange);
  }

  /** What an officer answers. */
  record Answer(@Nullable String answer) {
    @Override
    public String toString() {
      return "Answer[…]";
    }
  }

  @Operation(summary = "The department answers the complaint")
  @PostMapping("/{inquiryId}/resolve")
  Mono<CaseView> resolve(
      @PathVariable String city,
      @PathVariable String department,
      @PathVariable String inquiryId,
      @RequestBody Answer body,
      @Parameter(hidden = true) @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    var action = new Action.Resolve(words("answer", body.answer()));
    return act(city, department, inquiryId, action, visitor, exchange);
  }

  /** Why an officer sends a complaint back. */
  record Reason(@Nullable String reason) {
    @Override
    public String toString() {
      return "Reason[…]";
    }
  }

  @Operation(summary = "The department sends the complaint back")
  @PostMapping("/{inquiryId}/return")
  Mono<CaseView> sendBack(
      @PathVariable String city,
      @PathVariable String department,
      @PathVariable String inquiryId,
      @RequestBody Reason body,
      @Parameter(hidden = true) @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    var action = new Action.Return(words("reason", body.reason()));
    return act(city, department, inquiryId, action, visitor, exchange);
  }

  private Mono<CaseView> act(
      String city,
      String department,
      String inquiryId,
      Action action,
      Visitor visitor,
      ServerWebExchange exchange) {
    City of = city(city, department);
    return inbox
        .act(of, department, inquiryId, action, visitor.user())
        .map(
            outcome -> {
              if (outcome.verdict() instanceof Verdict.Unknown) {
                throw ProblemException.notFound();
              }
              if (outcome.verdict() instanceof Verdict.TooLate late) {
                throw tooLate(late, of);
              }
              return view(outcome.file(), department, of);
            })
        .delayUntil(
            any -> audit.did(exchange, action.kind(), city, department, List.of(inquiryId)));
  }

  private CaseView view(CaseFile file, String department, City city) {
    return file.standing(department)
        .filter(standing -> standing.escalation().cityId().equals(city.id()))
        .map(standing -> views.of(file, standing, city))
        .orElseThrow(ProblemException::notFound);
  }

  private ProblemException tooLate(Verdict.TooLate late, City city) {
    String by = late.by() == null ? "rule" : late.by();
    return ProblemException.of(
            HttpStatus.CONFLICT,
            "inbox.problem." + late.did() + ".conflict",
            late.by() == null ? "" : nameOf(late.by(), city))
        .saying("firstBy", by)
        .saying("firstByName", late.by() == null ? by : nameOf(late.by(), city))
        .saying("firstDid", late.did())
        .saying("firstAt", late.at().atZone(city.timeZone()).toOffsetDateTime().toString());
  }

  /** An officer by user name, or an agent by the id in the city file. */
  private String nameOf(String who, City city) {
    return credentials
        .current()
        .person(who)
        .map(Person::name)
        .or(() -> city.agent(who).map(agent -> agent.name()))
        .orElse(who);
  }

  /** The city, if it has that department; as the page, no door has an inbox of nobody. */
  private City city(String id, String department) {
    return cities
        .city(id)
        .filter(city -> city.department(department).isPresent())
        .orElseThrow(ProblemException::notFound);
  }

  private static InboxFilter filter(@Nullable String state) {
    if (state == null || state.isBlank()) {
      return InboxFilter.OPEN;
    }
    return WireName.find(InboxFilter.class, state)
        .orElseThrow(
            () ->
                ProblemException.badField(
                    "state",
                    "kit.field.one-of|"
                        + Arrays.stream(InboxFilter.values())
                            .map(InboxFilter::wireName)
                            .collect(Collectors.joining(", "))));
  }

  private static String words(String field, @Nullable String given) {
    String clean = given == null ? "" : Words.lines(given);
    if (clean.isEmpty()) {
      throw ProblemException.badField(field, "kit.field.missing");
    }
    if (Words.isTooLong(clean, Words.TEXT)) {
      throw ProblemException.tooLong(
          List.of(new ProblemException.FieldError(field, "kit.field.too-long|" + Words.TEXT)));
    }
    return IdentityNumbers.mask(clean).text();
  }
}
