package barocall.traffic;

import barocall.city.City;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How many calls a city's centre had on each day: the published totals of its years spread over
 * their days by weekday, month, holiday and storm, or the published means where there is no total.
 * Pure: the same seed gives the same days, and the days of a year with a total add up to it.
 */
final class PastCalls {

  /** Of a hundred days, those on which the weather makes people call. */
  private static final int STORMY = 2;

  /** Gyeongju: about 610 calls on a day of storm or snow against 500. */
  private static final double STORM = 1.22;

  /** No day is quite like another. */
  private static final double SCATTER = 0.05;

  private final City city;
  private final DemoScript script;
  private final DemoScript.Load load;
  private final long seed;
  private final Map<DemoScript.Year, int[]> years = new HashMap<>();

  PastCalls(City city, DemoScript script, long seed) {
    this.city = city;
    this.script = script;
    this.load = script.cities().get(city.id());
    this.seed = seed;
  }

  /** The calls of one day; none when the centre is closed. */
  int on(LocalDate date) {
    Optional<DemoScript.Year> year =
        load.years().stream()
            .filter(it -> !date.isBefore(it.begins()) && date.isBefore(it.ends()))
            .findFirst();
    return year.isPresent()
        ? years
            .computeIfAbsent(year.get(), this::spread)[
            (int) ChronoUnit.DAYS.between(year.get().begins(), date)]
        : (int) Math.round(weight(date));
  }

  private int[] spread(DemoScript.Year year) {
    int days = (int) ChronoUnit.DAYS.between(year.begins(), year.ends());
    double[] until = new double[days + 1];
    for (int day = 0; day < days; day++) {
      until[day + 1] = until[day] + weight(year.begins().plusDays(day));
    }
    int[] calls = new int[days];
    long before = 0;
    for (int day = 0; day < days; day++) {
      long now = Math.round(year.calls() * until[day + 1] / until[days]);
      calls[day] = (int) (now - before);
      before = now;
    }
    return calls;
  }

  private double weight(LocalDate date) {
    if (city.hours().of(date, city.holidays()).isEmpty()) {
      return 0;
    }
    DayOfWeek as = city.holidays().isHoliday(date) ? DayOfWeek.SUNDAY : date.getDayOfWeek();
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + date.toEpochDay());
    double storm = random.nextInt(100) < STORMY ? STORM : 1;
    double scatter = 1 + SCATTER * (2 * random.nextDouble() - 1);
    return load.callsOn(as) * script.load(date.getMonth()) * storm * scatter;
  }
}
