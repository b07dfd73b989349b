package barocall.access;

/**
 * What every door does with words: kept without control characters, and without halves of surrogate
 * pairs, which no UTF-8 can carry; and up to a length in characters as people count them, so that a
 * sign beyond the basic plane is one. The form of composition is left as it came.
 */
public final class Words {
  /** Longest text, in characters. */
  public static final int TEXT = 20_000;

  /** Longest subject and other single line, in characters. */
  public static final int LINE = 200;

  private static final char REPLACEMENT = '\uFFFD';

  private Words() {}

  /** Whether there are more characters than that, which every door answers with 413. */
  public static boolean isTooLong(String clean, int longest) {
    return clean.codePointCount(0, clean.length()) > longest;
  }

  /** Several lines: line breaks and tabs stay, every kind of line break becomes one. */
  public static String lines(String given) {
    return cleaned(given, true);
  }

  /** One line: line breaks and tabs become blanks. */
  public static String line(String given) {
    return cleaned(given, false);
  }

  private static String cleaned(String given, boolean severalLines) {
    StringBuilder clean = new StringBuilder(given.length());
    for (int i = 0; i < given.length(); ) {
      int c = given.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\r') {
        if (i < given.length() && given.charAt(i) == '\n') {
          i++;
        }
        clean.append(severalLines ? '\n' : ' ');
      } else if (c == '\n' || c == '\u2028' || c == '\u2029' || c == '\u0085') {
        clean.append(severalLines ? '\n' : ' ');
      } else if (c == '\t') {
        clean.append(severalLines ? '\t' : ' ');
      } else if (Character.getType(c) == Character.SURROGATE) {
        clean.append(REPLACEMENT);
      } else if (!Character.isISOControl(c) && c != '\uFEFF') {
        clean.appendCodePoint(c);
      }
    }
    return clean.toString().strip();
  }
}
