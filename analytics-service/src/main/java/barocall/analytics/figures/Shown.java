package barocall.analytics.figures;

import barocall.analytics.figures.Measure.Unit;
import java.text.NumberFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a measure's value is written for people; the page's script writes it the same way. */
public final class Shown {
  private static final double NO_FRACTION_FROM = 10;

  private Shown() {}

  /** What is missing is a dash. */
  public static String value(Unit unit, @Nullable Double value, Locale locale) {
    if (value == null) {
      return "–";
    }
    return switch (unit) {
      case COUNT -> number(value, Math.abs(value) < NO_FRACTION_FROM ? 1 : 0, locale);
      case PERCENT -> number(value, 1, locale) + "%";
      case SECONDS -> duration(Math.round(value));
      case HOURS -> hours(value, locale);
      case RATIO -> number(value, 2, locale);
    };
  }

  /** With thousands separators and at most so many decimals. */
  public static String number(double value, int decimals, Locale locale) {
    NumberFormat format =
        NumberFormat.getNumberInstance(
            locale.getLanguage().equals("ko") ? Locale.KOREA : Locale.UK);
    format.setMaximumFractionDigits(decimals);
    return format.format(value);
  }

  /** What is shorter than an hour in minutes. */
  private static String hours(double hours, Locale locale) {
    boolean korean = locale.getLanguage().equals("ko");
    return Math.abs(hours) < 1
        ? number(hours * 60, 0, locale) + (korean ? "분" : " min")
        : number(hours, 1, locale) + (korean ? "시간" : " h");
  }

  /** {@code 2:05} or {@code 1:02:05}. */
  static String duration(long seconds) {
    long hours = seconds / 3600;
    long minutes = seconds / 60 % 60;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", minutes, seconds % 60);
  }

  /**
   * The difference to what is usual, without its sign: of counts in percent of the usual, of rates
   * in points; null where there is nothing to compare.
   */
  public static @Nullable Double difference(
      Unit unit, @Nullable Double value, @Nullable Double usual) {
    if (value == null || usual == null || unit == Unit.COUNT && usual == 0) {
      return null;
    }
    return unit == Unit.COUNT ? 100.0 * (value - usual) / usual : value - usual;
  }

  /** That difference in words such as {@code 12%}, {@code 1.2%p}, {@code 0:05}. */
  public static String difference(Unit unit, double difference, Locale locale) {
    double size = Math.abs(difference);
    return switch (unit) {
      case COUNT -> number(size, 0, locale) + "%";
      case PERCENT -> number(size, 1, locale) + (locale.getLanguage().equals("ko") ? "%p" : " pts");
      case SECONDS -> duration(Math.round(size));
      case HOURS -> hours(size, locale);
      case RATIO -> number(size, 2, locale);
    };
  }

  /** {@code up}, {@code down} or {@code same}, as the difference is written. */
  public static String direction(Unit unit, double difference) {
    double least =
        switch (unit) {
          case PERCENT -> 0.05;
          case RATIO -> 0.005;
          case HOURS -> 0.5 / 60;
          case COUNT, SECONDS -> 0.5;
        };
    return Math.abs(difference) < least ? "same" : difference > 0 ? "up" : "down";
  }
}
