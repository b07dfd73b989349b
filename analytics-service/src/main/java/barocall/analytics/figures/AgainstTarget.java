package barocall.analytics.figures;

import barocall.city.Target;
import barocall.city.Targets;
import org.jspecify.annotations.Nullable;

/**
 * How a figure stands to what the city wants of it. A value is judged as it is shown, with its
 * decimals: whoever reads 95% beside a target of 95% sees it reached.
 *
 * @param value in percent or seconds
 * @param atLeast whether more is better; else less is
 */
public record AgainstTarget(double value, boolean atLeast, Verdict verdict) {
  /** What can be said of it. */
  public enum Verdict {
    MET("met"),
    MISSED("missed"),
    /** Fewer than five cases say nothing. */
    FEW("few");

    private final String wireName;

    Verdict(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /** Null where the city wants nothing of that figure. */
  public static @Nullable AgainstTarget of(
      Targets targets, Measure measure, @Nullable Double value) {
    return Target.of(measure.id())
        .flatMap(target -> targets.of(target).map(wanted -> of(target, wanted, value)))
        .orElse(null);
  }

  /**
   * Judges a value.
   *
   * @param value null where it rests on fewer than five cases
   */
  public static AgainstTarget of(Target target, double wanted, @Nullable Double value) {
    return new AgainstTarget(
        wanted,
        target.isAtLeast(),
        value == null ? Verdict.FEW : target.isMet(value, wanted) ? Verdict.MET : Verdict.MISSED);
  }
}
