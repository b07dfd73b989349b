package barocall.intake.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of the lines.
 *
 * @param repeated lines that intake remembers as they are
 * @param rejected the first lines that could not be taken, and why
 * @param rejectedTotal how many those were, also beyond the ones listed
 * @param takenAsNow the first accepted lines of which times lay too far ahead of the clock, and
 *     which times
 */
record HistoryResult(
    long accepted,
    long repeated,
    List<Rejected> rejected,
    long rejectedTotal,
    List<TakenAsNow> takenAsNow) {
  private static final int LISTED = 10_000;

  static final HistoryResult NONE = new HistoryResult(0, 0, List.of(), 0, List.of());

  /** A line that could not be taken. */
  record Rejected(long line, String reason) {}

  /** A line with times in the future, which were taken as now. */
  record TakenAsNow(long line, List<String> fields) {}

  HistoryResult plus(HistoryResult more) {
    return new HistoryResult(
        accepted + more.accepted,
        repeated + more.repeated,
        listed(rejected, more.rejected),
        rejectedTotal + more.rejectedTotal,
        listed(takenAsNow, more.takenAsNow));
  }

  private static <T> List<T> listed(List<T> first, List<T> more) {
    if (more.isEmpty() || first.size() >= LISTED) {
      return first;
    }
    List<T> all = new ArrayList<>(first);
    all.addAll(more.subList(0, Math.min(more.size(), LISTED - all.size())));
    return all;
  }
}
