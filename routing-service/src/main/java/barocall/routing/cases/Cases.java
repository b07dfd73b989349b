package barocall.routing.cases;

import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.By;
import barocall.contract.Event;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryRepeated;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import barocall.kit.events.EventPublisher;
import barocall.kit.events.RefusedEventException;
import barocall.kit.store.StoreAwayException;
import barocall.kit.tracing.Traces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings facts and deeds to their cases. One compare-and-set on the case takes the next step and
 * keeps the event in it; then the event is sent, then marked sent; then what is derived from the
 * case is written. Each part may be done again: a redelivered record, or the rounds over the marks
 * of what a person did, find the decision and finish it.
 */
public final class Cases {
  private static final Logger LOG = LoggerFactory.getLogger(Cases.class);
  private static final int TRIES = 100;

  /** How old a mark is before the rounds take it: whoever made it is at work until then. */
  private static final Duration IN_WORK = Duration.ofSeconds(3);

  /** How old a mark is before an attempt that never came is shut out. */
  private static final Duration GIVEN_UP = Duration.ofMinutes(1);

  private static final Noticing NOTHING_SAID = (caller, present) -> Mono.just(caller);

  private final CaseStore store;
  private final Function<InquiryEvent, Mono<Void>> send;
  private final NameHashes names;
  private final Clock clock;
  private final Map<String, Course> courses;

  public Cases(
      MongoCases store,
      EventPublisher publisher,
      Cities cities,
      NameHashes names,
      Clock clock,
      Duration grace) {
    this(store, publisher::send, cities, names, clock, grace);
  }

  Cases(
      CaseStore store,
      Function<InquiryEvent, Mono<Void>> send,
      Cities cities,
      NameHashes names,
      Clock clock,
      Duration grace) {
    this.store = store;
    this.send = send;
    this.names = names;
    this.clock = clock;
    this.courses =
        cities.all().stream()
            .collect(Collectors.toUnmodifiableMap(City::id, city -> new Course(city, grace)));
  }

  /** What came of a deed, with the case as it then was. */
  public record Result(Acts.Outcome outcome, Case known) {}

  /**
   * A fact has come, perhaps again. Completes when all that it calls for is stored and sent.
   *
   * @throws RefusedEventException when its city is unknown
   */
  public Mono<Void> on(Event event) {
    return on(event, (fact, known) -> {});
  }

  /** The same, with somebody who is told of it at once. */
  Mono<Void> on(Event event, Watching watching) {
    if (!(event instanceof InquiryEvent fact) || (isOurOwn(fact) && !Event.isErased(fact))) {
      return Mono.empty();
    }
    Course course = courses.get(fact.cityId());
    if (course == null) {
      return Mono.error(new RefusedEventException("no city file has the id that the event names"));
    }
    return forgetting(
            List.of(fact),
            change(
                fact.about(),
                fact.cityId(),
                known -> {
                  Instant now = clock.instant();
                  return course.advanced(known.with(fact, now), now);
                }))
        .flatMap(known -> settled(known, fact))
        .doOnNext(known -> watching.handled(fact, known))
        .then();
  }

  /**
   * The topics told all this of one inquiry, decisions of our own among it: it is taken note of and
   * the lists follow, but nothing is decided and nothing sent.
   */
  Mono<Void> recall(List<Entry> told) {
    InquiryEvent first = told.get(0).event();
    if (!courses.containsKey(first.cityId())) {
      return Mono.empty();
    }
    return forgetting(
            told.stream().map(Entry::event).toList(),
            change(first.about(), first.cityId(), known -> known.withAll(told)))
        .flatMap(known -> derived(known, known.clues(names), NOTHING_SAID))
        .thenMany(Flux.fromIterable(told))
        .map(Entry::event)
        .filter(Cases::isOurOwn)
        .concatMap(this::noted)
        .then();
  }

  /** What is decided and not sent yet, as another store has it: it will be sent from this one. */
  Mono<Void> takeOver(Case earlier) {
    List<Entry> unsent = earlier.entries().stream().filter(Entry::unsent).toList();
    return unsent.isEmpty()
        ? Mono.empty()
        : change(earlier.inquiryId(), earlier.city(), known -> known.withAll(unsent))
            .flatMap(known -> derived(known, known.clues(names), NOTHING_SAID))
            .flatMap(known -> store.mark(known.inquiryId(), known.version(), clock.instant()));
  }

  /** Decisions of ours come back to us by their topics; a department's end is a fact. */
  private static boolean isOurOwn(InquiryEvent event) {
    return event instanceof Event.Decision
        && !(event instanceof InquiryResolved resolved && resolved.by() == By.DEPARTMENT);
  }

  /**
   * Where facts of one inquiry come erased, its caller and its place are no longer found by what
   * they said. Before the case is changed, as afterwards nothing tells whose it was, or where; and
   * again after it, for whoever was storing an act meanwhile and noted it between.
   */
  private Mono<Case> forgetting(List<InquiryEvent> facts, Mono<Case> change) {
    if (facts.stream().noneMatch(Event::isErased)) {
      return change;
    }
    return store
        .find(facts.get(0).about())
        .map(
            known ->
                forgotten(known)
                    .then(change)
                    .flatMap(changed -> forgotten(known).thenReturn(changed)))
        .defaultIfEmpty(change)
        .flatMap(all -> all);
  }

  private Mono<Void> forgotten(Case known) {
    Set<Clue> personal =
        known.clues(names).stream()
            .filter(Clue::isPersonal)
            .collect(Collectors.toUnmodifiableSet());
    return Flux.fromIterable(known.telephoneHashes())
        .concatMap(
            hash ->
                store.changeCaller(
                    known.city(), hash, caller -> Mono.just(caller.without(known.inquiryId()))))
        .then(store.forgetClues(known, receivedAt(known), personal))
        .thenMany(Flux.fromIterable(places(known)))
        .concatMap(
            place -> store.forgetPlace(known.city(), place, receivedAt(known), known.inquiryId()))
        .then();
  }

  /** The case; empty when nothing is known of the inquiry, or another city has it. */
  public Mono<Case> find(String city, String inquiryId) {
    return store.find(inquiryId).filter(known -> known.city().equals(city));
  }

  /** Somebody at the desk acts. What is stored counts, even if the broker is away just then. */
  public Mono<Result> act(String city, String inquiryId, Acts.Act act) {
    return Mono.defer(
            () ->
                find(city, inquiryId)
                    .map(Optional::of)
                    .defaultIfEmpty(Optional.empty())
                    .flatMap(
                        known ->
                            known
                                .map(it -> acted(it, act))
                                .orElseGet(() -> Mono.just(unknown(city, inquiryId)))))
        .repeatWhenEmpty(TRIES, again -> again)
        .contextWrite(Traces.about(inquiryId));
  }

  private static Result unknown(String city, String inquiryId) {
    return new Result(new Acts.Unknown(), Case.none(inquiryId, city));
  }

  /** Empty if somebody else wrote the case meanwhile. */
  private Mono<Result> acted(Case known, Acts.Act act) {
    Instant now = clock.instant();
    Course course = course(known);
    Acts.Outcome outcome = act.on(known, course, now);
    if (!(outcome instanceof Acts.Done done)) {
      return Mono.just(new Result(outcome, known));
    }
    Case changed = course.advanced(done.changed(), now).next();
    return store
        .mark(changed.inquiryId(), changed.version(), now)
        .then(written(changed))
        .flatMap(
            written ->
                settled(written)
                    .then(store.unmark(written.inquiryId(), written.version()))
                    .onErrorResume(
                        away ->
                            Traces.logging(
                                () ->
                                    LOG.warn(
                                        "What was done to {} is stored and will be sent later: {}",
                                        written.inquiryId(),
                                        away.getClass().getSimpleName())))
                    .thenReturn(new Result(outcome, written)));
  }

  /**
   * Sends what persons did and what is still unsent: after a crash, or when the broker was away.
   */
  Mono<Void> finishUnsent() {
    Instant now = clock.instant();
    return store
        .marks()
        .filter(mark -> mark.at().isBefore(now.minus(IN_WORK)))
        .concatMap(
            mark ->
                finish(mark, now)
                    .onErrorResume(failure -> later("unsent", mark.inquiryId(), failure)))
        .then();
  }

  private Mono<Void> finish(CaseStore.Mark mark, Instant now) {
    return store
        .find(mark.inquiryId())
        .flatMap(
            known -> {
              if (known.version() >= mark.version()) {
                return finished(mark.inquiryId(), mark.version()).thenReturn(known);
              }
              // Whoever set the mark has not written the case. Writing it first shuts them out.
              return mark.at().isBefore(now.minus(GIVEN_UP))
                  ? written(known.next()).thenReturn(known)
                  : Mono.just(known);
            })
        .switchIfEmpty(Mono.defer(() -> forgotten(mark, now)))
        .then();
  }

  private Mono<Case> forgotten(CaseStore.Mark mark, Instant now) {
    return mark.at().isBefore(now.minus(GIVEN_UP))
        ? store.unmark(mark.inquiryId(), mark.version()).then(Mono.empty())
        : Mono.empty();
  }

  /** Takes the decisions whose time has come. */
  Mono<Void> wakeUp() {
    Instant now = clock.instant();
    return store
        .toWake(now)
        .concatMap(
            waking ->
                store
                    .find(waking.inquiryId())
                    .flatMap(
                        known ->
                            change(
                                known.inquiryId(),
                                known.city(),
                                it -> course(it).advanced(it, now)))
                    .flatMap(known -> settled(known, Set.of(), true))
                    .then(store.awake(waking))
                    .onErrorResume(failure -> later("waiting", waking.inquiryId(), failure)))
        .then();
  }

  /** One case that fails does not hold up those behind it; its mark stays for the next round. */
  private static Mono<Void> later(String what, String inquiryId, Throwable failure) {
    LOG.warn(
        "What is {} of {} will be tried again: {}",
        what,
        inquiryId,
        failure.getClass().getSimpleName());
    return Mono.empty();
  }

  /**
   * Settles what a mark stands for and forgets it.
   *
   * @param written the version that is certainly there; a store that does not show it yet, just
   *     after a failover, is asked again later
   */
  private Mono<Void> finished(String inquiryId, long written) {
    return store
        .find(inquiryId)
        .defaultIfEmpty(Case.none(inquiryId, ""))
        .filter(known -> known.version() > 0 || written > 0)
        .flatMap(
            known ->
                known.version() < written ? Mono.error(StoreAwayException::new) : settled(known))
        .then(store.unmark(inquiryId, written));
  }

  /** Completes when what is derived from the case is written, and all is sent and marked so. */
  private Mono<Case> settled(Case known) {
    return settled(known, known.clues(names), true);
  }

  /** Only a beginning, and what is erased, change by what it is found exactly. */
  private Mono<Case> settled(Case known, InquiryEvent fact) {
    boolean begins = fact instanceof CallReceived || Event.isErased(fact);
    // Whatever else comes says no words that it is found by, unless it calls for a decision.
    boolean changes = begins || fact instanceof InquiryResolved || !known.unsent().isEmpty();
    return settled(known, begins ? known.clues(names) : Set.of(), changes);
  }

  private Mono<Case> settled(Case known, Set<Clue> clues, boolean changes) {
    Mono<Void> noted = changes ? store.noteChange(known, clock.instant()) : Mono.empty();
    return Mono.zip(derived(known, clues, this::told), noted.thenReturn(known.version()))
        .flatMap(both -> sent(both.getT1()));
  }

  private Mono<Case> sent(Case known) {
    List<Entry> unsent = known.unsent();
    if (unsent.isEmpty()) {
      return Mono.just(known);
    }
    List<String> ids = unsent.stream().map(it -> it.event().id()).toList();
    return Flux.fromIterable(unsent)
        .concatMap(
            it ->
                send.apply(it.event())
                    .contextWrite(Traces.causedBy(it.trace()))
                    .then(noted(it.event())))
        .then(Mono.defer(() -> written(known.withSent(ids).next())))
        .switchIfEmpty(
            Mono.defer(() -> change(known.inquiryId(), known.city(), it -> it.withSent(ids))));
  }

  /**
   * What follows from it, and by what it is found from now on: again until nobody wrote the case
   * meanwhile, so that the newest picture stays. Where nothing follows from it, nothing newer can
   * be written over.
   */
  private Mono<Case> derived(Case known, Set<Clue> clues, Noticing noticing) {
    Mono<Void> found = store.noteClues(known, receivedAt(known), clues);
    if (!known.isOrWasAtDesk()
        && known.telephoneHashes().isEmpty()
        && known.addresses().isEmpty()
        && clues.stream().noneMatch(Clue::isPersonal)
        && Precedent.ends(known).isEmpty()
        && course(known).wakeAt(known).isEmpty()) {
      return found.thenReturn(known);
    }
    return Mono.when(
            shown(known),
            woken(known),
            calledBy(known, noticing),
            placed(known),
            learnt(known),
            found)
        .then(store.find(known.inquiryId()))
        // Just after a failover a store may not show yet what it has; we know that it has this.
        .defaultIfEmpty(known)
        .flatMap(again -> newest(known, again, noticing));
  }

  private Mono<Case> newest(Case known, Case again, Noticing noticing) {
    if (again.version() <= known.version()) {
      return Mono.just(known);
    }
    return again.isErasedInPart()
        ? forgotten(known).then(Mono.defer(() -> derived(again, again.clues(names), noticing)))
        : derived(again, Set.of(), noticing);
  }

  private Mono<Void> shown(Case known) {
    Optional<DeskItem> item = DeskItem.of(known);
    if (item.isPresent()) {
      return store.show(item.get());
    }
    return known.isOrWasAtDesk() ? store.hide(known.city(), known.inquiryId()) : Mono.empty();
  }

  private Mono<Void> woken(Case known) {
    return course(known)
        .wakeAt(known)
        .map(at -> store.wake(known.inquiryId(), at))
        .orElseGet(Mono::empty);
  }

  /** Where it came about; what it named before stays noted, and is left out by who reads it. */
  private Mono<Void> placed(Case known) {
    return Flux.fromIterable(places(known))
        .concatMap(
            place -> store.notePlace(known.city(), place, receivedAt(known), known.inquiryId()))
        .then();
  }

  private List<String> places(Case known) {
    City city = course(known).city();
    return known.addresses().stream()
        .flatMap(address -> Place.key(city, address).stream())
        .distinct()
        .toList();
  }

  private static Instant receivedAt(Case known) {
    Instant at = known.inquiry().receivedAt();
    return at == null ? known.entries().get(0).event().at() : at;
  }

  /** Whether others can learn from how it ended. */
  private Mono<Void> learnt(Case known) {
    Optional<Instant> standing = Precedent.of(known).map(Precedent::at);
    return Flux.fromIterable(Precedent.ends(known))
        .concatMap(
            end ->
                standing.filter(end::equals).isPresent()
                    ? store.notePrecedent(known.city(), end, known.inquiryId())
                    : store.forgetPrecedent(known.city(), end, known.inquiryId()))
        .then();
  }

  /** Of every telephone that it names: a person may call from one and leave another. */
  private Mono<Void> calledBy(Case known, Noticing noticing) {
    Set<String> telephones = known.telephoneHashes();
    if (telephones.isEmpty()) {
      return Mono.empty();
    }
    Visit visit = Visit.of(known);
    return Flux.fromIterable(telephones)
        .concatMap(
            hash ->
                store.changeCaller(
                    known.city(), hash, caller -> noticing.of(caller.with(visit), known)))
        .then();
  }

  /** What is done where a telephone's inquiries show that the person came back. */
  @FunctionalInterface
  private interface Noticing {
    Mono<Caller> of(Caller caller, Case present);
  }

  /**
   * It is said. Whichever of two inquiries is noted last finds the other, as both stand in one
   * document; what is not noted as said is found again with whatever next comes from there.
   */
  private Mono<Caller> told(Caller caller, Case present) {
    return Flux.fromIterable(caller.repeats())
        .concatMap(
            repeat ->
                (repeat.inquiryId().equals(present.inquiryId())
                        ? Mono.just(present)
                        : store.find(repeat.inquiryId()))
                    .flatMap(earlier -> told(earlier, repeat.at())))
        .reduce(caller, Caller::said);
  }

  /**
   * In the trace of the earlier inquiry, so that not even that ties the two together. Empty if
   * nothing was said, as the store does not show its end yet.
   */
  private Mono<String> told(Case earlier, Instant again) {
    return Mono.justOrEmpty(earlier.settledAtFirstContact())
        .flatMap(
            resolved ->
                send.apply(new InquiryRepeated(earlier.inquiry(), again, resolved.step()))
                    .contextWrite(
                        Traces.only(earlier.find(resolved.id()).map(Entry::trace).orElse(null)))
                    .thenReturn(earlier.inquiryId()));
  }

  private Mono<Void> noted(InquiryEvent event) {
    if (event instanceof InquiryResolved ended
        && ended.who() != null
        && ended.how() != How.UNDESCRIBED) {
      return noted(event, ended.who(), "answered");
    }
    if (event instanceof ComplaintEscalated escalated && escalated.agent() != null) {
      return noted(event, escalated.agent(), "escalated");
    }
    return Mono.empty();
  }

  private Mono<Void> noted(InquiryEvent event, String agent, String what) {
    City city = courses.get(event.cityId()).city();
    return store.noteDeed(city.id(), agent, city.localDate(event.at()), what, event.id());
  }

  private Mono<Case> change(String inquiryId, String city, UnaryOperator<Case> by) {
    return Mono.defer(
            () ->
                store
                    .find(inquiryId)
                    .defaultIfEmpty(Case.none(inquiryId, city))
                    .flatMap(
                        known -> {
                          Case changed = by.apply(known);
                          return changed == known ? Mono.just(known) : written(changed.next());
                        }))
        .repeatWhenEmpty(TRIES, again -> again);
  }

  /** Empty if somebody else wrote it meanwhile. */
  private Mono<Case> written(Case changed) {
    return Traces.current()
        .map(changed::causedBy)
        .flatMap(caused -> store.write(caused).filter(won -> won).map(won -> caused));
  }

  private Course course(Case known) {
    Course course = courses.get(known.city());
    if (course == null) {
      throw new IllegalStateException("There is no file for the city " + known.city());
    }
    return course;
  }
}
