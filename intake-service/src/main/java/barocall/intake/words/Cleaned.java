package barocall.intake.words;

/**
 * Words as we keep them: without control characters, and without halves of surrogate pairs, which
 * no UTF-8 can carry. The form of composition is left as it came.
 */
final class Cleaned {
  private static final char REPLACEMENT = '\uFFFD';

  private Cleaned() {}

  /** Several lines: line breaks and tabs stay, every kind of line break becomes one. */
  static String lines(String given) {
    return cleaned(given, true);
  }

  /** One line: line breaks and tabs become blanks. */
  static String line(String given) {
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
