package barocall.intake.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of the lines.
 *
 * @param repeated lines that intake remembers as they are
 * @param rejected the first lines that could not be taken, and why
 * @param rejectedTotal how many those were, also beyond the ones listed
 */
record HistoryResult(long accepted, long repeated, List<Rejected> rejected, long rejectedTotal) {
  private static final int LISTED = 10_000;

  static final HistoryResult NONE = new HistoryResult(0, 0, List.of(), 0);

  /** A line that could not be taken. */
  record Rejected(long line, String reason) {}

  HistoryResult plus(HistoryResult more) {
    List<Rejected> all = rejected;
    if (!more.rejected.isEmpty() && rejected.size() < LISTED) {
      all = new ArrayList<>(rejected);
      all.addAll(more.rejected.subList(0, Math.min(more.rejected.size(), LISTED - all.size())));
    }
    return new HistoryResult(
        accepted + more.accepted,
        repeated + more.repeated,
        all,
        rejectedTotal + more.rejectedTotal);
  }
}
