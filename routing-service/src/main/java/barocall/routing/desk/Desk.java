package barocall.routing.desk;

import barocall.access.CredentialsFile;
import barocall.access.IdentityNumbers;
import barocall.access.Person;
import barocall.access.Vault;
import barocall.access.Words;
import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.Channel;
import barocall.contract.Direction;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.RecallRequested;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.kit.events.EventPublisher;
import barocall.kit.security.Visitor;
import barocall.kit.web.ProblemException;
import barocall.kit.web.ProblemException.FieldError;
import barocall.routing.cases.Acts;
import barocall.routing.cases.Case;
import barocall.routing.cases.Cases;
import barocall.routing.cases.Cases.Result;
import barocall.routing.cases.DeskItem;
import barocall.routing.cases.First;
import barocall.routing.cases.MongoCases;
import barocall.routing.cases.MongoCases.AgentDay;
import barocall.routing.cases.Place;
import barocall.routing.cases.Possible;
import barocall.routing.precedents.Precedents;
import barocall.routing.search.Search;
import barocall.routing.search.Wanted;
import barocall.routing.triage.Reason;
import barocall.routing.triage.Triage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What agents see and do. */
final class Desk {
  private static final Set<How> BY_HAND =
      EnumSet.of(How.ANSWERED, How.DONE, How.CONNECTED, How.CANCELLED, How.REFERRED);
  private static final Comparator<DeskItem> ORDER =
      Comparator.comparing(DeskItem::urgent)
          .reversed()
          .thenComparing(DeskItem::waitingSince)
          .thenComparing(DeskItem::inquiryId);

  /** An inquiry that intake has accepted may take a moment to get here. */
  private static final Duration A_MOMENT = Duration.ofMillis(200);

  private static final int MOMENTS = 12;

  /** What a department's side says to a recall is there within some ten milliseconds. */
  private static final Duration A_GLANCE = Duration.ofMillis(50);

  private static final int ASKED = 60;
  private static final int PAST = 10;

  /** A few more than are shown, for those that are left out. */
  private static final int PAST_READ = 20;

  private static final int LONGEST_KEY = 200;

  private final Cases cases;
  private final MongoCases store;
  private final EventPublisher publisher;
  private final Precedents precedents;
  private final Search search;
  private final Cities cities;
  private final CredentialsFile credentials;
  private final Vault vault;
  private final Clock clock;
  private final RandomGenerator random;

  Desk(
      Cases cases,
      MongoCases store,
      EventPublisher publisher,
      Precedents precedents,
      Search search,
      Cities cities,
      CredentialsFile credentials,
      Vault vault,
      Clock clock,
      RandomGenerator random) {
    this.cases = cases;
    this.store = store;
    this.publisher = publisher;
    this.precedents = precedents;
    this.search = search;
    this.cities = cities;
    this.credentials = credentials;
    this.vault = vault;
    this.clock = clock;
    this.random = random;
  }

  City city(String id) {
    return cities.city(id).orElseThrow(ProblemException::notFound);
  }

  /** All that waits: danger to life first, then what waits longest. */
  Mono<List<Row>> list(City city, Locale locale) {
    return store
        .desk(city.id())
        .collectSortedList(ORDER)
        .map(items -> items.stream().map(item -> Row.of(item, city, locale)).toList());
  }

  /** What an agent did today, by the city's day. */
  Mono<AgentDay> day(City city, Visitor visitor) {
    return store.day(city.id(), actor(visitor).who(), city.localDate(clock.instant()));
  }

  /** One inquiry whole. */
  Mono<Whole> whole(City city, String inquiryId, Locale locale) {
    return soon(city, inquiryId, Mono.defer(() -> cases.find(city.id(), inquiryId)))
        .flatMap(
            known ->
                Mono.zip(past(city, known, locale), samePlace(city, known, locale))
                    .map(others -> whole(city, known, others.getT1(), others.getT2(), locale)));
  }

  /** What may help with one inquiry: past answers and departments, with why. */
  Mono<Suggested> suggested(City city, String inquiryId, Locale locale) {
    return soon(city, inquiryId, Mono.defer(() -> cases.find(city.id(), inquiryId)))
        .flatMap(
            known ->
                precedents
                    .like(known)
                    .map(past -> Suggested.of(past, reasons(city, known), city, locale)));
  }

  /** Any case, open or closed. */
  Mono<FoundCases> search(City city, Bodies.Search body, Locale locale) {
    String typed = body.q() == null ? "" : Words.line(body.q());
    if (Words.isTooLong(typed, Wanted.LONGEST)) {
      throw ProblemException.tooLong(
          List.of(new FieldError("q", "kit.field.too-long|" + Wanted.LONGEST)));
    }
    Wanted wanted =
        Wanted.of(typed, city.id())
            .orElseThrow(() -> ProblemException.badField("q", "desk.field.search"));
    return search.find(city.id(), wanted).map(hits -> FoundCases.of(hits, city, locale));
  }

  private static List<Reason> reasons(City city, Case known) {
    Event.Inquiry inquiry = known.inquiry();
    return new Triage(city)
        .reasons(inquiry.channel(), inquiry.category(), known.words(), cameWhileOpen(known));
  }

  private static boolean cameWhileOpen(Case known) {
    return known.received().map(call -> !call.outOfHours()).orElse(true);
  }

  private Mono<List<Whole.Past>> past(City city, Case known, Locale locale) {
    Event.Contact contact = known.contact();
    if (contact == null || contact.telephoneHash() == null) {
      return Mono.just(List.of());
    }
    return others(store.ofCaller(city.id(), contact.telephoneHash()), known)
        .take(PAST)
        .map(other -> Whole.Past.of(other, city, locale))
        .collectList();
  }

  private Mono<List<Whole.Past>> samePlace(City city, Case known, Locale locale) {
    Optional<String> place = placeOf(city, known);
    return place
        .map(it -> others(store.ofPlace(city.id(), it, PAST_READ), known))
        .orElseGet(Flux::empty)
        // One that was noted here before its place was put right, or whose words were erased.
        .filter(other -> placeOf(city, other).equals(place))
        .take(PAST)
        .map(other -> Whole.Past.of(other, city, locale))
        .collectList();
  }

  private static Optional<String> placeOf(City city, Case known) {
    Event.Place place = known.place();
    return Place.key(city, place == null ? null : place.address());
  }

  private Flux<Case> others(Flux<String> ids, Case known) {
    return ids.filter(id -> !id.equals(known.inquiryId()))
        .distinct()
        .flatMapSequential(store::find, PAST_READ);
  }

  private Whole whole(
      City city, Case known, List<Whole.Past> past, List<Whole.Past> samePlace, Locale locale) {
    Event.Inquiry inquiry = known.inquiry();
    return new Whole(
        known.inquiryId(),
        Row.grouped(inquiry.receiptNumber()),
        Row.local(inquiry.receivedAt(), city),
        inquiry.channel().wireName(),
        inquiry.category(),
        Row.categoryName(inquiry.category(), city, locale),
        known.subject(),
        known.text(),
        known.place(),
        Whole.opened(known.contact(), vault.contactSeal(city.id())),
        known.state(),
        known.last().map(it -> it.event().step()).orElse(0),
        DeskItem.of(known).map(item -> Row.of(item, city, locale)).orElse(null),
        First.of(known).orElse(null),
        Possible.of(known),
        Whole.Answered.of(known).orElse(null),
        new Triage(city)
            .preparedAnswer(
                inquiry.channel(), inquiry.category(), known.words(), cameWhileOpen(known))
            .orElse(null),
        Whole.history(known, city, locale),
        past,
        samePlace);
  }

  /** What a desk answers to who opened an inquiry by hand. */
  record Opened(String inquiryId, String receiptNumber) {}

  /** Opens an inquiry by hand; the same key never makes a second one. */
  Mono<Opened> open(City city, Visitor visitor, @Nullable String key, Bodies.Open body) {
    Given given = new Given();
    Channel channel = given.oneOf("channel", body.channel(), Channel.class, any -> true);
    if (body.channel() == null || body.channel().isBlank()) {
      given.wrong("channel", "kit.field.missing");
    }
    String text = given.text("text", body.text());
    // A call may be opened while it is being listened to, and described later.
    if (text == null && channel != null && channel != Channel.TELEPHONE) {
      given.missing("text");
    }
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      given.wrong("Idempotency-Key", "kit.field.too-long|" + LONGEST_KEY);
    }
    IdentityNumbers.Pair words = IdentityNumbers.mask(given.line("subject", body.subject()), text);
    String category = given.category("category", body.category(), city);
    Event.Place place = given.place(body.place());
    Event.Contact contact = given.contact(body.contact(), city.id(), vault);
    given.check();
    Instant now = clock.instant();
    String id = key == null ? DeskIds.timed(city.id(), now, random) : DeskIds.keyed(city.id(), key);
    CallReceived received =
        new CallReceived(
            new Event.Inquiry(
                id, receiptNumber(id), city.id(), Objects.requireNonNull(channel), category, now),
            now,
            0,
            Door.DESK,
            channel == Channel.TELEPHONE ? Direction.IN : null,
            null,
            actor(visitor).who(),
            !city.isOpen(now),
            words.first(),
            words.second(),
            place,
            contact,
            null);
    Mono<Optional<CallReceived>> known =
        key == null
            ? Mono.just(Optional.empty())
            : cases.find(city.id(), id).map(Case::received).defaultIfEmpty(Optional.empty());
    return known.flatMap(
        first -> {
          Opened opened = new Opened(id, receiptNumber(id));
          if (first.isEmpty()) {
            return publisher.send(received).thenReturn(opened);
          }
          return saysTheSame(first.get(), received)
              ? Mono.just(opened)
              : Mono.error(
                  ProblemException.of(HttpStatus.UNPROCESSABLE_CONTENT, "desk.problem.key-reused"));
        });
  }

  private static boolean saysTheSame(CallReceived first, CallReceived again) {
    return first.inquiry().channel() == again.inquiry().channel()
        && Objects.equals(first.inquiry().category(), again.inquiry().category())
        && Objects.equals(first.subject(), again.subject())
        && Objects.equals(first.text(), again.text())
        && Objects.equals(first.place(), again.place())
        && Objects.equals(hash(first), hash(again));
  }

  private static @Nullable String hash(CallReceived call) {
    return call.contact() == null ? null : call.contact().telephoneHash();
  }

  private String receiptNumber(String inquiryId) {
    return vault.receiptNumbers().of(inquiryId).replace("-", "");
  }

  Mono<Result> describe(City city, Visitor visitor, String inquiryId, Bodies.Describe body) {
    Given given = new Given();
    IdentityNumbers.Pair words =
        IdentityNumbers.mask(
            given.line("subject", body.subject()), given.text("text", body.text()));
    String subject = words.first();
    String text = words.second();
    String category = given.category("category", body.category(), city);
    Event.Place place = given.place(body.place());
    Event.Contact contact = given.contact(body.contact(), city.id(), vault);
    if (given.isFineSoFar()
        && subject == null
        && text == null
        && category == null
        && place == null
        && body.contact() == null) {
      given.wrong("text", "kit.field.missing");
    }
    given.check();
    String digest =
        DeskIds.digest(
            String.join(
                "\n",
                String.valueOf(subject),
                String.valueOf(text),
                String.valueOf(category),
                String.valueOf(place),
                contact == null ? "" : String.valueOf(contact.telephoneHash()),
                reach(city, body.contact())));
    return done(
        city,
        inquiryId,
        Acts.describe(
            actor(visitor), digest, new Acts.Words(category, subject, text, place, contact)));
  }

  /** Names and addresses are few enough to be tried one by one, so theirs is a keyed hash. */
  private String reach(City city, Given.@Nullable Contact contact) {
    return contact == null || (contact.name() == null && contact.email() == null)
        ? ""
        : vault.telephoneHash(city.id()).ofReach(contact.name(), contact.email());
  }

  Mono<Result> resolve(City city, Visitor visitor, String inquiryId, Bodies.Resolve body) {
    Given given = new Given();
    String answer = given.text("answer", body.answer());
    How named = given.oneOf("how", body.how(), How.class, BY_HAND::contains);
    given.check();
    How how = named == null ? How.ANSWERED : named;
    String digest = DeskIds.digest(how.wireName() + "\n" + answer);
    return done(city, inquiryId, Acts.resolve(actor(visitor), digest, how, answer));
  }

  Mono<Result> escalate(City city, Visitor visitor, String inquiryId, Bodies.Escalate body) {
    Given given = new Given();
    String department =
        given.id("department", body.department(), id -> city.department(id).isPresent());
    if (body.department() == null || body.department().isBlank()) {
      given.wrong("department", "kit.field.missing");
    }
    String reason = given.text("reason", body.reason());
    String kind =
        given.id("petitionKind", body.petitionKind(), id -> city.petitionKind(id).isPresent());
    Priority priority = given.oneOf("priority", body.priority(), Priority.class, any -> true);
    given.check();
    String digest = DeskIds.digest(department + "\n" + reason + "\n" + kind + "\n" + priority);
    return done(
        city,
        inquiryId,
        Acts.escalate(
            actor(visitor), digest, Objects.requireNonNull(department), kind, priority, reason));
  }

  /**
   * Wishes an escalation back, and waits a moment for what becomes of the wish: a result whose case
   * is still with the department says that it is not known yet.
   */
  Mono<Result> recall(City city, Visitor visitor, String inquiryId, Bodies.Recall body) {
    Given given = new Given();
    String reason = given.text("reason", body.reason());
    given.check();
    return done(city, inquiryId, Acts.recall(actor(visitor), reason))
        .flatMap(
            asked -> {
              RecallRequested wish = (RecallRequested) Acts.said(asked.outcome());
              Mono<Result> answered =
                  cases
                      .find(city.id(), inquiryId)
                      .map(known -> new Result(Acts.recallOf(known, wish), known));
              return answered
                  .filter(result -> !(result.outcome() instanceof Acts.Asked))
                  .repeatWhenEmpty(tries -> tries.take(ASKED).delayElements(A_GLANCE))
                  .switchIfEmpty(answered)
                  .map(result -> refused(city, result))
                  .map(
                      result ->
                          new Result(
                              result.outcome() instanceof Acts.Asked
                                  ? result.outcome()
                                  : asked.outcome(),
                              result.known()));
            });
  }

  Mono<Result> correct(City city, Visitor visitor, String inquiryId, Bodies.Correct body) {
    Given given = new Given();
    String answer = given.text("answer", body.answer());
    if (answer == null) {
      given.missing("answer");
    }
    given.check();
    String right = Objects.requireNonNull(answer);
    return done(
        city, inquiryId, Acts.correct(actor(visitor), DeskIds.digest(right), right, body.seen()));
  }

  Mono<Result> reopen(City city, Visitor visitor, String inquiryId, Bodies.Reopen body) {
    Given given = new Given();
    String reason = given.text("reason", body.reason());
    given.check();
    return done(
        city,
        inquiryId,
        Acts.reopen(actor(visitor), DeskIds.digest(String.valueOf(reason)), reason));
  }

  Mono<Result> rate(City city, Visitor visitor, String inquiryId, Bodies.Rate body) {
    Integer score = body.score();
    if (score == null || score < 1 || score > 5) {
      throw ProblemException.badField("score", "desk.field.score");
    }
    return done(city, inquiryId, Acts.rate(actor(visitor), score));
  }

  Mono<Result> withdraw(City city, Visitor visitor, String inquiryId) {
    return done(city, inquiryId, Acts.withdraw(actor(visitor)));
  }

  private Mono<Result> done(City city, String inquiryId, Acts.Act act) {
    return soon(
            city,
            inquiryId,
            Mono.defer(() -> cases.act(city.id(), inquiryId, act))
                .filter(result -> !(result.outcome() instanceof Acts.Unknown)))
        .map(result -> refused(city, result));
  }

  /** The result, if it is none that has to be said as a problem. */
  private Result refused(City city, Result result) {
    if (result.outcome() instanceof Acts.TooLate late) {
      throw taken(city, late.first());
    }
    if (result.outcome() instanceof Acts.NotSo not) {
      throw ProblemException.of(HttpStatus.CONFLICT, "desk.problem." + not.why());
    }
    if (result.outcome() instanceof Acts.Unanswered) {
      throw ProblemException.badField("answer", "desk.field.answer");
    }
    return result;
  }

  /** Waits a moment for an inquiry that may be on its way; then 404. */
  private static <T> Mono<T> soon(City city, String inquiryId, Mono<T> asked) {
    boolean plausible =
        inquiryId.startsWith(city.id() + "-") && !inquiryId.startsWith(city.id() + "-h-");
    Mono<T> answer =
        plausible
            ? asked.repeatWhenEmpty(tries -> tries.take(MOMENTS).delayElements(A_MOMENT))
            : Mono.empty();
    return answer.switchIfEmpty(Mono.error(ProblemException::notFound));
  }

  private ProblemException taken(City city, First first) {
    String name = first.name() != null ? first.name() : nameOf(city, first.by());
    String to = first.to() == null ? "" : Row.Office.of(city, first.to(), city.language()).name();
    boolean byRule = first.by().equals("rule");
    boolean byDepartment = first.to() != null && !first.did().equals("escalate");
    String kind =
        byDepartment
            ? "department-" + first.did()
            : byRule ? first.did() + "-by-rule" : first.did();
    ProblemException problem =
        ProblemException.of(HttpStatus.CONFLICT, "desk.problem.taken-" + kind, name, to)
            .saying("firstBy", first.by())
            .saying("firstByName", name)
            .saying("firstDid", first.did())
            .saying("firstAt", first.at().atZone(city.timeZone()).toOffsetDateTime().toString());
    return first.to() == null ? problem : problem.saying("firstTo", first.to());
  }

  /** An agent by the id in the city file, or whoever logs in by that name. */
  private String nameOf(City city, String who) {
    return city.agent(who)
        .map(agent -> agent.name())
        .or(() -> credentials.current().person(who).map(Person::name))
        .orElse(who);
  }

  private static Acts.Actor actor(Visitor visitor) {
    return new Acts.Actor(visitor.user(), visitor.name(), visitor.agent());
  }
}
