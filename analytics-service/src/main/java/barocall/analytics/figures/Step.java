package barocall.analytics.figures;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The length of the buckets that rows are asked for in; hours, days and months are the city's own.
 */
public enum Step {
  MINUTE,
  HOUR,
  DAY,
  MONTH;

  /** Its name in questions and messages. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its rows come from the rollups of hours, else from those of days. */
  boolean readsHours() {
    return this == MINUTE || this == HOUR;
  }

  /** The start of the first rollup that can have something from a moment on. */
  Instant bucketStart(Instant from, ZoneId zone) {
    return readsHours() ? from.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant() : from;
  }

  /** The bucket that a rollup's start lies in. */
  ZonedDateTime bucket(ZonedDateTime start, ZoneId zone) {
    return this == MONTH
        ? start.toLocalDate().withDayOfMonth(1).atStartOfDay(zone)
        : start.truncatedTo(readsHours() ? ChronoUnit.HOURS : ChronoUnit.DAYS);
  }
}
