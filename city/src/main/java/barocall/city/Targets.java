package barocall.city;

import java.util.Map;
import java.util.Optional;

/**
 * What a city wants its figures to reach.
 *
 * @param wanted in percent or seconds; what is absent has no target
 * @param onTimeByDepartment in percent, for departments that are not held to the city's own
 */
public record Targets(Map<Target, Double> wanted, Map<String, Double> onTimeByDepartment) {
  public static final Targets NONE = new Targets(Map.of(), Map.of());

  public Targets {
    wanted = Map.copyOf(wanted);
    onTimeByDepartment = Map.copyOf(onTimeByDepartment);
  }

  /** What that figure should reach; empty where the city has not said. */
  public Optional<Double> of(Target target) {
    return Optional.ofNullable(wanted.get(target));
  }

  /** What share of its complaints a department should end on time, in percent. */
  public Optional<Double> onTimeOf(String department) {
    return Optional.ofNullable(onTimeByDepartment.get(department))
        .or(() -> of(Target.ON_TIME_RATE));
  }
}
