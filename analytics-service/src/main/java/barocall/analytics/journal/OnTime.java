package barocall.analytics.journal;

import barocall.analytics.facts.Count;
import barocall.analytics.figures.AgainstTarget;
import barocall.analytics.figures.Counts;
import barocall.analytics.figures.Measure;
import barocall.city.City;
import barocall.city.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a department kept the due times of its complaints.
 *
 * @param onTime ended by then
 * @param late ended after
 * @param overdue open after
 * @param rate in percent; null under five cases
 * @param target null where neither the department nor the city has one
 */
record OnTime(
    String department,
    long onTime,
    long late,
    long overdue,
    @Nullable Double rate,
    @Nullable AgainstTarget target) {

  /** Those that had any such complaint, the worst first. */
  static List<OnTime> of(City city, Map<String, Counts> departments) {
    return departments.entrySet().stream()
        .filter(it -> !it.getKey().isEmpty())
        .map(it -> of(city, it.getKey(), it.getValue()))
        .filter(it -> it.onTime + it.late + it.overdue > 0)
        .sorted(
            Comparator.comparing(OnTime::rate, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(OnTime::department))
        .toList();
  }

  private static OnTime of(City city, String department, Counts counts) {
    Double rate = Measure.ON_TIME_RATE.of(counts).value();
    return new OnTime(
        department,
        counts.of(Count.ON_TIME),
        counts.of(Count.LATE),
        counts.overdueOpen(),
        rate,
        city.targets()
            .onTimeOf(department)
            .map(wanted -> AgainstTarget.of(Target.ON_TIME_RATE, wanted, rate))
            .orElse(null));
  }
}
