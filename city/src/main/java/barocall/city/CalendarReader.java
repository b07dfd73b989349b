package barocall.city;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file of holidays. */
final class CalendarReader {
  private CalendarReader() {}

  static HolidayCalendar read(Section top) {
    LocalDate from = top.date("from");
    LocalDate to = top.date("to");
    LocalDate first = from == null ? LocalDate.MIN : from;
    LocalDate last = to == null ? LocalDate.MAX : to;
    if (last.isBefore(first)) {
      top.problem(
          top.line("to"),
          "The calendar ends before it begins",
          "Put \"from\" and \"to\" the right way round.");
    }
    List<Section.Line<Holiday>> lines = top.list("holidays", (section, title) -> holiday(section));
    Set<LocalDate> dates = new HashSet<>();
    lines.forEach(it -> dates.add(it.value().date()));
    Set<String> seen = new HashSet<>();
    List<Holiday> holidays = new ArrayList<>();
    for (Section.Line<Holiday> each : lines) {
      Holiday holiday = each.value();
      holidays.add(holiday);
      if (holiday.date().isBefore(first) || holiday.date().isAfter(last)) {
        top.problem(
            each.line(),
            "%s lies outside the calendar".formatted(holiday.date()),
            "Move \"from\" or \"to\", or put the date right.");
      }
      if (!seen.add(holiday.date() + holiday.name().ko())) {
        top.problem(
            each.line(),
            "%s on %s stands twice".formatted(holiday.name().ko(), holiday.date()),
            "Keep one of them.");
      }
      if (holiday.substituteFor() != null && !dates.contains(holiday.substituteFor())) {
        top.problem(
            each.line(),
            "%s stands in for %s, which is no holiday"
                .formatted(holiday.date(), holiday.substituteFor()),
            "Put \"substituteFor\" right, or add that holiday.");
      }
    }
    top.finish();
    return HolidayCalendar.of(first, last, holidays);
  }

  static @Nullable Holiday holiday(Section section) {
    LocalDate date = section.date("date");
    Text name = section.bilingual("name");
    LocalDate substituteFor = section.has("substituteFor") ? section.date("substituteFor") : null;
    return date == null ? null : new Holiday(date, name, substituteFor);
  }
}
