package barocall.routing.triage;

import barocall.city.Category;
import barocall.city.City;
import barocall.city.Decision;
import barocall.city.Due;
import barocall.city.EmergencyHit;
import barocall.city.LegalClock;
import barocall.city.PetitionKind;
import barocall.city.Rule;
import barocall.city.Text;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.WhyKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a new inquiry by the rules of its city. Knows no clock, no broker, no
 * store.
 */
public final class Triage {
  /** The step of the first decision. */
  private static final int FIRST = 1;

  private static final Text EMERGENCY =
      new Text(
          "생명이 위험할 수 있는 말(%s)이 있습니다. 먼저 %s에 연결해 주십시오.",
          "Words of danger to life (%s) stand in it. First put it through to %s.");
  private static final Text NO_RULE =
      new Text("맞는 규칙이 없어 상담사가 살펴봅니다.", "No rule fits, so an agent looks at it.");

  private final City city;

  public Triage(City city) {
    this.city = city;
  }

  /**
   * The first decision: words of danger to life first, then the first rule that fits, else the
   * desk. A caller on the telephone never gets an automatic answer.
   */
  public Event.Decision decide(CallReceived call, Instant now) {
    String words = words(call.subject(), call.text());
    List<EmergencyHit> hits = city.emergency().found(words);
    if (!hits.isEmpty()) {
      return urgent(call, now, hits);
    }
    return rule(call, words)
        .map(rule -> byRule(call, now, rule))
        .orElseGet(() -> desk(call, now, new Why(WhyKind.NO_RULE, null, in(NO_RULE))));
  }

  /** Departments that may be in charge of an inquiry with these words. */
  public Suggestions suggestions(
      Channel channel, @Nullable String category, String words, boolean open) {
    List<String> founded = new ArrayList<>();
    for (Rule rule : city.rules()) {
      if (rule.matches(channel.wireName(), category, words, open)) {
        founded.addAll(departmentsOf(rule));
      }
    }
    Optional.ofNullable(category)
        .flatMap(city::category)
        .map(Category::department)
        .ifPresent(founded::add);
    List<String> guessed =
        city.categoriesIn(words).stream()
            .flatMap(found -> Optional.ofNullable(found.department()).stream())
            .filter(department -> !founded.contains(department))
            .distinct()
            .toList();
    return new Suggestions(founded.stream().distinct().toList(), guessed);
  }

  /**
   * Why which department may be in charge of an inquiry with these words, the best reason first.
   */
  public List<Reason> reasons(
      Channel channel, @Nullable String category, String words, boolean open) {
    List<Reason> reasons = new ArrayList<>();
    for (Rule rule : city.rules()) {
      if (rule.matches(channel.wireName(), category, words, open)) {
        departmentsOf(rule)
            .forEach(it -> reasons.add(new Reason(it, Reason.Kind.RULE, rule.why(), List.of())));
      }
    }
    Optional.ofNullable(category)
        .flatMap(city::category)
        .filter(it -> it.department() != null)
        .ifPresent(it -> reasons.add(Reason.of(it, Reason.Kind.CATEGORY, List.of())));
    city.categoriesIn(words).stream()
        .filter(it -> it.department() != null)
        .map(it -> Reason.of(it, Reason.Kind.WORDS, it.keywordsStandingIn(words)))
        .forEach(reasons::add);
    return reasons;
  }

  /** The answer that stands ready for an inquiry, for an agent to give. */
  public Optional<String> preparedAnswer(
      Channel channel, @Nullable String category, String words, boolean open) {
    return city.rules().stream()
        .filter(rule -> rule.decision() instanceof Decision.Answer)
        .filter(
            rule ->
                rule.matches(channel.wireName(), category, words, open)
                    || rule.channels().stream()
                        .anyMatch(other -> rule.matches(other, category, words, open)))
        .map(rule -> in(((Decision.Answer) rule.decision()).text()))
        .findFirst();
  }

  /** From when periods run: from the receipt, whenever it is read (민원처리법 제19조). */
  public static Instant receivedAt(CallReceived call) {
    Instant received = call.inquiry().receivedAt();
    return received == null ? call.at() : received;
  }

  /** By when and by which clause a complaint of that kind is due that began at that moment. */
  public Due due(@Nullable String petitionKind, @Nullable String category, Instant from) {
    return LegalClock.due(kind(petitionKind, category), from, city);
  }

  /** The kind of petition: as named, else the category's or the city's usual one. */
  public PetitionKind kind(@Nullable String petitionKind, @Nullable String category) {
    return Optional.ofNullable(petitionKind)
        .flatMap(city::petitionKind)
        .orElseGet(() -> city.petitionKindOf(category));
  }

  /** Subject and text as rules read them. */
  public static String words(@Nullable String subject, @Nullable String text) {
    return (subject == null ? "" : subject) + "\n" + (text == null ? "" : text);
  }

  private Optional<Rule> rule(CallReceived call, String words) {
    return city.rule(
        call.inquiry().channel().wireName(), call.inquiry().category(), words, !call.outOfHours());
  }

  private Event.Decision byRule(CallReceived call, Instant now, Rule rule) {
    Why why = new Why(WhyKind.RULE, rule.id(), in(rule.why()));
    if (rule.decision() instanceof Decision.Answer answer
        && call.inquiry().channel() != Channel.TELEPHONE) {
      return new InquiryResolved(
          call.inquiry(),
          now,
          FIRST,
          How.ANSWERED,
          By.RULE,
          null,
          rule.id(),
          null,
          null,
          true,
          in(answer.text()));
    }
    if (rule.decision() instanceof Decision.Escalate escalate) {
      return escalated(call, now, escalate, why);
    }
    return desk(call, now, why);
  }

  private ComplaintEscalated escalated(
      CallReceived call, Instant now, Decision.Escalate escalate, Why why) {
    Inquiry inquiry = call.inquiry();
    PetitionKind kind = kind(escalate.petitionKind(), inquiry.category());
    Due due = LegalClock.due(kind, receivedAt(call), city);
    return new ComplaintEscalated(
        inquiry,
        now,
        FIRST,
        escalate.department(),
        departmentName(escalate.department()),
        kind.id(),
        priority(escalate.priority()),
        due.dueAt(),
        due.clause(),
        why,
        null,
        0,
        call.subject(),
        call.text(),
        call.place(),
        call.contact());
  }

  private InquiryAssigned urgent(CallReceived call, Instant now, List<EmergencyHit> hits) {
    List<String> numbers = hits.stream().map(EmergencyHit::number).distinct().toList();
    String found = String.join(", ", hits.stream().map(EmergencyHit::word).distinct().toList());
    String sentence = in(EMERGENCY).formatted(found, String.join(", ", numbers));
    return assigned(call, now, new Why(WhyKind.EMERGENCY, null, sentence), true, numbers);
  }

  private InquiryAssigned desk(CallReceived call, Instant now, Why why) {
    return assigned(call, now, why, false, List.of());
  }

  private InquiryAssigned assigned(
      CallReceived call, Instant now, Why why, boolean urgent, List<String> numbers) {
    Suggestions suggestions =
        suggestions(
            call.inquiry().channel(),
            call.inquiry().category(),
            words(call.subject(), call.text()),
            !call.outOfHours());
    return new InquiryAssigned(
        call.inquiry(), now, FIRST, why, call.agent(), urgent, numbers, suggestions.first());
  }

  private static List<String> departmentsOf(Rule rule) {
    if (rule.decision() instanceof Decision.Escalate escalate) {
      return List.of(escalate.department());
    }
    return rule.decision() instanceof Decision.Desk desk ? desk.departments() : List.of();
  }

  private @Nullable String departmentName(String id) {
    return city.department(id).map(it -> in(it.name())).orElse(null);
  }

  private String in(Text text) {
    return text.in(city.language());
  }

  private static Priority priority(barocall.city.Priority priority) {
    return switch (priority) {
      case NORMAL -> Priority.NORMAL;
      case HIGH -> Priority.HIGH;
      case URGENT -> Priority.URGENT;
    };
  }
}
