package barocall.city;

import java.util.Locale;

/** A phrase that people read, in Korean and in English. */
public record Text(String ko, String en) {

  /** The Korean words for a Korean reader, the English ones for everyone else. */
  public String in(Locale locale) {
    return locale.getLanguage().equals("ko") ? ko : en;
  }
}
