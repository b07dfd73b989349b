package barocall.city;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length as laws give it; what it amounts to depends on the calendar, see {@link LegalClock}.
 *
 * @param amount how many units; 1 for {@link Unit#AT_ONCE}
 */
public record Period(int amount, Unit unit) {
  private static final Pattern WRITTEN =
      Pattern.compile("([1-9][0-9]{0,3}) (working )?(hour|day|week|month|year)s?");

  /** What a period is counted in. */
  public enum Unit {
    /** 즉시. */
    AT_ONCE("즉시", "at once"),
    /** Working hours. */
    HOURS("근무시간", "working hour"),
    /** Days, of which only working days are counted; a few of them run in working hours. */
    DAYS("일", "working day"),
    /** Weeks by the calendar. */
    WEEKS("주", "week"),
    /** Months by the calendar. */
    MONTHS("개월", "month"),
    /** Years by the calendar. */
    YEARS("년", "year");

    private final String ko;
    private final String en;

    Unit(String ko, String en) {
      this.ko = ko;
      this.en = en;
    }
  }

  /** Reads "immediately", "3 hours", "7 days", "2 weeks", "1 month" or "1 year". */
  public static Optional<Period> parse(String text) {
    String written = text.strip().toLowerCase(Locale.ROOT);
    if (written.equals("immediately")) {
      return Optional.of(new Period(1, Unit.AT_ONCE));
    }
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Unit unit = Unit.valueOf(matcher.group(3).toUpperCase(Locale.ROOT) + "S");
    boolean worked = matcher.group(2) != null;
    return worked && unit != Unit.HOURS && unit != Unit.DAYS
        ? Optional.empty()
        : Optional.of(new Period(Integer.parseInt(matcher.group(1)), unit));
  }

  /** The period in words. */
  public Text words() {
    return unit == Unit.AT_ONCE
        ? new Text(unit.ko, unit.en)
        : new Text(amount + unit.ko, amount + " " + unit.en + (amount == 1 ? "" : "s"));
  }
}
