package barocall.analytics.facts;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * How a city's time runs, as far as figures need it.
 *
 * @param zone of its hours, days and months
 * @param workingTime the working time between two moments; zero if the second is not after the
 *     first
 */
public record CityTime(ZoneId zone, WorkingTime workingTime) {

  /** Measures working time. */
  @FunctionalInterface
  public interface WorkingTime {
    Duration between(Instant from, Instant to);
  }

  /** Of a city whose offices never close. */
  public static CityTime roundTheClock(ZoneId zone) {
    return new CityTime(
        zone, (from, to) -> to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO);
  }
}
