package barocall.city;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * The hours of the administration, in which legal periods run; lunch is the gap between two ranges
 * (지방공무원 복무규정 제2조).
 *
 * @param ranges of one working day, in order and without overlap
 */
public record WorkingTime(Set<DayOfWeek> days, List<TimeRange> ranges) {

  public WorkingTime {
    days = Set.copyOf(days);
    ranges = List.copyOf(ranges);
  }

  /** Whether the administration works on the day. */
  public boolean isWorkingDay(LocalDate date, HolidayCalendar holidays) {
    return days.contains(date.getDayOfWeek()) && !holidays.isHoliday(date);
  }

  TimeRange last() {
    return ranges.get(ranges.size() - 1);
  }
}
