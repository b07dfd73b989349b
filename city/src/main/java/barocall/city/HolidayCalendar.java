package barocall.city;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The holidays of a stretch of years. Dates are data, never computed, because governments add some
 * by decree and others follow the moon.
 *
 * @param from first day that the calendar knows
 * @param to last day that the calendar knows; later days are no holidays as far as anyone can tell
 */
public record HolidayCalendar(LocalDate from, LocalDate to, Map<LocalDate, List<Holiday>> days) {

  public HolidayCalendar {
    days = Map.copyOf(days);
  }

  static HolidayCalendar of(LocalDate from, LocalDate to, List<Holiday> holidays) {
    return new HolidayCalendar(
        from,
        to,
        holidays.stream()
            .collect(Collectors.groupingBy(Holiday::date, Collectors.toUnmodifiableList())));
  }

  HolidayCalendar with(List<Holiday> more) {
    List<Holiday> all = new ArrayList<>(holidays());
    all.addAll(more);
    return of(from, to, all);
  }

  /** All holidays in order of time. */
  public List<Holiday> holidays() {
    return days.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Holiday::date))
        .toList();
  }

  /** Whether a holiday falls on the day; false on days that the calendar does not cover. */
  public boolean isHoliday(LocalDate date) {
    return days.containsKey(date);
  }

  /** What is celebrated on the day; two holidays on one day are named together. */
  public Optional<Text> nameOf(LocalDate date) {
    return Optional.ofNullable(days.get(date))
        .map(
            those ->
                new Text(
                    those.stream().map(it -> it.name().ko()).collect(Collectors.joining(" · ")),
                    those.stream().map(it -> it.name().en()).collect(Collectors.joining(", "))));
  }

  /** Whether the calendar knows the day. */
  public boolean covers(LocalDate date) {
    return !date.isBefore(from) && !date.isAfter(to);
  }
}
