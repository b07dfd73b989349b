package barocall.notification.reminders;

import barocall.city.City;
import barocall.city.LegalClock;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Reminder;
import barocall.notification.cases.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.Optional;

/**
 * When a department is reminded: once before the due time, then, while the complaint is overdue, at
 * once and again on each working day (독촉장, 민원 처리에 관한 법률 시행령 제22조). Knows no clock.
 *
 * @param before the reminder comes when so much working time is left, or
 * @param shareLeft when that share of all working time is left, whichever is later: a period of
 *     hours would else be reminded of at its beginning
 * @param mostChasers after so many it is left to people
 */
record ReminderPlan(Duration before, double shareLeft, int mostChasers) {
  ReminderPlan {
    if (before.isNegative() || shareLeft < 0 || shareLeft > 1 || mostChasers < 0) {
      throw new IllegalArgumentException(
          "barocall.reminders: before and most-chasers must not be negative, share-left between 0"
              + " and 1.");
    }
  }

  /** What comes next and when; the time may have passed. */
  record Next(Instant at, Reminder kind, int number) {}

  /** What comes next; empty if nothing has to be done any more, or it has no due time. */
  Optional<Next> next(Standing standing, City city, Instant now) {
    Instant due = standing.escalation().dueAt();
    if (due == null || !standing.isOpen()) {
      return Optional.empty();
    }
    int chasers = standing.count(Reminder.CHASER);
    if (chasers == 0 && standing.count(Reminder.REMINDER) == 0 && now.isBefore(due)) {
      Instant at = reminderAt(standing.escalation().at(), due, city);
      if (at.isAfter(standing.escalation().at())) {
        return Optional.of(new Next(at, Reminder.REMINDER, 1));
      }
    }
    if (chasers >= mostChasers) {
      return Optional.empty();
    }
    Instant at =
        standing.reminded().stream()
            .filter(it -> it.reminder() == Reminder.CHASER)
            .map(ComplaintReminded::at)
            .max(Comparator.naturalOrder())
            .map(last -> nextWorkingDay(last, city))
            .orElse(due);
    return Optional.of(new Next(at, Reminder.CHASER, chasers + 1));
  }

  private Instant reminderAt(Instant from, Instant due, City city) {
    Duration whole = LegalClock.workingTimeBetween(from, due, city);
    Duration share = Duration.ofSeconds(Math.round(whole.toSeconds() * shareLeft));
    return LegalClock.workingTimeBefore(due, share.compareTo(before) < 0 ? share : before, city);
  }

  private static Instant nextWorkingDay(Instant after, City city) {
    LocalDate day = city.localDate(after).plusDays(1);
    while (!city.workingTime().isWorkingDay(day, city.holidays())) {
      day = day.plusDays(1);
    }
    LocalTime start = city.workingTime().ranges().get(0).from();
    return day.atTime(start).atZone(city.timeZone()).toInstant();
  }
}
