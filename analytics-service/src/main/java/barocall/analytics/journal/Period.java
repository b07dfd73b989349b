package barocall.analytics.journal;

import barocall.analytics.figures.Step;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * A day, a week from Monday, or a month.
 *
 * @param from its first day
 */
record Period(Range range, LocalDate from) {

  /** How long a period is. */
  enum Range {
    DAY,
    WEEK,
    MONTH;

    /** Its name in addresses and messages. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The period that a day lies in. */
  static Period around(LocalDate day, Range range) {
    return new Period(
        range,
        switch (range) {
          case DAY -> day;
          case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case MONTH -> day.withDayOfMonth(1);
        });
  }

  /** The first day after it. */
  LocalDate to() {
    return next().from();
  }

  Period before() {
    return moved(-1);
  }

  Period next() {
    return moved(1);
  }

  private Period moved(int by) {
    return new Period(
        range,
        switch (range) {
          case DAY -> from.plusDays(by);
          case WEEK -> from.plusWeeks(by);
          case MONTH -> from.plusMonths(by);
        });
  }

  /** The step of its course: hours of a day, days of anything longer. */
  Step step() {
    return range == Range.DAY ? Step.HOUR : Step.DAY;
  }
}
