package barocall.routing.precedents;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Takes telephone numbers and e-mail addresses out of words that were meant for one citizen before
 * another's agent sees them. Identity numbers never get this far. Names are not recognised: an
 * agent reads the answer before it is sent.
 */
public final class Masks {
  /** Hyphens and dashes of all kinds, dots and blanks. */
  private static final String PARTED = "[ .)]{0,2}[-\\p{Pd}.·/ ]?[ .]{0,2}";

  /** Nine digits or more, parted or not; a receipt number looks the same and goes as well. */
  private static final Pattern TELEPHONE =
      Pattern.compile(
          "(?<![0-9])(?:\\+[0-9]{1,3}[ .-]?)?\\(?[0-9]{2,4}\\)?"
              + PARTED
              + "[0-9]{3,4}"
              + PARTED
              + "[0-9]{4}(?![0-9])");

  private static final Pattern EMAIL =
      Pattern.compile("[\\p{L}0-9._%+-]{1,64}@(?:[\\p{L}0-9-]{1,63}\\.){1,4}(?:[A-Za-z]{2,24}|한국)");

  private Masks() {}

  /** The same with a sign of what stood there. */
  public static String masked(String words) {
    String plain = Normalizer.normalize(words, Normalizer.Form.NFKC);
    return TELEPHONE.matcher(EMAIL.matcher(plain).replaceAll("(***@***)")).replaceAll("(***-****)");
  }
}
