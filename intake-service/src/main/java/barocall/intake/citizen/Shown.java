package barocall.intake.citizen;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time as people read it, and as scripts read it.
 *
 * @param iso with its offset
 * @param words {@code 2026. 1. 5.(월) 14:05}
 */
public record Shown(String iso, String words) {
  private static final DateTimeFormatter KOREAN =
      DateTimeFormatter.ofPattern("yyyy. M. d.(E) HH:mm", Locale.KOREAN);
  private static final DateTimeFormatter ENGLISH =
      DateTimeFormatter.ofPattern("E d MMM yyyy HH:mm", Locale.ENGLISH);

  /** A moment by the clock of a zone. */
  public static Shown of(Instant at, ZoneId zone, Locale locale) {
    var local = at.atZone(zone);
    return new Shown(
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local),
        (isKorean(locale) ? KOREAN : ENGLISH).format(local));
  }

  private static boolean isKorean(Locale locale) {
    return locale.getLanguage().equals("ko");
  }
}
