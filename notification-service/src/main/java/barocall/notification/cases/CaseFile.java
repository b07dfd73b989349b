package barocall.notification.cases;

import barocall.contract.By;
import barocall.contract.Event;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Decision;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All facts that this service knows about one inquiry. What they amount to is computed by step, so
 * it is the same whatever order they came in and however often.
 *
 * @param version grows by one with each change; 0 when nothing is stored yet
 */
public record CaseFile(String inquiryId, long version, List<Fact> facts) {
  /** A whole order: an officer who answers takes the case in the same moment, and before it. */
  private static final Comparator<InquiryEvent> BY_STEP =
      Comparator.comparingInt(InquiryEvent::step)
          .thenComparing(InquiryEvent::at)
          .thenComparingInt(CaseFile::revision)
          .thenComparing(event -> event instanceof InquiryResolved)
          .thenComparing(InquiryEvent::id);

  public CaseFile {
    facts = List.copyOf(facts);
  }

  /**
   * A fact and whether the broker is known to have it.
   *
   * @param sent false only for a decision made here that still has to be sent
   * @param trace the {@code traceparent} of what caused such a decision, so that it is sent in that
   *     trace however late; null for what came from others
   */
  public record Fact(InquiryEvent event, boolean sent, @Nullable String trace) {}

  /** Of an inquiry that is not known yet. */
  public static CaseFile empty(String inquiryId) {
    return new CaseFile(inquiryId, 0, List.of());
  }

  /** Whether the fact is among ours. */
  public boolean knows(InquiryEvent event) {
    return facts.stream().anyMatch(fact -> fact.event().id().equals(event.id()));
  }

  /**
   * With a fact that came from the broker; the same if it was known. One that was written again
   * without words takes the place of the one with them, and never the other way.
   */
  public CaseFile told(InquiryEvent event) {
    if (facts.stream().anyMatch(fact -> Event.replaces(event, fact.event()))) {
      return new CaseFile(
          inquiryId,
          version + 1,
          facts.stream()
              .map(
                  fact ->
                      fact.event().id().equals(event.id())
                          ? new Fact(event, true, fact.trace())
                          : fact)
              .toList());
    }
    return knows(event) ? sent(event) : with(List.of(new Fact(event, true, null)));
  }

  /**
   * The next version, with nothing else in it: whoever read the one before cannot write any more.
   */
  CaseFile next() {
    return new CaseFile(inquiryId, version + 1, facts);
  }

  /** With decisions made here, which still have to be sent. */
  public CaseFile decided(List<? extends InquiryEvent> decisions) {
    return decided(decisions, null);
  }

  /** With decisions made here, which still have to be sent in that trace. */
  CaseFile decided(List<? extends InquiryEvent> decisions, @Nullable String trace) {
    return with(decisions.stream().map(event -> new Fact(event, false, trace)).toList());
  }

  /** With decisions that another store has and that still have to be sent; the same if known. */
  CaseFile withUnsent(List<Fact> waiting) {
    List<Fact> unknown = waiting.stream().filter(fact -> !knows(fact.event())).toList();
    return unknown.isEmpty() ? this : with(unknown);
  }

  /** With that decision marked as sent; the same if it was. */
  public CaseFile sent(InquiryEvent event) {
    if (unsent().stream().noneMatch(waiting -> waiting.id().equals(event.id()))) {
      return this;
    }
    return new CaseFile(
        inquiryId,
        version + 1,
        facts.stream()
            .map(f -> f.event().id().equals(event.id()) ? new Fact(f.event(), true, f.trace()) : f)
            .toList());
  }

  /** Decisions that still have to be sent, in the order in which they were made. */
  public List<InquiryEvent> unsent() {
    return waiting().stream().map(Fact::event).toList();
  }

  /** As {@link #unsent()}, with what caused them. */
  List<Fact> waiting() {
    return facts.stream().filter(fact -> !fact.sent()).toList();
  }

  /** The facts of one kind, by step and time. */
  public <E extends InquiryEvent> Stream<E> all(Class<E> kind) {
    return facts.stream().map(Fact::event).filter(kind::isInstance).map(kind::cast).sorted(BY_STEP);
  }

  /** Every handing over to a department and what became of it, by step. */
  public List<Standing> standings() {
    return all(ComplaintEscalated.class).map(this::standing).toList();
  }

  /** What became of the escalation of that step. */
  public Optional<Standing> standing(int step) {
    return all(ComplaintEscalated.class)
        .filter(it -> it.step() == step)
        .findFirst()
        .map(this::standing);
  }

  /** What became of the latest escalation to that department; empty if it never had the case. */
  public Optional<Standing> standing(String department) {
    return all(ComplaintEscalated.class)
        .filter(it -> it.department().equals(department))
        .reduce((earlier, later) -> later)
        .map(this::standing);
  }

  private Standing standing(ComplaintEscalated escalation) {
    int step = escalation.step();
    return new Standing(
        escalation,
        at(ComplaintAcknowledged.class, step),
        at(ComplaintReturned.class, step),
        all(InquiryResolved.class)
            .filter(it -> it.by() == By.DEPARTMENT && it.step() == step)
            .findFirst()
            .orElse(null),
        at(ComplaintRecalled.class, step),
        all(Decision.class)
            .filter(it -> it.step() > step && !isOfDepartment(it))
            .findFirst()
            .orElse(null),
        at(InquiryReopened.class, step),
        all(ComplaintReminded.class).filter(it -> it.step() == step).toList());
  }

  private static boolean isOfDepartment(Decision decision) {
    return decision instanceof InquiryResolved resolved && resolved.by() == By.DEPARTMENT;
  }

  private <E extends InquiryEvent> @Nullable E at(Class<E> kind, int step) {
    return all(kind).filter(it -> it.step() == step).findFirst().orElse(null);
  }

  /** The citizen's contact, sealed, as written down so far; what is later left out stays. */
  public Optional<Contact> contact() {
    return inOrder().map(CaseFile::contactIn).flatMap(Optional::stream).reduce(Contact::with);
  }

  /** The contact as it was known at that fact, if it was, and as it became later, one by one. */
  public List<Contact> contactsSince(InquiryEvent fact) {
    List<Contact> since = new ArrayList<>();
    Contact standing = null;
    boolean reached = false;
    for (InquiryEvent event : inOrder().toList()) {
      Contact brought = contactIn(event).orElse(null);
      boolean now = event.id().equals(fact.id());
      if (brought != null) {
        standing = standing == null ? brought : standing.with(brought);
      }
      if (standing != null && (now || (reached && brought != null))) {
        since.add(standing);
      }
      reached |= now;
    }
    return since;
  }

  private Stream<InquiryEvent> inOrder() {
    return facts.stream().map(Fact::event).sorted(BY_STEP);
  }

  private static int revision(InquiryEvent event) {
    return event instanceof InquiryDescribed described
        ? described.revision()
        : event instanceof AnswerCorrected corrected ? corrected.revision() : 0;
  }

  /** The contact that this event brings, if it brings one. */
  public static Optional<Contact> contactIn(InquiryEvent event) {
    if (event instanceof CallReceived received) {
      return Optional.ofNullable(received.contact());
    }
    if (event instanceof InquiryDescribed described) {
      return Optional.ofNullable(described.contact());
    }
    return event instanceof ComplaintEscalated escalated
        ? Optional.ofNullable(escalated.contact())
        : Optional.empty();
  }

  /** The inquiry as its latest fact knows it. */
  public Optional<Inquiry> inquiry() {
    return all(InquiryEvent.class)
        .map(InquiryEvent::inquiry)
        .reduce((earlier, later) -> later.receivedAt() == null ? earlier : later);
  }

  private CaseFile with(List<Fact> more) {
    List<Fact> all = new ArrayList<>(facts);
    all.addAll(more);
    return new CaseFile(inquiryId, version + 1, all);
  }
}
