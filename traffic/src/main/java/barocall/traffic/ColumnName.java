package barocall.traffic;

import java.util.Locale;

/** What two spellings of a column, or of a value, have in common: its letters and digits. */
final class ColumnName {

  private ColumnName() {}

  /** {@code Created Date}, {@code created_date} and {@code createddate} are one column. */
  static String plain(String spelling) {
    StringBuilder plain = new StringBuilder(spelling.length());
    spelling
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
