package barocall.analytics.figures;

import barocall.analytics.facts.Booking.Breakdown;
import barocall.analytics.facts.Count;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a call centre as the trade defines them. Where the trade has two definitions, both
 * are here under names of their own.
 */
public enum Measure {
  RECEIVED("received", Unit.COUNT, of(Count.RECEIVED)),
  OFFERED("offered", Unit.COUNT, of(Count.OFFERED)),
  ANSWERED("answered", Unit.COUNT, of(Count.ANSWERED)),
  RESPONSE_RATE("responseRate", Unit.PERCENT, of(Count.ANSWERED), of(Count.OFFERED)),
  ABANDONED("abandoned", Unit.COUNT, of(Count.ABANDONED_IN_QUEUE)),
  SHORT_ABANDONED("shortAbandoned", Unit.COUNT, of(Count.SHORT_ABANDONED)),
  ABANDON_RATE(
      "abandonRate",
      Unit.PERCENT,
      it -> it.of(Count.ABANDONED_IN_QUEUE) - it.of(Count.SHORT_ABANDONED),
      it -> it.of(Count.OFFERED) - it.of(Count.SHORT_ABANDONED)),
  CALLBACKS("callbacks", Unit.COUNT, of(Count.CALLBACKS)),
  /** The honest service level: short abandons are left out, later ones count against it. */
  SERVICE_LEVEL_ANSWERED(
      "serviceLevelAnswered",
      Unit.PERCENT,
      of(Count.ANSWERED_SOON),
      it -> it.watchedOffered() - it.of(Count.SHORT_ABANDONED)),
  /** The rule of large cloud vendors: a caller who hangs up early helps it. */
  SERVICE_LEVEL_QUEUE(
      "serviceLevelQueue", Unit.PERCENT, of(Count.LEFT_SOON), Counts::watchedOffered),
  AVERAGE_SPEED_OF_ANSWER(
      "averageSpeedOfAnswer", Unit.SECONDS, of(Count.WAIT_SECONDS), of(Count.ANSWERED_TIMED)),
  AVERAGE_HANDLING_TIME(
      "averageHandlingTime", Unit.SECONDS, of(Count.HANDLE_SECONDS), of(Count.HANDLED)),
  OCCUPANCY(
      "occupancy",
      Unit.PERCENT,
      of(Count.BUSY_SECONDS),
      it -> it.of(Count.BUSY_SECONDS) + it.of(Count.IDLE_SECONDS)),
  RESOLVED("resolved", Unit.COUNT, of(Count.RESOLVED)),
  /** With the clause that the same person did not come back within 7 days. */
  FIRST_CONTACT_RATE_7_DAYS(
      "firstContactRate7Days",
      Unit.PERCENT,
      it -> it.solvedOfAnswered() - it.repeatedOfAnswered(),
      of(Count.ANSWERED)),
  /** The simpler rate without that clause. */
  FIRST_CONTACT_RATE(
      "firstContactRate", Unit.PERCENT, Counts::solvedOfAnswered, of(Count.ANSWERED)),
  /** Counted apart from what agents answer. */
  ANSWERED_BY_RULE("answeredByRule", Unit.COUNT, of(Count.ANSWERED_BY_RULE)),
  /** Put through live: no case, no clock. Never one figure with the escalated. */
  CONNECTED_RATE("connectedRate", Unit.PERCENT, of(Count.CONNECTED), of(Count.ANSWERED)),
  ESCALATED("escalated", Unit.COUNT, of(Count.ESCALATED)),
  ESCALATED_RATE(
      "escalatedRate",
      Unit.PERCENT,
      of(Count.ESCALATED),
      it -> it.of(Count.ANSWERED) + it.written()),
  LATE("late", Unit.COUNT, of(Count.LATE)),
  /** What is open and overdue counts against it. */
  ON_TIME_RATE(
      "onTimeRate",
      Unit.PERCENT,
      of(Count.ON_TIME),
      it -> it.of(Count.ON_TIME) + it.of(Count.LATE) + it.overdueOpen()),
  MEDIAN_TIME_TO_ACKNOWLEDGE("medianTimeToAcknowledge", Breakdown.ACKNOWLEDGED_AFTER, 0.5),
  LONG_TIME_TO_ACKNOWLEDGE("longTimeToAcknowledge", Breakdown.ACKNOWLEDGED_AFTER, 0.9),
  MEDIAN_TIME_TO_RESOLVE("medianTimeToResolve", Breakdown.RESOLVED_AFTER, 0.5),
  LONG_TIME_TO_RESOLVE("longTimeToResolve", Breakdown.RESOLVED_AFTER, 0.9),
  TRANSFERS("transfersPerComplaint", Unit.RATIO, of(Count.TRANSFERRED), of(Count.ESCALATED)),
  TRANSFERRED_OFTEN_RATE(
      "transferredOftenRate", Unit.PERCENT, of(Count.TRANSFERRED_OFTEN), of(Count.ESCALATED)),
  REOPEN_RATE("reopenRate", Unit.PERCENT, of(Count.REOPENED_SOON), of(Count.RESOLVED)),
  SATISFACTION("satisfaction", Unit.PERCENT, of(Count.SATISFIED), of(Count.RATED)),
  SATISFACTION_ANSWER_RATE(
      "satisfactionAnswerRate", Unit.PERCENT, of(Count.RATED), of(Count.RESOLVED)),
  OUT_OF_HOURS("outOfHours", Unit.COUNT, of(Count.OUT_OF_HOURS)),
  /** Of those, by telephone: nobody was there to answer. */
  OUT_OF_HOURS_CALLS("outOfHoursCalls", Unit.COUNT, it -> it.ofCalls(Count.OUT_OF_HOURS));

  /** A rate that rests on fewer cases is not shown. */
  public static final int FEWEST_CASES = 5;

  private final String id;
  private final Unit unit;
  private final ToDoubleFunction<Counts> amount;
  private final @Nullable ToLongFunction<Counts> cases;

  /** What a value is measured in. */
  public enum Unit {
    COUNT("count"),
    PERCENT("percent"),
    SECONDS("seconds"),
    /** Of working time. */
    HOURS("hours"),
    RATIO("ratio");

    private final String wireName;

    Unit(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /**
   * What was measured.
   *
   * @param value null where it rests on fewer than five cases; seconds, hours, percent, or plain
   * @param n the cases it rests on
   */
  public record Measured(@Nullable Double value, long n) {}

  Measure(String id, Unit unit, ToLongFunction<Counts> amount) {
    this(id, unit, amount, null);
  }

  /** How long that share of the cases lasted at most. */
  Measure(String id, Breakdown durations, double share) {
    this.id = id;
    this.unit = Unit.HOURS;
    this.amount = counts -> counts.hours(durations, share);
    this.cases = counts -> counts.timed(durations);
  }

  Measure(
      String id, Unit unit, ToLongFunction<Counts> amount, @Nullable ToLongFunction<Counts> cases) {
    this.id = id;
    this.unit = unit;
    this.amount = amount::applyAsLong;
    this.cases = cases;
  }

  /** Its name in JSON and in the messages. */
  public String id() {
    return id;
  }

  public Unit unit() {
    return unit;
  }

  /** Whether it is known only of whole days that are over or under way, not minute by minute. */
  public boolean isOfDays() {
    return unit == Unit.HOURS;
  }

  /** Whether it is a rate or an average, which says nothing of a few cases. */
  public boolean isRate() {
    return cases != null;
  }

  public Measured of(Counts counts) {
    double counted = amount.applyAsDouble(counts);
    if (cases == null) {
      return new Measured(counted, (long) counted);
    }
    long n = cases.applyAsLong(counts);
    if (n < FEWEST_CASES) {
      return new Measured(null, Math.max(0, n));
    }
    double value =
        unit == Unit.HOURS ? counted : (unit == Unit.PERCENT ? 100.0 : 1.0) * counted / n;
    return new Measured(rounded(value), n);
  }

  private double rounded(double value) {
    double parts =
        unit == Unit.SECONDS ? 1 : unit == Unit.RATIO ? 100 : unit == Unit.HOURS ? 1_000 : 10;
    return Math.round(value * parts) / parts;
  }

  private static ToLongFunction<Counts> of(Count count) {
    return counts -> counts.of(count);
  }
}
