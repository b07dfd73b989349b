package barocall.routing.cases;

import barocall.city.City;
import barocall.city.Due;
import barocall.city.Text;
import barocall.contract.By;
import barocall.contract.CallOutcome;
import barocall.contract.Event;
import barocall.contract.Event.CallEnded;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.WhyKind;
import barocall.routing.triage.Suggestions;
import barocall.routing.triage.Triage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The course that a case takes by itself: which decision its facts call for. Knows no clock, no
 * broker, no store.
 */
public final class Course {
  /** At which transfer the co-ordinating department gets it. */
  private static final int TOO_MANY_TRANSFERS = 3;

  private static final Text RETURNED_TO_NEXT =
      new Text("%s에서 반송하여 다음 부서로 이송합니다.", "%s returned it; it goes to the next department.");
  private static final Text RETURNED_TO_COORDINATOR =
      new Text(
          "%s에서 반송하였고 여러 번 이송되어 조정 부서가 맡습니다.",
          "%s returned it and it was passed on often, so the co-ordinating department takes it.");
  private static final Text RETURNED_TO_DESK =
      new Text(
          "%s에서 반송하여 상담사가 부서를 다시 정합니다.", "%s returned it; an agent chooses the department anew.");
  private static final Text REASON = new Text(" 사유: %s", " Reason: %s");
  private static final Text RECALLED_TO_DESK =
      new Text("%s에서 접수하기 전에 상담사가 회수하였습니다.", "An agent took it back before %s had taken it.");
  private static final Text REOPENED_TO_DEPARTMENT =
      new Text("민원인이 추가 답변을 요청하였습니다.", "The citizen asks again.");
  private static final Text REOPENED_TO_DESK =
      new Text("민원인이 추가 답변을 요청하여 상담사가 살펴봅니다.", "The citizen asks again, so an agent looks.");

  private final City city;
  private final Triage triage;
  private final Duration grace;

  /**
   * @param grace how long after its end an answered call may stay undescribed
   */
  Course(City city, Duration grace) {
    this.city = city;
    this.triage = new Triage(city);
    this.grace = grace;
  }

  City city() {
    return city;
  }

  Triage triage() {
    return triage;
  }

  /** The case with every decision that its facts call for now; the very same if there is none. */
  Case advanced(Case known, Instant now) {
    Case advanced = known;
    for (Optional<Event.Decision> next = next(advanced, now);
        next.isPresent();
        next = next(advanced, now)) {
      advanced = advanced.plus(Entry.own(next.get(), null));
    }
    return advanced;
  }

  /** When the case wants to be looked at again although nothing happens; empty if never. */
  Optional<Instant> wakeAt(Case known) {
    return isFirstWait(known)
        ? known.ended().filter(end -> isUndescribed(known, end)).map(end -> graceEnd(known, end))
        : Optional.empty();
  }

  private Optional<Event.Decision> next(Case known, Instant now) {
    if (known.received().isEmpty()) {
      return Optional.empty();
    }
    Optional<InquiryEvent> last = known.last().map(Entry::event);
    if (last.isEmpty()) {
      return known.received().map(call -> triage.decide(call, now));
    }
    InquiryEvent standing = last.get();
    if (standing instanceof ComplaintEscalated escalated) {
      return afterEscalation(known, escalated, now);
    }
    if (standing instanceof InquiryResolved resolved) {
      return known.reopened(resolved.step()).map(any -> toDesk(known, now, REOPENED_TO_DESK));
    }
    return isFirstWait(known)
        ? known.ended().flatMap(end -> endOfCall(known, end, now))
        : Optional.empty();
  }

  private Optional<Event.Decision> afterEscalation(
      Case known, ComplaintEscalated escalated, Instant now) {
    if (known.departmentsEnd(escalated.step()).isPresent()) {
      return known.reopened(escalated.step()).map(again -> again(known, escalated, again, now));
    }
    return known
        .returned(escalated.step())
        .map(back -> afterReturn(known, back, now))
        .or(() -> known.recalled(escalated.step()).map(recall -> afterRecall(known, recall, now)));
  }

  private Event.Decision again(
      Case known, ComplaintEscalated before, InquiryReopened reopening, Instant now) {
    Due due = triage.due(before.petitionKind(), known.inquiry().category(), reopening.at());
    Why why = new Why(WhyKind.REOPENED, null, in(REOPENED_TO_DEPARTMENT));
    return escalated(
        known,
        now,
        before.department(),
        before.petitionKind(),
        before.priority(),
        due.dueAt(),
        due.clause(),
        why,
        null);
  }

  private Event.Decision afterReturn(Case known, ComplaintReturned back, Instant now) {
    String coordinator = city.coordinatingDepartment();
    List<String> tried = known.escalations().stream().map(ComplaintEscalated::department).toList();
    if (known.transfers() + 1 >= TOO_MANY_TRANSFERS) {
      return tried.contains(coordinator)
          ? toDesk(known, now, back)
          : passedOn(known, coordinator, RETURNED_TO_COORDINATOR, back, now);
    }
    return suggestions(known).wellFounded().stream()
        .filter(department -> !tried.contains(department))
        .findFirst()
        .map(department -> passedOn(known, department, RETURNED_TO_NEXT, back, now))
        .orElseGet(() -> toDesk(known, now, back));
  }

  /**
   * At the desk of who took it back, if an agent did. The department that had it may get it again.
   */
  private Event.Decision afterRecall(Case known, ComplaintRecalled recall, Instant now) {
    String sentence = sentence(RECALLED_TO_DESK, recall.department(), recall.reason());
    String agent = city.agent(recall.agent()).isPresent() ? recall.agent() : null;
    return assigned(
        known,
        now,
        new Why(WhyKind.AGENT, null, sentence),
        agent,
        suggestions(known).first().stream());
  }

  private Event.Decision passedOn(
      Case known, String department, Text sentence, ComplaintReturned back, Instant now) {
    ComplaintEscalated before = lastEscalation(known).orElseThrow();
    Deadline deadline = deadline(known, before.petitionKind(), now);
    return escalated(
        known,
        now,
        department,
        before.petitionKind(),
        before.priority(),
        deadline.dueAt(),
        deadline.clause(),
        new Why(WhyKind.RETURNED, null, sentence(sentence, back)),
        null);
  }

  /** By when, and by which clause. */
  record Deadline(@Nullable Instant dueAt, @Nullable String clause) {}

  /**
   * The due time of an escalation now. Its clock began at the receipt, or when the citizen asked
   * again; it does not wait for an agent to escalate (민원처리법 제19조). A transfer inside the agency
   * does not start it anew, unless the city reads the law so; what the desk took back before the
   * department had taken it never does. Another kind of petition has its own limit from the same
   * beginning.
   */
  Deadline deadline(Case known, @Nullable String petitionKind, Instant now) {
    int since = lastReopening(known).map(InquiryReopened::step).orElse(0);
    Optional<ComplaintEscalated> running =
        known.escalations().stream().filter(it -> it.step() > since).findFirst();
    boolean restarts =
        city.interpretation().transferRestarts()
            && known.escalations().stream()
                .anyMatch(it -> it.step() > since && known.recalled(it.step()).isEmpty());
    if (running.isPresent() && !restarts) {
      ComplaintEscalated first = running.get();
      if (Objects.equals(first.petitionKind(), petitionKind)) {
        return new Deadline(first.dueAt(), first.dueClause());
      }
    }
    Instant from = restarts ? now : began(known).orElse(now);
    Due due = triage.due(petitionKind, known.inquiry().category(), from);
    return new Deadline(due.dueAt(), due.clause());
  }

  /** The last escalation since the citizen asked again; what ran before that was answered. */
  static Optional<ComplaintEscalated> runningEscalation(Case known) {
    int since = lastReopening(known).map(InquiryReopened::step).orElse(0);
    return lastEscalation(known).filter(it -> it.step() > since);
  }

  private static Optional<Instant> began(Case known) {
    return lastReopening(known)
        .map(InquiryReopened::at)
        .or(() -> known.received().map(Triage::receivedAt));
  }

  private static Optional<InquiryReopened> lastReopening(Case known) {
    return known.decisions().stream()
        .flatMap(decision -> known.reopened(decision.event().step()).stream())
        .reduce((earlier, later) -> later);
  }

  static Optional<ComplaintEscalated> lastEscalation(Case known) {
    return known.escalations().stream().reduce((earlier, later) -> later);
  }

  ComplaintEscalated escalated(
      Case known,
      Instant now,
      String department,
      @Nullable String petitionKind,
      Priority priority,
      @Nullable Instant dueAt,
      @Nullable String dueClause,
      Why why,
      @Nullable String agent) {
    boolean transfer =
        known.escalations().stream()
            .filter(it -> known.recalled(it.step()).isEmpty())
            .reduce((earlier, later) -> later)
            .filter(it -> !it.department().equals(department))
            .isPresent();
    return new ComplaintEscalated(
        known.inquiry(),
        now,
        nextStep(known),
        department,
        departmentName(department),
        petitionKind,
        priority,
        dueAt,
        dueClause,
        why,
        agent,
        known.transfers() + (transfer ? 1 : 0),
        known.subject(),
        known.text(),
        known.place(),
        known.contact());
  }

  private Event.Decision toDesk(Case known, Instant now, ComplaintReturned back) {
    Why why = new Why(WhyKind.RETURNED, null, sentence(RETURNED_TO_DESK, back));
    List<String> tried = known.escalations().stream().map(ComplaintEscalated::department).toList();
    return assigned(
        known,
        now,
        why,
        null,
        suggestions(known).first().stream().filter(it -> !tried.contains(it)));
  }

  /** What the citizen said with it stays in their own event. */
  private Event.Decision toDesk(Case known, Instant now, Text sentence) {
    Why why = new Why(WhyKind.REOPENED, null, in(sentence));
    return assigned(known, now, why, null, suggestions(known).first().stream());
  }

  /**
   * @param agent for whom; null for everyone, as whose it was may be away
   */
  private InquiryAssigned assigned(
      Case known, Instant now, Why why, @Nullable String agent, Stream<String> suggested) {
    List<barocall.city.EmergencyHit> hits = city.emergency().found(known.words());
    return new InquiryAssigned(
        known.inquiry(),
        now,
        nextStep(known),
        why,
        agent,
        !hits.isEmpty(),
        hits.stream().map(barocall.city.EmergencyHit::number).distinct().toList(),
        suggested.toList());
  }

  private Suggestions suggestions(Case known) {
    boolean open = known.received().map(call -> !call.outOfHours()).orElse(true);
    return triage.suggestions(
        known.inquiry().channel(), known.inquiry().category(), known.words(), open);
  }

  /** Only the first wait at the desk belongs to the call; what is reopened is read anew. */
  private static boolean isFirstWait(Case known) {
    return known.atDesk().isPresent() && known.decisions().size() == 1;
  }

  private Optional<Event.Decision> endOfCall(Case known, CallEnded end, Instant now) {
    return switch (end.outcome()) {
      case ANSWERED ->
          end.connectedTo() != null
              ? Optional.of(ended(known, end, now, How.CONNECTED))
              : isUndescribed(known, end) && !now.isBefore(graceEnd(known, end))
                  ? Optional.of(ended(known, end, now, How.UNDESCRIBED))
                  : Optional.empty();
      case ABANDONED ->
          known.hasWords() ? Optional.empty() : Optional.of(ended(known, end, now, How.ABANDONED));
      case CALLBACK -> Optional.empty();
    };
  }

  private static boolean isUndescribed(Case known, CallEnded end) {
    return end.outcome() == CallOutcome.ANSWERED
        && end.connectedTo() == null
        && known.descriptions().isEmpty();
  }

  /** Counted from when we heard of the end, which may have come late. */
  private Instant graceEnd(Case known, CallEnded end) {
    Instant heard = known.find(end.id()).map(Entry::notedAt).orElse(end.at());
    return (heard.isAfter(end.at()) ? heard : end.at()).plus(grace);
  }

  private InquiryResolved ended(Case known, CallEnded end, Instant now, How how) {
    boolean byAgent = how != How.ABANDONED;
    return new InquiryResolved(
        known.inquiry(),
        now,
        nextStep(known),
        how,
        byAgent ? By.AGENT : By.RULE,
        byAgent ? end.agent() : null,
        null,
        null,
        null,
        byAgent,
        null);
  }

  static int nextStep(Case known) {
    return known.last().map(it -> it.event().step()).orElse(0) + 1;
  }

  @Nullable String departmentName(String id) {
    return city.department(id).map(it -> in(it.name())).orElse(null);
  }

  String in(Text text) {
    return text.in(city.language());
  }

  private String sentence(Text text, ComplaintReturned back) {
    return sentence(text, back.department(), back.reason());
  }

  private String sentence(Text text, String department, @Nullable String reason) {
    String name = departmentName(department);
    String sentence = in(text).formatted(name == null ? department : name);
    return reason == null ? sentence : sentence + in(REASON).formatted(reason);
  }
}
