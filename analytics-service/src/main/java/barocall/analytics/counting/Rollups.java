package barocall.analytics.counting;

import barocall.analytics.facts.Booking;
import barocall.analytics.facts.Booking.Breakdown;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;

/**
 * Which rollups a booking is added to, and under which path: few and wide, a document for a city's
 * hour with its minutes and breakdowns inside, one for a day, one for a month, one for all times.
 * {@code _id} = city/step/start in UTC, so that a period is a range of ids. Hours, days and months
 * are the city's own; the doubled hour of a clock change is two documents.
 */
public final class Rollups {
  public static final String HOUR = "hour";
  public static final String DAY = "day";
  public static final String MONTH = "month";
  public static final String TOTAL = "total";

  private Rollups() {}

  /**
   * The rollups that a moment belongs to, and the minute inside that of the hour. Worth keeping
   * while many bookings of one moment are told: to write times as text is most of the work.
   */
  record Buckets(String hour, String day, String month, String total, String minute) {
    static Buckets of(String city, Instant at, ZoneId zone) {
      ZonedDateTime local = at.atZone(zone);
      LocalDate day = local.toLocalDate();
      return new Buckets(
          id(city, HOUR, local.truncatedTo(ChronoUnit.HOURS).toInstant()),
          id(city, DAY, day.atStartOfDay(zone).toInstant()),
          id(city, MONTH, day.withDayOfMonth(1).atStartOfDay(zone).toInstant()),
          city + "/" + TOTAL,
          "m." + local.getMinute() + ".");
    }
  }

  /** Tells each rollup's id and the path inside it. */
  static void of(Booking booking, Buckets buckets, BiConsumer<String, String> target) {
    String path = path(booking);
    if (!booking.breakdown().onlyOfDays()) {
      target.accept(buckets.hour(), path);
      target.accept(buckets.hour(), buckets.minute() + path);
    }
    target.accept(buckets.day(), path);
    target.accept(buckets.month(), path);
    target.accept(buckets.total(), path);
  }

  /** The id of the rollup of that step that begins there. */
  public static String id(String city, String step, Instant start) {
    return city + "/" + step + "/" + start.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The start that an id names. */
  public static Instant start(String id) {
    return Instant.parse(id.substring(id.lastIndexOf('/') + 1));
  }

  private static String path(Booking booking) {
    return booking.breakdown() == Breakdown.WHOLE
        ? booking.breakdown().stored() + "." + booking.count().stored()
        : booking.breakdown().stored() + "." + key(booking.row()) + "." + booking.count().stored();
  }

  /**
   * A row's name as a key of a document: dots, dollars and the empty name are written otherwise.
   */
  static String key(String row) {
    return row.isEmpty()
        ? "%"
        : row.replace("%", "%25").replace(".", "%2E").replace("$", "%24").replace("\0", "%00");
  }

  /** The row that such a key names. */
  public static String row(String key) {
    return key.equals("%")
        ? ""
        : key.replace("%00", "\0").replace("%24", "$").replace("%2E", ".").replace("%25", "%");
  }
}
