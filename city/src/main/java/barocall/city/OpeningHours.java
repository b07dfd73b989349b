package barocall.city;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * When the call centre takes calls. Not the hours in which legal periods run: see {@link
 * WorkingTime}.
 *
 * @param onHolidays true if the centre keeps these hours on holidays as well
 */
public record OpeningHours(Map<DayOfWeek, List<TimeRange>> week, boolean onHolidays) {
  private static final int A_YEAR_AND_MORE = 400;

  public OpeningHours {
    week = Map.copyOf(week);
  }

  boolean isOpen(LocalDateTime at, HolidayCalendar holidays) {
    return of(at.toLocalDate(), holidays).stream().anyMatch(it -> it.contains(at.toLocalTime()));
  }

  /** The hours of one day; empty when the centre is closed all day. */
  public List<TimeRange> of(LocalDate date, HolidayCalendar holidays) {
    return !onHolidays && holidays.isHoliday(date)
        ? List.of()
        : week.getOrDefault(date.getDayOfWeek(), List.of());
  }

  /** Whether the centre never closes. */
  public boolean neverCloses() {
    return onHolidays
        && List.of(DayOfWeek.values()).stream()
            .allMatch(
                day ->
                    week.getOrDefault(day, List.of()).stream()
                        .anyMatch(it -> it.from().equals(LocalTime.MIDNIGHT) && it.endsWithDay()));
  }

  ZonedDateTime nextOpening(ZonedDateTime at, HolidayCalendar holidays) {
    if (isOpen(at.toLocalDateTime(), holidays)) {
      return at;
    }
    for (int days = 0; days < A_YEAR_AND_MORE; days++) {
      LocalDate date = at.toLocalDate().plusDays(days);
      var opening =
          of(date, holidays).stream()
              .map(range -> date.atTime(range.from()).atZone(at.getZone()))
              .filter(it -> it.isAfter(at))
              .min(Comparator.naturalOrder());
      if (opening.isPresent()) {
        return opening.get();
      }
    }
    throw new IllegalStateException("The call centre never opens in the year after " + at);
  }
}
