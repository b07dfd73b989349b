package barocall.analytics.live;

import barocall.analytics.facts.Count;
import barocall.analytics.figures.Row;
import barocall.analytics.live.Picture.Slot;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Today by ten minutes over the band of the usual days. */
final class Curve {
  private static final int SLOT_MINUTES = 10;
  private static final int SLOTS_OF_A_DAY = 24 * 60 / SLOT_MINUTES;

  private Curve() {}

  /**
   * The slots from the first to the last that has anything today or on a usual day, without gaps.
   *
   * @param today rows by minute
   * @param usual the same of each usual day
   * @param now slots that begin later have no figures of today
   */
  static List<Slot> of(List<Row> today, List<List<Row>> usual, LocalTime now) {
    TreeMap<Integer, Row> todays = slots(today);
    List<TreeMap<Integer, Row>> days = usual.stream().map(Curve::slots).toList();
    TreeSet<Integer> all = new TreeSet<>(todays.keySet());
    days.forEach(day -> all.addAll(day.keySet()));
    if (all.isEmpty()) {
      return List.of();
    }
    int last = Math.min(SLOTS_OF_A_DAY - 1, Math.max(all.last(), slot(now)));
    List<Slot> curve = new ArrayList<>();
    for (int slot = all.first(); slot <= last; slot++) {
      boolean begun = slot <= slot(now);
      int at = slot;
      curve.add(
          new Slot(
              LocalTime.MIN.plusMinutes((long) slot * SLOT_MINUTES).toString(),
              begun
                  ? Optional.ofNullable(todays.get(slot))
                      .map(it -> it.count(Count.RECEIVED))
                      .orElse(0L)
                  : null,
              begun
                  ? Optional.ofNullable(todays.get(slot))
                      .map(it -> it.count(Count.ANSWERED))
                      .orElse(0L)
                  : null,
              days.stream().map(day -> received(day, at)).min(Long::compare).orElse(null),
              days.stream().map(day -> received(day, at)).max(Long::compare).orElse(null)));
    }
    return curve;
  }

  private static int slot(LocalTime time) {
    return (time.getHour() * 60 + time.getMinute()) / SLOT_MINUTES;
  }

  private static TreeMap<Integer, Row> slots(List<Row> minutes) {
    TreeMap<Integer, Row> slots = new TreeMap<>();
    for (Row row : minutes) {
      if (row.count(Count.RECEIVED) == 0 && row.count(Count.ANSWERED) == 0) {
        continue;
      }
      Row sum =
          slots.computeIfAbsent(slot(row.from().toLocalTime()), it -> new Row(row.from(), null));
      row.counts().forEach(sum::add);
    }
    return slots;
  }

  private static long received(Map<Integer, Row> day, int slot) {
    @Nullable Row row = day.get(slot);
    return row == null ? 0 : row.count(Count.RECEIVED);
  }
}
