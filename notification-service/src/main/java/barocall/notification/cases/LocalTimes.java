package barocall.notification.cases;

import barocall.city.City;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** Times as letters write them: on the city's clock and in its language. */
public final class LocalTimes {
  private static final LocalTime END_OF_DAY = LocalTime.of(23, 59);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter ENGLISH =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);

  private LocalTimes() {}

  /** {@code 2026. 1. 5.(월) 14:05}, or {@code Mon 5 Jan 2026 14:05}. */
  public static String at(Instant at, City city) {
    ZonedDateTime local = at.atZone(city.timeZone());
    return date(local, city) + " " + CLOCK.format(local);
  }

  /** By when: only the day where the whole day counts. */
  public static String by(Instant due, City city) {
    ZonedDateTime local = due.atZone(city.timeZone());
    return local.toLocalTime().isBefore(END_OF_DAY) ? at(due, city) : date(local, city);
  }

  private static String date(ZonedDateTime local, City city) {
    return isKorean(city)
        ? "%d. %d. %d.(%s)"
            .formatted(
                local.getYear(),
                local.getMonthValue(),
                local.getDayOfMonth(),
                local.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.KOREAN))
        : ENGLISH.format(local);
  }

  /** Whether letters of this city are in Korean; all others are in English. */
  public static boolean isKorean(City city) {
    return city.language().getLanguage().equals("ko");
  }
}
