package barocall.analytics.figures;

import barocall.analytics.facts.Booking.Breakdown;
import barocall.analytics.facts.Count;
import barocall.analytics.facts.DurationClass;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;

/**
 * All that was counted in some stretch of time, as far as measures need it.
 *
 * @param whole of all channels
 * @param telephone of the telephone alone
 * @param overdueOpen complaints whose due time lies before the end of that time and that are open
 *     still
 * @param durations how many lasted how long, by {@link DurationClass}; known of whole days only
 */
public record Counts(
    Map<Count, Long> whole,
    Map<Count, Long> telephone,
    long overdueOpen,
    Map<Breakdown, NavigableMap<Integer, Long>> durations) {
  public static final Counts NONE = new Counts(Map.of(), Map.of(), 0);

  private static final String TELEPHONE = "telephone";

  Counts(Map<Count, Long> whole, Map<Count, Long> telephone, long overdueOpen) {
    this(whole, telephone, overdueOpen, Map.of());
  }

  /**
   * Sums rows up.
   *
   * @param whole rows without a breakdown
   * @param channels rows by channel
   */
  public static Counts of(Collection<Row> whole, Collection<Row> channels, long overdueOpen) {
    return new Counts(
        sum(whole),
        sum(channels.stream().filter(row -> TELEPHONE.equals(row.key())).toList()),
        overdueOpen);
  }

  Counts with(Map<Breakdown, NavigableMap<Integer, Long>> durations) {
    return new Counts(whole, telephone, overdueOpen, durations);
  }

  /** How many durations are known. */
  long timed(Breakdown breakdown) {
    return durations.getOrDefault(breakdown, Collections.emptyNavigableMap()).values().stream()
        .mapToLong(it -> it)
        .sum();
  }

  /** In hours, how long that share of them lasted at most; 0 where none is known. */
  double hours(Breakdown breakdown, double share) {
    double needed = share * timed(breakdown);
    long passed = 0;
    for (Map.Entry<Integer, Long> part :
        durations.getOrDefault(breakdown, Collections.emptyNavigableMap()).entrySet()) {
      passed += part.getValue();
      if (passed >= needed) {
        return DurationClass.hours(part.getKey());
      }
    }
    return 0;
  }

  private static Map<Count, Long> sum(Collection<Row> rows) {
    Map<Count, Long> sum = new EnumMap<>(Count.class);
    rows.forEach(
        row -> row.counts().forEach((count, amount) -> sum.merge(count, amount, Long::sum)));
    return sum;
  }

  public long of(Count count) {
    return whole.getOrDefault(count, 0L);
  }

  /** Of calls alone. */
  public long ofCalls(Count count) {
    return telephone.getOrDefault(count, 0L);
  }

  /**
   * Calls offered, less those of which nobody can tell whether they were answered soon: answered
   * after an unknown wait, or of the past. A caller who left after an unknown wait was not answered
   * soon.
   */
  long watchedOffered() {
    return of(Count.OFFERED)
        - (of(Count.ANSWERED) - of(Count.ANSWERED_TIMED))
        - of(Count.ABANDONED_IN_THE_PAST);
  }

  /** Calls that were answered and that an agent settled. */
  long solvedOfAnswered() {
    return ofCalls(Count.SOLVED_BY_AGENT) - of(Count.SOLVED_UNANSWERED);
  }

  /** Of those, the ones about which the same person came back within 7 days. */
  long repeatedOfAnswered() {
    return ofCalls(Count.REPEATED_SOON) - of(Count.REPEATED_UNANSWERED);
  }

  /** Inquiries that did not come by telephone. */
  long written() {
    return of(Count.RECEIVED) - ofCalls(Count.RECEIVED);
  }
}
