package barocall.city;

import java.time.Instant;
import java.util.List;

/**
 * A due time that can say how it came about.
 *
 * @param dueAt the last moment; a period in days ends at 23:59:59 unless the city reads it
 *     otherwise
 * @param staffLimit the end of working time on that day: until when an officer can act
 * @param clause where the period and the way of counting are written
 * @param reason the counting in one sentence
 * @param trace each stretch of time that was counted or skipped, in order
 */
public record Due(
    Instant dueAt, Instant staffLimit, String clause, Text reason, List<Stretch> trace) {

  public Due {
    trace = List.copyOf(trace);
  }

  /** Whether days were counted of which the city's holiday calendar knows nothing yet. */
  public boolean passesCalendar() {
    return trace.stream().anyMatch(it -> it.kind() == Stretch.Kind.BEYOND_CALENDAR);
  }
}
