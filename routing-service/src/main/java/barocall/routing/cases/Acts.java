package barocall.routing.cases;

import barocall.city.Text;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.RecallRequested;
import barocall.contract.Event.SatisfactionRated;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.WhyKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people at the desk do to a case. The first who acts wins; a repeat gets the same answer. */
public final class Acts {
  private static final Text BY_AGENT = new Text("상담사가 이관하였습니다.", "An agent passed it on.");

  private static final Text WITHDRAWN =
      new Text("민원인의 요청으로 취하하였습니다.", "It was withdrawn as the citizen wished.");

  private Acts() {}

  /** Who acts: an agent of the city file, or an administrator, by user name. */
  public record Actor(String user, String name, @Nullable String agent) {
    /** As events name them. */
    public String who() {
      return agent == null ? user : agent;
    }
  }

  /** What came of it: exactly one of these. */
  public sealed interface Outcome {}

  /** It was done now; the case is to be written. */
  public record Done(Case changed, InquiryEvent said) implements Outcome {}

  /** The same person did the very same before. */
  public record Repeated(InquiryEvent said) implements Outcome {}

  /** Somebody, or something, was first. */
  public record TooLate(First first) implements Outcome {}

  /** Nothing is known of the inquiry yet. */
  public record Unknown() implements Outcome {}

  /** The citizen would be told that it was answered, and no answer is there. */
  public record Unanswered() implements Outcome {}

  /**
   * The case is not such that it could be done, whoever was or was not first.
   *
   * @param why {@code with-nobody}: no department has it; {@code not-answered}: it did not end with
   *     an answer of an agent; {@code the-same}: it is so already; {@code not-ended}: it is open;
   *     {@code rated}: the citizen has said how content they are
   */
  public record NotSo(String why) implements Outcome {}

  /** Asked for, and not yet known whether the department was first. */
  public record Asked(RecallRequested wish) implements Outcome {}

  /**
   * What was said by what was done, now or before.
   *
   * @throws IllegalArgumentException where nothing was done
   */
  public static InquiryEvent said(Outcome outcome) {
    if (outcome instanceof Done done) {
      return done.said();
    }
    if (outcome instanceof Repeated repeated) {
      return repeated.said();
    }
    if (outcome instanceof Asked asked) {
      return asked.wish();
    }
    throw new IllegalArgumentException("nothing was done");
  }

  /** What somebody wants to do; pure. */
  @FunctionalInterface
  public interface Act {
    Outcome on(Case known, Course course, Instant now);
  }

  /**
   * Writes down what a citizen says: while it waits at the desk anybody, and of a call also later
   * whoever had it, or an administrator, whatever has become of it by then.
   */
  public static Act describe(Actor actor, String digest, Words words) {
    return (known, course, now) -> {
      Deed deed = new Deed(actor.user(), actor.name(), "describe", digest);
      Optional<Entry> before =
          known.entries().stream()
              .filter(it -> it.event() instanceof InquiryDescribed)
              .reduce((earlier, later) -> later)
              .filter(it -> deed.equals(it.deed()));
      if (before.isPresent()) {
        return new Repeated(before.get().event());
      }
      if (known.last().isEmpty() || (known.atDesk().isEmpty() && !mayDescribeLater(known, actor))) {
        return tooLate(known);
      }
      int step = known.last().orElseThrow().event().step();
      int revision =
          (int) known.descriptions().stream().filter(it -> it.step() == step).count() + 1;
      String category = words.category() == null ? known.inquiry().category() : words.category();
      var described =
          new InquiryDescribed(
              known.inquiry().withCategory(category),
              now,
              step,
              revision,
              actor.who(),
              words.subject(),
              words.text(),
              words.place(),
              words.contact());
      return new Done(known.plus(Entry.own(described, deed)), described);
    };
  }

  private static boolean mayDescribeLater(Case known, Actor actor) {
    return known.inquiry().channel() == Channel.TELEPHONE
        && (actor.agent() == null || actor.agent().equals(known.talkedTo()));
  }

  /** What was said, masked and sealed. */
  public record Words(
      @Nullable String category,
      @Nullable String subject,
      @Nullable String text,
      Event.@Nullable Place place,
      Event.@Nullable Contact contact) {}

  /**
   * Ends it. Who called was answered on the telephone; who wrote has only what is written down, so
   * nothing written is answered without an answer.
   */
  public static Act resolve(Actor actor, String digest, How how, @Nullable String answer) {
    return (known, course, now) ->
        lacksAnswer(known, how, answer)
            ? new Unanswered()
            : decide(
                known,
                new Deed(actor.user(), actor.name(), "resolve", digest),
                () ->
                    new InquiryResolved(
                        known.inquiry(),
                        now,
                        Course.nextStep(known),
                        how,
                        By.AGENT,
                        actor.who(),
                        null,
                        null,
                        null,
                        known.escalations().isEmpty(),
                        answer));
  }

  private static boolean lacksAnswer(Case known, How how, @Nullable String answer) {
    return known.atDesk().isPresent()
        && how == How.ANSWERED
        && known.inquiry().channel() != Channel.TELEPHONE
        && (answer == null || answer.isBlank());
  }

  /** Hands it to a department. */
  public static Act escalate(
      Actor actor,
      String digest,
      String department,
      @Nullable String petitionKind,
      @Nullable Priority priority,
      @Nullable String reason) {
    return (known, course, now) ->
        decide(
            known,
            new Deed(actor.user(), actor.name(), "escalate", digest),
            () -> {
              Optional<ComplaintEscalated> before = Course.lastEscalation(known);
              String kind =
                  petitionKind != null
                      ? petitionKind
                      : before
                          .map(ComplaintEscalated::petitionKind)
                          .orElseGet(
                              () -> course.triage().kind(null, known.inquiry().category()).id());
              Course.Deadline deadline = course.deadline(known, kind, now);
              boolean urgent = known.atDesk().map(InquiryAssigned::urgent).orElse(false);
              Priority chosen =
                  priority != null
                      ? priority
                      : before
                          .map(ComplaintEscalated::priority)
                          .orElse(urgent ? Priority.URGENT : Priority.NORMAL);
              String sentence = reason == null ? course.in(BY_AGENT) : reason;
              return course.escalated(
                  known,
                  now,
                  department,
                  kind,
                  chosen,
                  deadline.dueAt(),
                  deadline.clause(),
                  new Why(WhyKind.AGENT, null, sentence),
                  actor.who());
            });
  }

  /**
   * Asks a department to give back what it has not taken. Whether it had is told later, by {@link
   * #recallOf}; that it had is often known already. One wish is enough for an escalation: of two
   * agents the first has it.
   */
  public static Act recall(Actor actor, @Nullable String reason) {
    return (known, course, now) -> {
      if (known.last().isEmpty()) {
        return new Unknown();
      }
      Entry last = known.last().get();
      int step = last.event().step();
      boolean atDesk = known.atDesk().isPresent();
      Optional<RecallRequested> before = known.recallRequested(atDesk ? step - 1 : step);
      if (before.isPresent()) {
        RecallRequested wish = before.get();
        Optional<First> department = First.ofDepartment(known, wish.step());
        return department.isPresent()
            ? new TooLate(department.get())
            : wish.agent().equals(actor.who())
                ? new Repeated(wish)
                : new TooLate(First.ofRecall(wish));
      }
      if (atDesk) {
        return new NotSo("with-nobody");
      }
      Optional<First> department = First.ofDepartment(known, step);
      if (!(last.event() instanceof ComplaintEscalated) || department.isPresent()) {
        return department.<Outcome>map(TooLate::new).orElseGet(() -> tooLate(known));
      }
      var wish = new RecallRequested(known.inquiry(), now, step, actor.who(), reason);
      // Who asked is what counts: the same person with other words asks for the same.
      Deed deed = new Deed(actor.user(), actor.name(), "recall", "");
      return new Done(known.plus(Entry.own(wish, deed)), wish);
    };
  }

  /** What became of a wish to have an escalation back. */
  public static Outcome recallOf(Case known, RecallRequested wish) {
    if (known.recalled(wish.step()).isPresent()) {
      return new Repeated(wish);
    }
    Optional<First> first =
        First.ofDepartment(known, wish.step())
            .or(
                () ->
                    known
                        .last()
                        .filter(it -> it.event().step() > wish.step())
                        .flatMap(any -> First.of(known)));
    return first.<Outcome>map(TooLate::new).orElseGet(() -> new Asked(wish));
  }

  /**
   * Puts right what an agent answered. Both versions stay; the citizen is shown the newest.
   *
   * @param seen how many corrections whoever corrects has read; null for all there are. Who did not
   *     read the last one must not write over it.
   */
  public static Act correct(Actor actor, String digest, String answer, @Nullable Integer seen) {
    return (known, course, now) -> {
      if (known.last().isEmpty()) {
        return new Unknown();
      }
      if (!(known.last().get().event() instanceof InquiryResolved end)
          || end.by() != By.AGENT
          || end.how() == How.CANCELLED
          || known.answer(end) == null) {
        return new NotSo("not-answered");
      }
      Deed deed = new Deed(actor.user(), actor.name(), "correct", digest);
      List<AnswerCorrected> before = known.corrections(end.step());
      if (!before.isEmpty()) {
        AnswerCorrected last = before.get(before.size() - 1);
        if (known.find(last.id()).filter(it -> deed.equals(it.deed())).isPresent()) {
          return new Repeated(last);
        }
        if (seen != null && seen < before.size()) {
          return new TooLate(First.ofCorrection(last));
        }
      }
      if (answer.equals(known.answer(end))) {
        return new NotSo("the-same");
      }
      var corrected =
          new AnswerCorrected(
              known.inquiry(), now, end.step(), before.size() + 1, actor.who(), answer);
      return new Done(known.plus(Entry.own(corrected, deed)), corrected);
    };
  }

  /** The caller says that it is not settled: as if they asked again by their receipt. */
  public static Act reopen(Actor actor, String digest, @Nullable String reason) {
    return (known, course, now) -> {
      if (known.last().isEmpty()) {
        return new Unknown();
      }
      Deed deed = new Deed(actor.user(), actor.name(), "reopen", digest);
      Optional<InquiryResolved> end = known.end();
      if (end.isEmpty() || known.reopened(end.get().step()).isPresent()) {
        return known.entries().stream()
            .filter(it -> deed.equals(it.deed()))
            .reduce((earlier, later) -> later)
            .<Outcome>map(it -> new Repeated(it.event()))
            .orElseGet(() -> new NotSo("not-ended"));
      }
      var reopened =
          new InquiryReopened(known.inquiry(), now, end.get().step(), reason, actor.who(), null);
      return new Done(known.plus(Entry.own(reopened, deed)), reopened);
    };
  }

  /**
   * The caller says how content they are, once for each end.
   *
   * @param score 1 (very dissatisfied) to 5 (very satisfied)
   */
  public static Act rate(Actor actor, int score) {
    return (known, course, now) -> {
      if (known.last().isEmpty()) {
        return new Unknown();
      }
      Optional<InquiryResolved> end = known.end();
      if (end.isEmpty()) {
        return new NotSo("not-ended");
      }
      Optional<SatisfactionRated> before = known.rated(end.get().step());
      if (before.isPresent()) {
        SatisfactionRated rated = before.get();
        return rated.score() == score && actor.who().equals(rated.agent())
            ? new Repeated(rated)
            : new NotSo("rated");
      }
      var rated = new SatisfactionRated(known.inquiry(), now, end.get().step(), score, actor.who());
      Deed deed = new Deed(actor.user(), actor.name(), "rate", "");
      return new Done(known.plus(Entry.own(rated, deed)), rated);
    };
  }

  /**
   * The caller takes it back, which they may until it ends, whoever has it (민원처리법 제22조): it ends as
   * {@code cancelled}.
   */
  public static Act withdraw(Actor actor) {
    return (known, course, now) -> {
      if (known.last().isEmpty()) {
        return new Unknown();
      }
      Deed deed = new Deed(actor.user(), actor.name(), "withdraw", "");
      Entry last = known.last().get();
      if (deed.equals(last.deed())) {
        return new Repeated(last.event());
      }
      if (known.end().isPresent()) {
        return First.ofDepartment(known, last.event().step())
            .<Outcome>map(TooLate::new)
            .orElseGet(() -> tooLate(known));
      }
      if (last.event() instanceof InquiryResolved) {
        return tooLate(known);
      }
      var withdrawn =
          new InquiryResolved(
              known.inquiry(),
              now,
              Course.nextStep(known),
              How.CANCELLED,
              By.AGENT,
              actor.who(),
              null,
              null,
              null,
              known.escalations().isEmpty(),
              course.in(WITHDRAWN));
      return new Done(known.plus(Entry.own(withdrawn, deed)), withdrawn);
    };
  }

  private static Outcome decide(
      Case known, Deed deed, java.util.function.Supplier<Event.Decision> decision) {
    if (known.last().isEmpty()) {
      return new Unknown();
    }
    if (known.atDesk().isPresent()) {
      Event.Decision decided = decision.get();
      return new Done(known.plus(Entry.own(decided, deed)), decided);
    }
    Entry last = known.last().orElseThrow();
    return deed.equals(last.deed()) ? new Repeated(last.event()) : tooLate(known);
  }

  private static Outcome tooLate(Case known) {
    return First.of(known).<Outcome>map(TooLate::new).orElseGet(Unknown::new);
  }
}
