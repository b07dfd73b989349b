package barocall.routing.search;

import barocall.access.Contacts;
import barocall.access.ReceiptNumbers;
import barocall.access.TelephoneHash;
import barocall.access.Words;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed who looks for a case, as all that it may be.
 *
 * @param inquiryIds as typed and in small letters, where it is one; then it is nothing else
 * @param number a receipt number as it is kept, without hyphens; null where it is none
 * @param telephone a whole telephone number as typed; null where it is none
 * @param name what may be somebody's whole name; null where digits stand in it
 * @param words what may be words of a case; null where no letter stands in it
 */
public record Wanted(
    List<String> inquiryIds,
    @Nullable String number,
    @Nullable String telephone,
    @Nullable String name,
    @Nullable String words) {
  /** The longest that is taken, in characters. */
  public static final int LONGEST = 200;

  /** By one letter half the cases would be found. */
  private static final int FEWEST_LETTERS = 2;

  private static final int LONGEST_NAME = 60;

  /** Empty where it is too little to look for anything. */
  public static Optional<Wanted> of(String typed, String city) {
    String clean = Normalizer.normalize(Words.line(typed), Normalizer.Form.NFC);
    if (clean.codePoints().filter(Character::isLetterOrDigit).count() < FEWEST_LETTERS) {
      return Optional.empty();
    }
    String small = clean.toLowerCase(Locale.ROOT);
    if (small.startsWith(city + "-") && small.chars().noneMatch(Character::isWhitespace)) {
      List<String> ids = Stream.of(clean, small).distinct().toList();
      return Optional.of(new Wanted(ids, null, null, null, null));
    }
    boolean hasLetters = clean.codePoints().anyMatch(Character::isLetter);
    boolean hasDigits = clean.codePoints().anyMatch(Character::isDigit);
    return Optional.of(
        new Wanted(
            List.of(),
            ReceiptNumbers.parse(clean).map(it -> it.replace("-", "")).orElse(null),
            Contacts.isTelephone(clean) ? clean : null,
            hasLetters && !hasDigits && isName(clean) ? clean : null,
            hasLetters ? clean : null));
  }

  private static boolean isName(String clean) {
    String letters = TelephoneHash.normalisedName(clean);
    return letters.codePointCount(0, letters.length()) <= LONGEST_NAME;
  }

  /** It may name a citizen. */
  @Override
  public String toString() {
    return "Wanted[…]";
  }
}
