package barocall.analytics.journal;

import barocall.analytics.facts.Count;
import barocall.analytics.figures.Counts;
import barocall.analytics.figures.Row;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What was counted in a period and in the one before.
 *
 * @param course rows of the period by hour or day
 * @param parts the breakdown, the busiest first
 * @param kept what agents kept from each department
 * @param departments what was counted of each department's complaints
 */
record Journal(
    Counts now,
    Counts before,
    List<Row> course,
    List<Part> parts,
    SortedMap<String, Long> kept,
    SortedMap<String, Counts> departments) {

  /**
   * A row of the breakdown, summed over each period.
   *
   * @param key empty where the events named none
   */
  record Part(String key, Row now, Row before) {}

  /** Sums the breakdown's rows up by key. */
  static List<Part> parts(List<Row> now, List<Row> before) {
    Map<String, Row> sums = sums(now);
    Map<String, Row> earlier = sums(before);
    Map<String, Part> parts = new LinkedHashMap<>();
    sums.forEach((key, sum) -> parts.put(key, new Part(key, sum, row(earlier.get(key), key))));
    earlier.forEach((key, sum) -> parts.putIfAbsent(key, new Part(key, row(null, key), sum)));
    return parts.values().stream()
        .sorted(
            Comparator.comparingLong((Part part) -> size(part.now()))
                .thenComparingLong(part -> size(part.before()))
                .reversed()
                .thenComparing(Part::key))
        .toList();
  }

  private static long size(Row row) {
    return row.count(Count.RECEIVED) + row.count(Count.ESCALATED) + row.count(Count.RESOLVED);
  }

  private static Map<String, Row> sums(List<Row> rows) {
    Map<String, Row> sums = new LinkedHashMap<>();
    for (Row row : rows) {
      String key = row.key() == null ? "" : row.key();
      Row sum = sums.computeIfAbsent(key, it -> row(null, it));
      row.counts().forEach(sum::add);
    }
    return sums;
  }

  private static Row row(@Nullable Row row, String key) {
    return row != null ? row : new Row(OffsetDateTime.MIN, key);
  }
}
