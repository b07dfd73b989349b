package barocall.analytics.counting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the records of a batch add to one rollup. */
final class Amounts {
  private final List<Amount> amounts = new ArrayList<>();
  private long last = -1;

  private record Amount(long offset, String path, long amount) {}

  void add(long offset, String path, long amount) {
    amounts.add(new Amount(offset, path, amount));
    last = Math.max(last, offset);
  }

  /** The last record that adds something. */
  long last() {
    return last;
  }

  /** What the records behind that offset add, by path; what comes to nothing is left out. */
  Map<String, Long> behind(long offset) {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (Amount each : amounts) {
      if (each.offset() > offset) {
        sums.merge(each.path(), each.amount(), Long::sum);
      }
    }
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }
}
