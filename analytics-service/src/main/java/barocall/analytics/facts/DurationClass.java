package barocall.analytics.facts;

import java.time.Duration;

/**
 * Classes of durations, each a tenth wider than the one before, so that medians and percentiles can
 * be told from counts to within five per cent, of a minute as of a year.
 */
public final class DurationClass {
  private static final double GROWTH = 1.1;
  private static final double SECONDS_OF_FIRST = 60;
  private static final int LAST = 160;

  private DurationClass() {}

  /** 0 is less than a minute; the last one is open. */
  public static int of(Duration duration) {
    double firsts = duration.toSeconds() / SECONDS_OF_FIRST;
    return firsts < 1 ? 0 : Math.min(LAST, 1 + (int) (Math.log(firsts) / Math.log(GROWTH)));
  }

  /** The middle of a class in hours. */
  public static double hours(int durationClass) {
    double firsts = durationClass == 0 ? 0.5 : Math.pow(GROWTH, durationClass - 0.5);
    return firsts * SECONDS_OF_FIRST / Duration.ofHours(1).toSeconds();
  }
}
