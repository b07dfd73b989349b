package barocall.analytics.figures;

import barocall.analytics.figures.AgainstTarget.Verdict;
import barocall.analytics.figures.Measure.Unit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * A target as pages show it: a word and, by the class of the badge, a shape.
 *
 * @param verdict {@code met}, {@code missed} or {@code few}
 * @param goal what is wanted, such as {@code 95% 이상}
 * @param met what is said when it is reached, and so on: a page that changes by itself needs all
 */
public record TargetView(String verdict, String goal, String met, String missed, String few) {
  /** What is said now. */
  public String said() {
    return verdict.equals(Verdict.MET.wireName())
        ? met
        : verdict.equals(Verdict.MISSED.wireName()) ? missed : few;
  }

  /** In that language; null where there is no target. */
  public static @Nullable TargetView of(
      @Nullable AgainstTarget against, Unit unit, MessageSource words, Locale locale) {
    if (against == null) {
      return null;
    }
    String goal =
        words.getMessage(
            against.atLeast()
                ? "target.at-least"
                : unit == Unit.SECONDS ? "target.within" : "target.at-most",
            new Object[] {Shown.value(unit, against.value(), locale)},
            locale);
    Object[] with = {goal};
    return new TargetView(
        against.verdict().wireName(),
        goal,
        words.getMessage("target.met", with, locale),
        words.getMessage("target.missed", with, locale),
        words.getMessage("target.few", with, locale));
  }
}
