package barocall.routing.cases;

import barocall.contract.By;
import barocall.contract.CallOutcome;
import barocall.contract.Direction;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.CallAnswered;
import barocall.contract.Event.CallEnded;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.RecallRequested;
import barocall.contract.Event.SatisfactionRated;
import barocall.contract.How;
import barocall.routing.triage.Triage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that routing knows of one inquiry. Everything is computed from the entries by their steps,
 * never by the order in which they came.
 *
 * @param version counts the writes; 0 is not written yet
 */
public record Case(String inquiryId, String city, long version, List<Entry> entries) {
  public Case {
    entries = List.copyOf(entries);
  }

  static Case none(String inquiryId, String city) {
    return new Case(inquiryId, city, 0, List.of());
  }

  /** The same with a fact; the very same if it is known, unless it was erased meanwhile. */
  Case with(InquiryEvent fact, Instant now) {
    return withAll(List.of(Entry.fact(fact, now)));
  }

  /**
   * The same with those entries that are not known; the very same if all are. A fact that was
   * written again without words takes the place of the one with them, and never the other way.
   */
  Case withAll(List<Entry> others) {
    Case more = this;
    for (Entry entry : others) {
      Optional<Entry> known = more.find(entry.event().id());
      if (known.isEmpty()) {
        more = more.plus(entry);
      } else if (Event.replaces(entry.event(), known.get().event())) {
        more = more.withErased(entry.event());
      }
    }
    return more;
  }

  private Case withErased(InquiryEvent erased) {
    return new Case(
        inquiryId,
        city,
        version,
        entries.stream()
            .map(it -> it.event().id().equals(erased.id()) ? it.erased(erased) : it)
            .toList());
  }

  /** The same with something of our own that is still to be sent. */
  Case plus(Entry entry) {
    List<Entry> more = new ArrayList<>(entries);
    more.add(entry);
    return new Case(inquiryId, city, version, more);
  }

  /** The same with those acknowledged by the broker; the very same if they are already. */
  Case withSent(List<String> ids) {
    if (entries.stream().noneMatch(it -> it.unsent() && ids.contains(it.event().id()))) {
      return this;
    }
    return new Case(
        inquiryId,
        city,
        version,
        entries.stream().map(it -> ids.contains(it.event().id()) ? it.sent() : it).toList());
  }

  Case next() {
    return new Case(inquiryId, city, version + 1, entries);
  }

  /** The entry with that event id. */
  public Optional<Entry> find(String eventId) {
    return entries.stream().filter(it -> it.event().id().equals(eventId)).findFirst();
  }

  /** The same with the trace that caused what is new and still to be sent. */
  Case causedBy(Optional<String> traceparent) {
    return traceparent
        .map(
            trace ->
                new Case(
                    inquiryId,
                    city,
                    version,
                    entries.stream().map(it -> it.causedBy(trace)).toList()))
        .orElse(this);
  }

  /** What waits for the broker's acknowledgement, in the order in which it happened. */
  List<Entry> unsent() {
    return entries.stream().filter(Entry::unsent).toList();
  }

  /** The beginning; empty while only later facts have come. */
  public Optional<CallReceived> received() {
    return of(CallReceived.class, any -> true);
  }

  public Optional<CallAnswered> answered() {
    return of(CallAnswered.class, any -> true);
  }

  public Optional<CallEnded> ended() {
    return of(CallEnded.class, any -> true);
  }

  public Optional<ComplaintReturned> returned(int step) {
    return of(ComplaintReturned.class, it -> it.step() == step);
  }

  public Optional<ComplaintAcknowledged> acknowledged(int step) {
    return of(ComplaintAcknowledged.class, it -> it.step() == step);
  }

  /** That the desk got back the escalation of that step. */
  public Optional<ComplaintRecalled> recalled(int step) {
    return of(ComplaintRecalled.class, it -> it.step() == step);
  }

  /** The wish to have back the escalation of that step. */
  public Optional<RecallRequested> recallRequested(int step) {
    return of(RecallRequested.class, it -> it.step() == step);
  }

  public Optional<InquiryReopened> reopened(int step) {
    return of(InquiryReopened.class, it -> it.step() == step);
  }

  /** How the department ended that step's escalation. */
  public Optional<InquiryResolved> departmentsEnd(int step) {
    return of(InquiryResolved.class, it -> it.by() == By.DEPARTMENT && it.step() == step);
  }

  /**
   * How an agent settled it at first contact without a department. Nothing is settled by putting
   * the call through, nor by an answered call of which nothing was written down.
   */
  Optional<InquiryResolved> settledAtFirstContact() {
    return all(InquiryResolved.class)
        .filter(it -> it.how() != How.ABANDONED)
        .min(Comparator.comparingInt(InquiryResolved::step))
        .filter(it -> it.atFirstContact() && it.by() == By.AGENT)
        .filter(it -> it.how() != How.CONNECTED && it.how() != How.UNDESCRIBED);
  }

  /**
   * Whether a person got through by it: not by a call that the centre made, and by one that came in
   * only if an agent took it, the caller asked to be rung, or somebody said what it is about. A
   * caller who hung up before that has not been in touch.
   */
  boolean isContact() {
    return received()
        .filter(it -> it.direction() != Direction.OUT)
        .map(
            it ->
                it.door() != Door.CALLS
                    || hasWords()
                    || answered().isPresent()
                    || ended().filter(end -> end.outcome() != CallOutcome.ABANDONED).isPresent())
        .orElse(false);
  }

  /** Routing's decisions with who took them, by step. */
  public List<Entry> decisions() {
    return entries.stream()
        .filter(it -> isDecision(it.event()))
        .sorted(Comparator.comparingInt(it -> it.event().step()))
        .toList();
  }

  /** The decision that stands. */
  public Optional<Entry> last() {
    List<Entry> decisions = decisions();
    return decisions.isEmpty()
        ? Optional.empty()
        : Optional.of(decisions.get(decisions.size() - 1));
  }

  /** How it waits at the desk, if it does. */
  public Optional<InquiryAssigned> atDesk() {
    return last()
        .map(Entry::event)
        .filter(InquiryAssigned.class::isInstance)
        .map(InquiryAssigned.class::cast);
  }

  /** Whether it waits at the desk or ever did. */
  boolean isOrWasAtDesk() {
    return entries.stream().anyMatch(it -> it.event() instanceof InquiryAssigned);
  }

  /** All escalations so far, the first one first. */
  public List<ComplaintEscalated> escalations() {
    return decisions().stream()
        .map(Entry::event)
        .filter(ComplaintEscalated.class::isInstance)
        .map(ComplaintEscalated.class::cast)
        .toList();
  }

  /**
   * How often it went from one department to another. What the desk took back before the department
   * had taken it was never with that one.
   */
  public int transfers() {
    List<ComplaintEscalated> all =
        escalations().stream().filter(it -> recalled(it.step()).isEmpty()).toList();
    int transfers = 0;
    for (int i = 1; i < all.size(); i++) {
      if (!all.get(i).department().equals(all.get(i - 1).department())) {
        transfers++;
      }
    }
    return transfers;
  }

  /** What agents wrote down, the oldest first. */
  public List<InquiryDescribed> descriptions() {
    return all(InquiryDescribed.class)
        .sorted(
            Comparator.comparingInt(InquiryDescribed::step)
                .thenComparingInt(InquiryDescribed::revision))
        .toList();
  }

  /** The inquiry with the category that the last who named one gave it. */
  public Inquiry inquiry() {
    Inquiry inquiry =
        received().map(CallReceived::inquiry).orElseGet(() -> entries.get(0).event().inquiry());
    String category = inquiry.category();
    for (InquiryDescribed described : descriptions()) {
      if (described.inquiry().category() != null) {
        category = described.inquiry().category();
      }
    }
    return inquiry.withCategory(category);
  }

  public @Nullable String subject() {
    return latest(CallReceived::subject, InquiryDescribed::subject);
  }

  public @Nullable String text() {
    return latest(CallReceived::text, InquiryDescribed::text);
  }

  public Event.@Nullable Place place() {
    return latest(CallReceived::place, InquiryDescribed::place);
  }

  /** Of every place that facts of the inquiry name: what is found by an older one is told apart. */
  Set<String> addresses() {
    return Stream.concat(
            received().map(CallReceived::place).stream(),
            descriptions().stream().map(InquiryDescribed::place))
        .filter(Objects::nonNull)
        .map(Event.Place::address)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** As written down so far; what a later description leaves out stays. */
  public Event.@Nullable Contact contact() {
    return Stream.concat(
            received().map(CallReceived::contact).stream(),
            descriptions().stream().map(InquiryDescribed::contact))
        .filter(Objects::nonNull)
        .reduce(Event.Contact::with)
        .orElse(null);
  }

  /** Of every telephone that facts of the inquiry name. */
  public Set<String> telephoneHashes() {
    return ofContacts(Event.Contact::telephoneHash);
  }

  /** Every name that facts of the inquiry say, sealed. */
  private Set<String> sealedNames() {
    return ofContacts(Event.Contact::name);
  }

  private Set<String> ofContacts(Function<Event.Contact, @Nullable String> part) {
    return Stream.of(
            received().map(CallReceived::contact).stream(),
            descriptions().stream().map(InquiryDescribed::contact),
            escalations().stream().map(ComplaintEscalated::contact))
        .flatMap(contacts -> contacts)
        .filter(Objects::nonNull)
        .map(part)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** The keyed hashes of every name that facts of the inquiry say. */
  public Set<String> nameHashes(NameHashes hashes) {
    return sealedNames().stream()
        .flatMap(name -> hashes.of(city, name).stream())
        .collect(Collectors.toSet());
  }

  /** By what it is found exactly. */
  Set<Clue> clues(NameHashes hashes) {
    String number = inquiry().receiptNumber();
    return Stream.of(
            Stream.ofNullable(number).map(it -> new Clue(Clue.Kind.NUMBER, it)),
            telephoneHashes().stream().map(it -> new Clue(Clue.Kind.TELEPHONE, it)),
            nameHashes(hashes).stream().map(it -> new Clue(Clue.Kind.NAME, it)))
        .flatMap(clues -> clues)
        .collect(Collectors.toSet());
  }

  /** Whether any of it was written again without words. */
  public boolean isErasedInPart() {
    return entries.stream().anyMatch(it -> Event.isErased(it.event()));
  }

  /**
   * What is written in it, citizens' words and answers, that it is found by: whatever was said
   * later, what was said first stays.
   */
  public List<String> sayings() {
    return Stream.of(
            received().stream().flatMap(it -> Stream.of(it.subject(), it.text(), at(it.place()))),
            descriptions().stream()
                .flatMap(it -> Stream.of(it.subject(), it.text(), at(it.place()))),
            all(InquiryResolved.class).map(InquiryResolved::answer),
            all(AnswerCorrected.class).map(AnswerCorrected::answer))
        .flatMap(all -> all)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static @Nullable String at(Event.@Nullable Place place) {
    return place == null ? null : place.address();
  }

  /** Subject and text as rules read them. */
  public String words() {
    return Triage.words(subject(), text());
  }

  /** Whether anyone, citizen or agent, said what it is about. */
  public boolean hasWords() {
    return subject() != null || text() != null;
  }

  /**
   * How far it is: {@code received}, {@code at-desk}, {@code escalated}, {@code acknowledged},
   * {@code resolved} or {@code abandoned}.
   */
  public String state() {
    InquiryEvent standing = last().map(Entry::event).orElse(null);
    if (standing instanceof InquiryAssigned) {
      return "at-desk";
    }
    if (standing instanceof ComplaintEscalated escalated) {
      boolean taken = acknowledged(escalated.step()).isPresent();
      return departmentsEnd(escalated.step()).isPresent()
          ? "resolved"
          : taken ? "acknowledged" : "escalated";
    }
    if (standing instanceof InquiryResolved resolved) {
      return resolved.how() == How.ABANDONED ? "abandoned" : "resolved";
    }
    return "received";
  }

  /** How it ended, while that stands; an abandoned call did not end so that anybody could say. */
  public Optional<InquiryResolved> end() {
    InquiryEvent standing = last().map(Entry::event).orElse(null);
    return standing instanceof InquiryResolved resolved
        ? Optional.of(resolved).filter(it -> it.how() != How.ABANDONED)
        : standing instanceof ComplaintEscalated escalated
            ? departmentsEnd(escalated.step())
            : Optional.empty();
  }

  /** How content the citizen is with what was answered at that step. */
  public Optional<SatisfactionRated> rated(int step) {
    return of(SatisfactionRated.class, it -> it.step() == step);
  }

  /** How what was answered at that step was put right since, the latest last. */
  public List<AnswerCorrected> corrections(int step) {
    return all(AnswerCorrected.class)
        .filter(it -> it.step() == step)
        .sorted(Comparator.comparingInt(AnswerCorrected::revision))
        .toList();
  }

  /** What the citizen is told with that end, as it was last put right. */
  public @Nullable String answer(InquiryResolved end) {
    List<AnswerCorrected> corrections = corrections(end.step());
    return corrections.isEmpty() ? end.answer() : corrections.get(corrections.size() - 1).answer();
  }

  /** What the citizen was last told. */
  public @Nullable String answer() {
    return all(InquiryResolved.class)
        .sorted(Comparator.comparingInt(InquiryResolved::step))
        .map(this::answer)
        .filter(Objects::nonNull)
        .reduce((earlier, later) -> later)
        .orElse(null);
  }

  /** The agent whose it is: who answered the call, or for whom it waits. */
  public @Nullable String agent() {
    return answered()
        .map(CallAnswered::agent)
        .or(() -> ended().map(CallEnded::agent))
        .or(() -> atDesk().map(InquiryAssigned::agent))
        .or(() -> received().map(CallReceived::agent))
        .orElse(null);
  }

  /** The agent who had the call, or who opened it by hand with the caller on the line. */
  @Nullable String talkedTo() {
    return answered()
        .map(CallAnswered::agent)
        .or(() -> ended().map(CallEnded::agent))
        .or(() -> received().filter(it -> it.door() == Door.DESK).map(CallReceived::agent))
        .orElse(null);
  }

  private <T> @Nullable T latest(
      Function<CallReceived, @Nullable T> first, Function<InquiryDescribed, @Nullable T> later) {
    T found = received().map(first).orElse(null);
    for (InquiryDescribed described : descriptions()) {
      T said = later.apply(described);
      if (said != null) {
        found = said;
      }
    }
    return found;
  }

  private static boolean isDecision(InquiryEvent event) {
    return event instanceof InquiryAssigned
        || event instanceof ComplaintEscalated
        || (event instanceof InquiryResolved resolved && resolved.by() != By.DEPARTMENT);
  }

  private <E extends InquiryEvent> Optional<E> of(Class<E> type, Predicate<E> wanted) {
    return all(type).filter(wanted).findFirst();
  }

  private <E extends InquiryEvent> Stream<E> all(Class<E> type) {
    return entries.stream().map(Entry::event).filter(type::isInstance).map(type::cast);
  }
}
