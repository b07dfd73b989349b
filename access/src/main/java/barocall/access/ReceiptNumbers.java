package barocall.access;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Receipt numbers: eleven digits computed from the inquiry's id under a secret, and a check digit
 * by Damm's method (Damm, 2004), which finds every single wrong digit and every exchange of
 * neighbours. The same inquiry has the same number everywhere and always, without asking a store;
 * two inquiries may, rarely, meet on one number, and then the token or the telephone tells them
 * apart.
 */
public final class ReceiptNumbers {
  private static final BigInteger RANGE = BigInteger.TEN.pow(11);
  private static final int LENGTH = 12;
  private static final int TOKEN_BYTES = 18;

  /** Damm's quasigroup of order ten, totally anti-symmetric. */
  private static final int[][] DAMM = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
    {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
    {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
    {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}
  };

  private final Keyed keyed;

  ReceiptNumbers(byte[] secret) {
    this.keyed = new Keyed(secret);
  }

  /** The inquiry's number in the one form that is kept and shown: {@code 2611-0482-9137}. */
  public String of(String inquiryId) {
    BigInteger number = new BigInteger(1, keyed.of("receipt/" + inquiryId)).mod(RANGE);
    String digits = String.format("%011d", number);
    return inFours(digits + check(digits));
  }

  /**
   * What a person typed or read out, with or without hyphens and blanks, in the form of {@link
   * #of}; empty if it is no receipt number, as with a wrong digit.
   */
  public static Optional<String> parse(String typed) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < typed.length(); ) {
      int c = typed.codePointAt(i);
      int digit = Character.digit(c, 10);
      if (digit >= 0) {
        digits.append((char) ('0' + digit));
      } else if (!isBetween(c)) {
        return Optional.empty();
      }
      if (digits.length() > LENGTH) {
        return Optional.empty();
      }
      i += Character.charCount(c);
    }
    boolean right = digits.length() == LENGTH && check(digits) == 0;
    return right ? Optional.of(inFours(digits.toString())) : Optional.empty();
  }

  /** The token in the link that the citizen gets, 144 bits: whoever has it may see the status. */
  public String token(String inquiryId) {
    return keyed.text("token/" + inquiryId, TOKEN_BYTES);
  }

  /** Whether this is the inquiry's token. */
  public boolean isToken(String inquiryId, String token) {
    return Passwords.same(token(inquiryId), token);
  }

  private static boolean isBetween(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.DASH_PUNCTUATION
        || Character.getType(c) == Character.FORMAT
        || c == '−';
  }

  private static int check(CharSequence digits) {
    int interim = 0;
    for (int i = 0; i < digits.length(); i++) {
      interim = DAMM[interim][digits.charAt(i) - '0'];
    }
    return interim;
  }

  private static String inFours(String digits) {
    return digits.substring(0, 4) + "-" + digits.substring(4, 8) + "-" + digits.substring(8);
  }
}
