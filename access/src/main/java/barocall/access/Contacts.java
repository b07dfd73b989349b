package barocall.access;

import java.util.regex.Pattern;

/** What every door takes for a citizen's telephone number or e-mail address. */
public final class Contacts {
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@<>(),;:\\\\\"\\[\\]]{1,64}@[^\\s@<>(),;:\\\\\"\\[\\]]{1,190}");
  private static final int FEWEST_DIGITS = 3;
  private static final int MOST_DIGITS = 15;

  private Contacts() {}

  /** A number of 3 to 15 digits, however it is written, that is no identity number. */
  public static boolean isTelephone(String given) {
    int digits = TelephoneHash.normalised(given).length();
    return digits >= FEWEST_DIGITS
        && digits <= MOST_DIGITS
        && given.codePoints().noneMatch(Character::isLetter)
        && IdentityNumbers.mask(given).masked() == 0
        && given.indexOf('*') < 0;
  }

  /** An address with something on both sides of its sign. */
  public static boolean isEmail(String given) {
    return EMAIL.matcher(given).matches();
  }
}
