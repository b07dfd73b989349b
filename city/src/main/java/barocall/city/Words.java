package barocall.city;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    return hasLooseBlanks(word) ? loose(word).matcher(text).find() : standsAsWritten(word, text);
  }

  /** The folded text without a folded phrase; what stood on both sides of it does not join. */
  static String without(String phrase, String text) {
    return hasLooseBlanks(phrase)
        ? loose(phrase).matcher(text).replaceAll(" | ")
        : text.replace(phrase, " | ");
  }

  private static boolean hasLooseBlanks(String word) {
    return word.indexOf(' ') >= 0 && !isLatin(word);
  }

  private static Pattern loose(String word) {
    return Pattern.compile(
        Arrays.stream(word.split(" ")).map(Pattern::quote).collect(Collectors.joining(" ?")));
  }

  private static boolean standsAsWritten(String word, String text) {
    if (word.isEmpty()) {
      return false;
    }
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (startsThere(word, text, at) && endsThere(word, text, at + word.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsThere(String word, String text, int at) {
    return at == 0 || !isLatin(word.charAt(0)) || !isLatin(text.charAt(at - 1));
  }

  private static boolean endsThere(String word, String text, int end) {
    return end == text.length()
        || !isLatin(word.charAt(word.length() - 1))
        || !isLatin(text.charAt(end));
  }

  private static boolean isLatin(String word) {
    return word.chars().allMatch(it -> it == ' ' || isLatin((char) it));
  }

  private static boolean isLatin(char letter) {
    return Character.isDigit(letter)
        || (Character.isLetter(letter)
            && Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN);
  }
}
