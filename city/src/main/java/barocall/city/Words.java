package barocall.city;

import java.text.Normalizer;
import java.util.Locale;

/**
 * How words are found in what a citizen wrote. Korean joins particles and endings to its words, so
 * they are found anywhere; a word that begins or ends in a Latin letter or digit must begin or end
 * there, so that "fire" is not found in "misfired". A blank inside a word may be missing in the
 * text, as Korean spacing varies.
 */
final class Words {
  private Words() {}

  /** NFC, lower case, every run of white space one blank. */
  static String folded(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    return Normalizer.normalize(
            composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC)
        .replaceAll("(?U)\\s+", " ")
        .strip();
  }

  /** Whether a folded word stands in a folded text. */
  static boolean stands(String word, String text) {
    return next(word, text, 0) >= 0;
  }

  /** The folded text without a folded phrase; what stood on both sides of it does not join. */
  static String without(String phrase, String text) {
    int found = next(phrase, text, 0);
    if (found < 0) {
      return text;
    }
    StringBuilder rest = new StringBuilder(text.length());
    int done = 0;
    while (found >= 0) {
      rest.append(text, done, found).append(" | ");
      done = end(phrase, text, found);
      found = next(phrase, text, done);
    }
    return rest.append(text, done, text.length()).toString();
  }

  /** Where the word next begins; negative if nowhere. */
  private static int next(String word, String text, int from) {
    if (word.isEmpty()) {
      return -1;
    }
    int at = text.indexOf(word.charAt(0), from);
    while (at >= 0 && end(word, text, at) < 0) {
      at = text.indexOf(word.charAt(0), at + 1);
    }
    return at;
  }

  /** Where the word ends that begins here; negative if it does not. */
  private static int end(String word, String text, int start) {
    if (!startsThere(word, text, start)) {
      return -1;
    }
    int at = start;
    for (int of = 0; of < word.length(); of++) {
      char letter = word.charAt(of);
      if (at < text.length() && text.charAt(at) == letter) {
        at++;
      } else if (letter != ' ' || isLatin(word.charAt(of - 1))) {
        return -1;
      }
    }
    return endsThere(word, text, at) ? at : -1;
  }

  private static boolean startsThere(String word, String text, int at) {
    return at == 0 || !isLatin(word.charAt(0)) || !isLatin(text.charAt(at - 1));
  }

  private static boolean endsThere(String word, String text, int end) {
    return end == text.length()
        || !isLatin(word.charAt(word.length() - 1))
        || !isLatin(text.charAt(end));
  }

  private static boolean isLatin(char letter) {
    return Character.isDigit(letter)
        || (Character.isLetter(letter)
            && Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN);
  }
}
