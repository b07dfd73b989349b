package barocall.city;

import java.time.LocalTime;

/**
 * A stretch of a day: {@code from} belongs to it, {@code to} does not.
 *
 * @param to midnight means the end of the day, 24:00
 */
public record TimeRange(LocalTime from, LocalTime to) {

  /** Whether the time of day lies in this stretch. */
  public boolean contains(LocalTime time) {
    return !time.isBefore(from) && (endsWithDay() || time.isBefore(to));
  }

  /** Whether the stretch runs until midnight. */
  public boolean endsWithDay() {
    return to.equals(LocalTime.MIDNIGHT);
  }

  boolean isEmpty() {
    return !endsWithDay() && !from.isBefore(to);
  }
}
