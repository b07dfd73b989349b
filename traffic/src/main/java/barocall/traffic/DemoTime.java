package barocall.traffic;

import barocall.city.City;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;

/**
 * Where a demonstration stands in the week: at the city's own time while its centre is open, at a
 * busy hour of a Monday when it is closed.
 */
record DemoTime(DayOfWeek day, LocalTime time) {

  private static final DemoTime BUSY = new DemoTime(DayOfWeek.MONDAY, LocalTime.of(10, 0));

  static DemoTime at(City city, DemoScript.Load load, Instant now) {
    ZonedDateTime local = now.atZone(city.timeZone());
    return city.isOpen(now) && load.callsOn(local.getDayOfWeek()) > 0
        ? new DemoTime(local.getDayOfWeek(), local.toLocalTime())
        : BUSY;
  }

  Duration sinceMidnight() {
    return Duration.ofNanos(time.toNanoOfDay());
  }

  /** The next day on which there are calls, at its beginning. */
  DemoTime next(DemoScript script, DemoScript.Load load) {
    DayOfWeek next = day.plus(1);
    while (load.callsOn(next) == 0) {
      next = next.plus(1);
    }
    return new DemoTime(next, script.hours().get(0).from());
  }
}
