package barocall.city;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the stretches of a count; neighbours that say the same become one. */
final class Trace {
  private final City city;
  private final List<Stretch> stretches = new ArrayList<>();
  private @Nullable LocalDate firstUnknown;

  Trace(City city) {
    this.city = city;
  }

  void add(Instant from, Instant to, Stretch.Kind kind, Text why, String clause) {
    if (!from.isBefore(to)) {
      return;
    }
    Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
    Stretch next = new Stretch(from, to, kind, why, clause);
    if (last != null && last.equals(new Stretch(last.from(), from, kind, why, clause))) {
      stretches.set(stretches.size() - 1, new Stretch(last.from(), to, kind, why, clause));
    } else {
      stretches.add(next);
    }
  }

  void passing(LocalDate day) {
    if (firstUnknown == null && !city.holidays().covers(day)) {
      firstUnknown = day;
    }
  }

  /** Forgets what was counted after that moment, for a count that begins anew there. */
  void cutAt(Instant moment) {
    stretches.removeIf(it -> !it.from().isBefore(moment));
    if (!stretches.isEmpty()) {
      Stretch last = stretches.remove(stretches.size() - 1);
      Instant to = last.to().isAfter(moment) ? moment : last.to();
      stretches.add(new Stretch(last.from(), to, last.kind(), last.why(), last.clause()));
    }
  }

  List<Stretch> until(Instant dueAt) {
    List<Stretch> all = new ArrayList<>(stretches);
    if (firstUnknown != null) {
      Instant from = firstUnknown.atStartOfDay(city.timeZone()).toInstant();
      HolidayCalendar known = city.holidays();
      all.add(
          new Stretch(
              from,
              from.isBefore(dueAt) ? dueAt : from,
              Stretch.Kind.BEYOND_CALENDAR,
              new Text(
                  "공휴일 자료는 %s부터 %s까지만 있어 그 밖은 주말만 뺐습니다".formatted(known.from(), known.to()),
                  "holidays are known from %s to %s only; outside, only weekends are skipped"
                      .formatted(known.from(), known.to())),
              ""));
    }
    return all;
  }
}
