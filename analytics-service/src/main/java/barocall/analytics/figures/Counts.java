package barocall.analytics.figures;

import barocall.analytics.facts.Count;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * All that was counted in some stretch of time, as far as measures need it.
 *
 * @param whole of all channels
 * @param telephone of the telephone alone
 * @param overdueOpen complaints whose due time lies before the end of that time and that are open
 *     still
 */
public record Counts(Map<Count, Long> whole, Map<Count, Long> telephone, long overdueOpen) {
  public static final Counts NONE = new Counts(Map.of(), Map.of(), 0);

  private static final String TELEPHONE = "telephone";

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

  /** Inquiries that did not come by telephone. */
  long written() {
    return of(Count.RECEIVED) - ofCalls(Count.RECEIVED);
  }
}
