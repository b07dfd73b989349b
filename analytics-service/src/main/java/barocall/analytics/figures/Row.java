package barocall.analytics.figures;

import barocall.analytics.facts.Count;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One bucket of one row of a breakdown.
 *
 * @param key the channel, category, department or agent; null for the whole, empty where the event
 *     named none
 */
public record Row(OffsetDateTime from, @Nullable String key, Map<Count, Long> counts) {
  public Row(OffsetDateTime from, @Nullable String key) {
    this(from, key, new EnumMap<>(Count.class));
  }

  public long count(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  public void add(Count count, long amount) {
    counts.merge(count, amount, Long::sum);
  }

  boolean isEmpty() {
    return counts.values().stream().allMatch(amount -> amount == 0);
  }
}
