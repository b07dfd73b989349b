package barocall.analytics.facts;

import barocall.analytics.facts.Booking.Breakdown;
import barocall.analytics.facts.Fact.Kind;
import barocall.contract.AgentState;
import barocall.contract.By;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Event.InquiryRepeated;
import barocall.contract.How;
import barocall.contract.Reminder;
import barocall.contract.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one inquiry counts in the figures: a pure function of its facts, whatever order they came in.
 * Each count stands in the bucket of its own event's time and under the values that its own event
 * carries.
 */
public final class Bookings {
  /** Nothing is counted. */
  public static final Bookings NONE = new Bookings(Map.of());

  /** A caller who leaves in less is a short abandon, shown apart. */
  private static final int SHORT_SECONDS = 5;

  /** The service level's X. */
  private static final int SOON_SECONDS = 20;

  private static final int OFTEN = 3;
  private static final Duration REOPENED_SOON = Duration.ofDays(30);
  private static final int GOOD_SCORE = 4;

  private final Map<Booking, Long> amounts;

  private Bookings(Map<Booking, Long> amounts) {
    this.amounts = amounts;
  }

  /** Counts an inquiry, or an agent's day, of which these facts are known. */
  public static Bookings of(List<Fact> facts, CityTime time) {
    if (facts.isEmpty()) {
      return NONE;
    }
    return new Bookings(
        facts.get(0).kind() == Kind.STATE
            ? agentsDay(facts)
            : new Inquiry(facts, time.workingTime()).book());
  }

  /**
   * Each state lasts until the next of that day; the last one's length is not known. A stretch
   * stands in the bucket of its beginning.
   */
  private static Map<Booking, Long> agentsDay(List<Fact> facts) {
    List<Fact> states =
        facts.stream().sorted(Comparator.comparing(Fact::at).thenComparing(Fact::key)).toList();
    Map<Booking, Long> amounts = new HashMap<>();
    for (int i = 0; i + 1 < states.size(); i++) {
      Fact state = states.get(i);
      long seconds = Duration.between(state.at(), states.get(i + 1).at()).toSeconds();
      Optional<Count> count =
          state.says(AgentState.AVAILABLE.wireName())
              ? Optional.of(Count.IDLE_SECONDS)
              : state.says(AgentState.ON_CALL.wireName())
                      || state.says(AgentState.AFTER_CALL.wireName())
                  ? Optional.of(Count.BUSY_SECONDS)
                  : Optional.empty();
      if (count.isPresent() && seconds > 0) {
        amounts.merge(Booking.whole(count.get(), state.at()), seconds, Long::sum);
        amounts.merge(
            Booking.by(Breakdown.AGENT, count.get(), state.at(), state.agent()),
            seconds,
            Long::sum);
      }
    }
    return amounts;
  }

  /** These less those; zero differences are left out. */
  public Bookings minus(Bookings before) {
    if (before.amounts.isEmpty()) {
      return this;
    }
    Map<Booking, Long> difference = new HashMap<>(amounts);
    before.amounts.forEach((booking, amount) -> difference.merge(booking, -amount, Long::sum));
    difference.values().removeIf(amount -> amount == 0);
    return new Bookings(difference);
  }

  public void forEach(BiConsumer<Booking, Long> action) {
    amounts.forEach(action);
  }

  public boolean isEmpty() {
    return amounts.isEmpty();
  }

  /** The whole of one count over all times; for tests and totals. */
  public long total(Count count) {
    return amounts.entrySet().stream()
        .filter(e -> e.getKey().count() == count && e.getKey().breakdown() == Breakdown.WHOLE)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bookings bookings && amounts.equals(bookings.amounts);
  }

  @Override
  public int hashCode() {
    return amounts.hashCode();
  }

  @Override
  public String toString() {
    return amounts.toString();
  }

  /** One inquiry while it is booked. */
  private static final class Inquiry {
    private final List<Fact> facts;
    private final CityTime.WorkingTime workingTime;
    private final Map<Booking, Long> amounts = new HashMap<>();

    Inquiry(List<Fact> facts, CityTime.WorkingTime workingTime) {
      this.facts = facts;
      this.workingTime = workingTime;
    }

    Map<Booking, Long> book() {
      Optional<Fact> received = first(Kind.RECEIVED);
      received.ifPresent(this::bookReceipt);
      bookCall(received.orElse(null));
      bookResolution(received.orElse(null));
      bookComplaint();
      each(Kind.REMINDED)
          .forEach(f -> one(f.says(Reminder.CHASER.wireName()) ? Count.CHASED : Count.REMINDED, f));
      each(Kind.TOLD)
          .filter(f -> f.says(Telling.GIVEN_UP.wireName()))
          .forEach(f -> one(Count.TELLING_GIVEN_UP, f));
      each(Kind.REOPENED).forEach(this::bookReopening);
      each(Kind.RATED)
          .forEach(
              f -> {
                one(Count.RATED, f);
                if (f.number() != null && f.number() >= GOOD_SCORE) {
                  one(Count.SATISFIED, f);
                }
              });
      return amounts;
    }

    private void bookReopening(Fact reopened) {
      count(Count.REOPENED, reopened, null, null);
      first(Kind.RESOLVED, f -> f.step() == reopened.step())
          .filter(resolved -> !reopened.at().isAfter(resolved.at().plus(REOPENED_SOON)))
          .ifPresent(resolved -> one(Count.REOPENED_SOON, reopened));
    }

    private void bookReceipt(Fact received) {
      count(Count.RECEIVED, received, null, null);
      if (received.says(Fact.OUTGOING)) {
        one(Count.OUTGOING, received);
      } else if (!received.isHistory() && Boolean.TRUE.equals(received.flag())) {
        count(Count.OUT_OF_HOURS, received, null, null);
      }
    }

    /**
     * A call's life. Only calls of citizens are offered, answered or abandoned; those that we ring
     * are not.
     */
    private void bookCall(@Nullable Fact received) {
      if (received != null && received.isHistory()) {
        bookPastCall(received);
        return;
      }
      Optional<Fact> answered = first(Kind.ANSWERED);
      Optional<Fact> ended = first(Kind.ENDED);
      Optional<Fact> answeredEnd = ended.filter(f -> f.says(CallOutcome.ANSWERED.wireName()));
      Optional<Fact> taken = taken(received);
      if (received != null) {
        taken
            .map(Fact::agent)
            .ifPresent(
                agent -> add(Booking.by(Breakdown.AGENT, Count.RECEIVED, received.at(), agent), 1));
      }
      if (received != null && received.says(Fact.OUTGOING)) {
        return;
      }
      boolean queued =
          received != null
              && received.channel() == Channel.TELEPHONE
              && !Boolean.TRUE.equals(received.flag());
      if (received != null
          && received.channel() == Channel.TELEPHONE
          && (queued || taken.isPresent())) {
        count(Count.OFFERED, received, null, null);
      }
      taken.ifPresent(
          f -> {
            count(Count.ANSWERED, f, null, f.agent());
            Integer wait =
                answered
                    .map(Fact::waitSeconds)
                    .orElse(answeredEnd.map(Fact::waitSeconds).orElse(null));
            if (wait != null) {
              amount(Count.WAIT_SECONDS, f, wait);
              one(Count.ANSWERED_TIMED, f);
              if (wait <= SOON_SECONDS) {
                one(Count.ANSWERED_SOON, f);
                one(Count.LEFT_SOON, f);
              }
            }
          });
      answeredEnd
          .filter(f -> f.handleSeconds() != null)
          .ifPresent(
              f -> {
                count(Count.HANDLED, f, null, f.agent());
                amount(Count.HANDLE_SECONDS, f, f.handleSeconds() == null ? 0 : f.handleSeconds());
                add(
                    Booking.by(Breakdown.AGENT, Count.HANDLE_SECONDS, f.at(), f.agent()),
                    f.handleSeconds() == null ? 0 : f.handleSeconds());
              });
      bookConnection(answeredEnd.filter(f -> f.department() != null));
      boolean waited = queued && taken.isEmpty();
      ended
          .filter(f -> f.says(CallOutcome.ABANDONED.wireName()))
          .ifPresent(
              f -> {
                count(Count.ABANDONED, f, null, null);
                if (waited) {
                  count(Count.ABANDONED_IN_QUEUE, f, null, null);
                  if (f.waitSeconds() != null && f.waitSeconds() < SHORT_SECONDS) {
                    one(Count.SHORT_ABANDONED, f);
                  }
                  leaveUnanswered(f);
                }
              });
      ended
          .filter(f -> f.says(CallOutcome.CALLBACK.wireName()))
          .ifPresent(
              f -> {
                one(Count.CALLBACKS, f);
                if (waited) {
                  leaveUnanswered(f);
                }
              });
    }

    /** How an agent got to speak: the answer, else the end, else that an agent opened it. */
    private Optional<Fact> taken(@Nullable Fact received) {
      return first(Kind.ANSWERED)
          .or(() -> first(Kind.ENDED).filter(f -> f.says(CallOutcome.ANSWERED.wireName())))
          .or(
              () ->
                  Optional.ofNullable(received)
                      .filter(f -> f.channel() == Channel.TELEPHONE && f.says(Fact.BY_HAND)));
    }

    /** Whether it is a call of a citizen's that counts as answered. */
    private boolean isAnswered(@Nullable Fact received) {
      if (received == null) {
        return taken(null).isPresent();
      }
      return received.isHistory()
          ? received.channel() == Channel.TELEPHONE && !isAbandonedInThePast(received)
          : !received.says(Fact.OUTGOING) && taken(received).isPresent();
    }

    /** As the exchange says. */
    private boolean isPutThrough() {
      return each(Kind.ENDED).anyMatch(f -> f.department() != null);
    }

    /**
     * A call was put through once: as the exchange says with its end, or else as the agent says who
     * settled it so, as in a city without an exchange.
     */
    private void bookConnection(Optional<Fact> byExchange) {
      byExchange
          .or(
              () ->
                  firstResolution()
                      .filter(f -> f.channel() == Channel.TELEPHONE)
                      .filter(f -> f.says(How.CONNECTED.wireName())))
          .ifPresent(f -> count(Count.CONNECTED, f, holder(f), f.agent()));
    }

    private void leaveUnanswered(Fact ended) {
      if (ended.waitSeconds() != null && ended.waitSeconds() <= SOON_SECONDS) {
        one(Count.LEFT_SOON, ended);
      }
    }

    /** A past telephone record that is not abandoned is an answered call. */
    private void bookPastCall(Fact received) {
      boolean abandoned = isAbandonedInThePast(received);
      if (received.channel() == Channel.TELEPHONE) {
        count(Count.OFFERED, received, null, null);
        if (abandoned) {
          count(Count.ABANDONED_IN_QUEUE, received, null, null);
          one(Count.ABANDONED_IN_THE_PAST, received);
        } else {
          count(Count.ANSWERED, received, null, null);
          bookConnection(Optional.empty());
        }
      }
      if (abandoned) {
        count(Count.ABANDONED, received, null, null);
      }
    }

    private boolean isAbandonedInThePast(Fact received) {
      return Boolean.TRUE.equals(received.flag())
          || each(Kind.RESOLVED).anyMatch(f -> f.says(How.ABANDONED.wireName()));
    }

    /**
     * Inquiries resolved at least once count at their first resolution; an abandoned call is none.
     */
    private void bookResolution(@Nullable Fact received) {
      Optional<Fact> first = firstResolution();
      if (first.isEmpty()) {
        return;
      }
      Fact resolved = first.get();
      count(Count.RESOLVED, resolved, holder(resolved), resolved.agent());
      boolean firstContact =
          resolved.flag() != null
              ? resolved.flag()
              : isBy(resolved, By.AGENT) && first(Kind.ESCALATED).isEmpty();
      if (firstContact) {
        count(Count.RESOLVED_AT_FIRST_CONTACT, resolved, null, resolved.agent());
        if (isBy(resolved, By.AGENT)
            && !isPutThrough()
            && !resolved.says(How.CONNECTED.wireName())
            && !resolved.says(How.UNDESCRIBED.wireName())) {
          boolean unanswered = resolved.channel() == Channel.TELEPHONE && !isAnswered(received);
          count(Count.SOLVED_BY_AGENT, resolved, null, resolved.agent());
          if (unanswered) {
            one(Count.SOLVED_UNANSWERED, resolved);
          }
          if (isRepeated(resolved)) {
            count(Count.REPEATED_SOON, resolved, null, resolved.agent());
            if (unanswered) {
              one(Count.REPEATED_UNANSWERED, resolved);
            }
          }
        }
      }
      if (isBy(resolved, By.RULE)) {
        count(Count.ANSWERED_BY_RULE, resolved, null, null);
      }
      if (received != null && resolved.at().isBefore(received.at())) {
        one(Count.END_BEFORE_BEGINNING, resolved);
      }
    }

    private Optional<Fact> firstResolution() {
      return endings().min(Comparator.comparingInt(Fact::step));
    }

    /**
     * How it was closed, however often. An abandoned call is not; a past one that is said to be
     * both is abandoned.
     */
    private Stream<Fact> endings() {
      return first(Kind.RECEIVED)
              .filter(Fact::isHistory)
              .filter(this::isAbandonedInThePast)
              .isPresent()
          ? Stream.empty()
          : each(Kind.RESOLVED).filter(f -> !f.says(How.ABANDONED.wireName()));
    }

    /**
     * Whether the same person came back about it within 7 days: by another inquiry, which routing
     * notices, or by asking again about this one. It stands where the resolution stands, so that
     * the rate is one of the same first contacts.
     */
    private boolean isRepeated(Fact resolved) {
      return each(Kind.REPEATED).anyMatch(f -> f.step() == resolved.step())
          || each(Kind.REOPENED)
              .filter(f -> f.step() == resolved.step())
              .anyMatch(f -> !f.at().isAfter(resolved.at().plus(InquiryRepeated.WITHIN)));
    }

    /** Who held it; a past end that was told alone names no department, but the escalation did. */
    private @Nullable String holder(Fact resolved) {
      return resolved.isHistory() && resolved.department() == null && isBy(resolved, By.DEPARTMENT)
          ? first(Kind.ESCALATED).map(Fact::department).orElse(null)
          : resolved.department();
    }

    private static boolean isBy(Fact resolved, By by) {
      return resolved.by() == by;
    }

    private void bookComplaint() {
      Optional<Fact> first = first(Kind.ESCALATED);
      first.ifPresent(f -> count(Count.ESCALATED, f, f.department(), f.agent()));
      bookTransfers();
      first(Kind.ACKNOWLEDGED)
          .ifPresent(
              f -> {
                count(Count.ACKNOWLEDGED, f, f.department(), null);
                first(Kind.ESCALATED, escalated -> escalated.step() == f.step())
                    .ifPresent(
                        escalated ->
                            after(Breakdown.ACKNOWLEDGED_AFTER, Count.ACKNOWLEDGED, escalated, f));
              });
      first(Kind.RESOLVED, f -> isBy(f, By.DEPARTMENT))
          .ifPresent(
              f ->
                  first.ifPresent(
                      escalated -> after(Breakdown.RESOLVED_AFTER, Count.RESOLVED, escalated, f)));
      each(Kind.RETURNED).forEach(f -> count(Count.RETURNED, f, f.department(), null));
      endings()
          .forEach(
              ended ->
                  dueAt(ended)
                      .ifPresent(
                          due ->
                              count(
                                  ended.at().isAfter(due) ? Count.LATE : Count.ON_TIME,
                                  ended,
                                  ended.department(),
                                  null)));
    }

    /**
     * By when it should have ended: as the last escalation before it says, whoever ended it. Asking
     * again starts the clock anew, so what was due before that is no longer of account.
     */
    private Optional<Instant> dueAt(Fact ended) {
      int reopened =
          each(Kind.REOPENED)
              .mapToInt(Fact::step)
              .filter(step -> step < ended.step())
              .max()
              .orElse(-1);
      return each(Kind.ESCALATED)
          .filter(f -> f.step() > reopened && f.step() <= ended.step())
          .max(Comparator.comparingInt(Fact::step))
          .map(Fact::dueAt);
    }

    /** What ended before it began says nothing of how long it takes. */
    private void after(Breakdown breakdown, Count count, Fact from, Fact to) {
      if (!to.at().isBefore(from.at())) {
        int lasted = DurationClass.of(workingTime.between(from.at(), to.at()));
        add(Booking.by(breakdown, count, to.at(), Integer.toString(lasted)), 1);
      }
    }

    /** Each escalation says how many transfers were before it; one that adds none is not one. */
    private void bookTransfers() {
      int before = 0;
      for (Fact escalated :
          each(Kind.ESCALATED).sorted(Comparator.comparingInt(Fact::step)).toList()) {
        int transfers = escalated.number() == null ? 0 : escalated.number();
        if (transfers > before) {
          count(Count.TRANSFERRED, escalated, escalated.department(), null);
          if (before < OFTEN && transfers >= OFTEN) {
            one(Count.TRANSFERRED_OFTEN, escalated);
          }
          before = transfers;
        }
      }
    }

    /**
     * In the whole, by channel and by category, and where they are known by department and by
     * agent.
     */
    private void count(
        Count count, Fact fact, @Nullable String department, @Nullable String agent) {
      one(count, fact);
      if (fact.channel() != null) {
        add(Booking.byChannel(count, fact.at(), fact.channel()), 1);
      }
      add(Booking.by(Breakdown.CATEGORY, count, fact.at(), fact.category()), 1);
      if (department != null) {
        add(Booking.by(Breakdown.DEPARTMENT, count, fact.at(), department), 1);
      }
      if (agent != null) {
        add(Booking.by(Breakdown.AGENT, count, fact.at(), agent), 1);
      }
    }

    private void one(Count count, Fact fact) {
      add(Booking.whole(count, fact.at()), 1);
    }

    private void amount(Count count, Fact fact, long amount) {
      add(Booking.whole(count, fact.at()), amount);
    }

    private void add(Booking booking, long amount) {
      if (amount != 0) {
        amounts.merge(booking, amount, Long::sum);
      }
    }

    private Stream<Fact> each(Kind kind) {
      return facts.stream().filter(f -> f.kind() == kind);
    }

    private Optional<Fact> first(Kind kind) {
      return first(kind, f -> true);
    }

    /** The first by step, not by arrival. */
    private Optional<Fact> first(Kind kind, Predicate<Fact> such) {
      return each(kind).filter(such).min(Comparator.comparingInt(Fact::step));
    }
  }
}
