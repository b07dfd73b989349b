package barocall.city;

import java.time.Instant;

/**
 * A stretch of time on the way to a due time.
 *
 * @param to the stretch ends before this moment
 * @param clause where it is written that this stretch counts, or does not
 */
public record Stretch(Instant from, Instant to, Kind kind, Text why, String clause) {

  /** What a stretch does to the period. */
  public enum Kind {
    /** It uses up the period. */
    COUNTED,
    /** The clock stands still. */
    SKIPPED,
    /** From here on no holiday is known, so only weekends are skipped. */
    BEYOND_CALENDAR
  }
}
