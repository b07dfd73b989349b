package barocall.access;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the same caller again without keeping their number: a keyed hash of it. The numbers are few
 * enough to be tried one by one, so everything rests on the key.
 */
public final class TelephoneHash {
  private static final int BYTES = 18;
  private static final String KOREA = "82";

  private final Keyed keyed;

  TelephoneHash(byte[] secret) {
    this.keyed = new Keyed(secret);
  }

  /** Twenty-four characters, the same for every way of writing one number. */
  public String of(String telephone) {
    return keyed.text("telephone/" + normalised(telephone), BYTES);
  }

  /**
   * As {@link #of}, of a name: the same for it with and without blanks, in capitals or not, and
   * however its letters are composed.
   */
  public String ofName(String name) {
    return keyed.text("name/" + normalisedName(name), BYTES);
  }

  /** Empty where nothing of it can be seen. */
  public static String normalisedName(String name) {
    StringBuilder letters = new StringBuilder();
    name.codePoints()
        .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
        .forEach(letters::appendCodePoint);
    // To capitals and back, as some letters have two small forms.
    String folded = letters.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }

  /** As {@link #of}, of the other ways to reach a citizen, as they were written. */
  public String ofReach(@Nullable String name, @Nullable String email) {
    return keyed.text("reach/" + name + "\n" + email, BYTES);
  }

  /**
   * Only the digits, in the form that is dialled within Korea: {@code +82 10-1234-5678} and {@code
   * 82 (0)10 1234 5678} are {@code 01012345678}.
   */
  public static String normalised(String telephone) {
    StringBuilder digits = new StringBuilder();
    boolean international = false;
    for (int i = 0; i < telephone.length(); ) {
      int c = telephone.codePointAt(i);
      int digit = Character.digit(c, 10);
      if (digit >= 0) {
        digits.append((char) ('0' + digit));
      } else if ((c == '+' || c == '＋') && digits.isEmpty()) {
        international = true;
      }
      i += Character.charCount(c);
    }
    String plain = digits.toString();
    if (plain.startsWith("00" + KOREA)) {
      return national(plain.substring(4));
    }
    // No number that is dialled within Korea has 8 and 2 in front and eleven or more digits.
    if (plain.startsWith(KOREA) && (international || plain.length() >= 11)) {
      return national(plain.substring(2));
    }
    return plain;
  }

  private static String national(String digits) {
    return digits.startsWith("0") ? digits : "0" + digits;
  }
}
