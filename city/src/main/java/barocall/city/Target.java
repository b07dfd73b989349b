package barocall.city;

import java.util.Arrays;
import java.util.Optional;

/**
 * A figure for which a city may say what it wants to reach. Which value is good is nowhere laid
 * down: each city chooses its own.
 */
public enum Target {
  /** Calls answered, of those offered. */
  RESPONSE_RATE("responseRate", Unit.PERCENT, true),
  /** Calls answered within 20 s, of those offered. */
  SERVICE_LEVEL("serviceLevelAnswered", Unit.PERCENT, true),
  ABANDON_RATE("abandonRate", Unit.PERCENT, false),
  AVERAGE_SPEED_OF_ANSWER("averageSpeedOfAnswer", Unit.SECONDS, false),
  /** The longest that anybody waits at this moment. */
  LONGEST_WAIT("longestWait", Unit.SECONDS, false),
  /** Settled at first contact, and the same person did not come back within 7 days. */
  FIRST_CONTACT_RATE("firstContactRate7Days", Unit.PERCENT, true),
  /** Complaints that ended by their due time; a department may have a target of its own. */
  ON_TIME_RATE("onTimeRate", Unit.PERCENT, true),
  REOPEN_RATE("reopenRate", Unit.PERCENT, false),
  SATISFACTION("satisfaction", Unit.PERCENT, true);

  private final String id;
  private final Unit unit;
  private final boolean atLeast;

  /** What a target is given in. */
  public enum Unit {
    PERCENT,
    SECONDS
  }

  Target(String id, Unit unit, boolean atLeast) {
    this.id = id;
    this.unit = unit;
    this.atLeast = atLeast;
  }

  /** The target of the figure with that id, as it goes over the wire. */
  public static Optional<Target> of(String figure) {
    return Arrays.stream(values()).filter(it -> it.id.equals(figure)).findFirst();
  }

  /** Its key in a city's file, and the figure's id. */
  public String id() {
    return id;
  }

  public Unit unit() {
    return unit;
  }

  /** Whether more is better; else less is. */
  public boolean isAtLeast() {
    return atLeast;
  }

  /** Whether a value is as good as the wanted one; one that is just reached is. */
  public boolean isMet(double value, double wanted) {
    return atLeast ? value >= wanted : value <= wanted;
  }
}
