package barocall.city;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A city's working time, added up once for each year, so that a stretch of ten years costs no more
 * than one of a day. Says the same as {@link LegalClock#workingTimeBetween}, for who asks often.
 */
public final class WorkingDays {
  private final City city;
  private final Timeline timeline;
  private final Map<Integer, long[]> years = new ConcurrentHashMap<>();

  public WorkingDays(City city) {
    this.city = city;
    this.timeline = new Timeline(city, List.of());
  }

  /** The working time between two moments; zero if the second is not after the first. */
  public Duration between(Instant from, Instant to) {
    if (!to.isAfter(from)) {
      return Duration.ZERO;
    }
    Duration time = sinceNewYear(to).minus(sinceNewYear(from));
    int last = city.localDate(to).getYear();
    for (int year = city.localDate(from).getYear(); year < last; year++) {
      long[] days = secondsBefore(year);
      time = time.plusSeconds(days[days.length - 1]);
    }
    return time;
  }

  private Duration sinceNewYear(Instant at) {
    LocalDate day = city.localDate(at);
    Duration time = Duration.ofSeconds(secondsBefore(day.getYear())[day.getDayOfYear() - 1]);
    for (Timeline.Piece piece : timeline.pieces(day)) {
      if (piece.running() && piece.from().isBefore(at)) {
        Instant end = piece.to().isBefore(at) ? piece.to() : at;
        time = time.plus(Duration.between(piece.from(), end));
      }
    }
    return time;
  }

  /** By day of the year, from 0, the working seconds of the days before it; last, of the year. */
  private long[] secondsBefore(int year) {
    return years.computeIfAbsent(
        year,
        its -> {
          int length = Year.of(its).length();
          long[] before = new long[length + 1];
          for (int day = 1; day <= length; day++) {
            long seconds = 0;
            for (Timeline.Piece piece : timeline.pieces(LocalDate.ofYearDay(its, day))) {
              if (piece.running()) {
                seconds += Duration.between(piece.from(), piece.to()).toSeconds();
              }
            }
            before[day] = before[day - 1] + seconds;
          }
          return before;
        });
  }
}
