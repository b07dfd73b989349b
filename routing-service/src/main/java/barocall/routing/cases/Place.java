package barocall.routing.cases;

import barocall.city.City;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what inquiries about the same place are found: a digest of the address as people mean it,
 * whatever blanks, marks and capitals they write, and with or without province and city before it.
 * Not found are two names of one place, such as its old and its new address.
 */
public final class Place {
  private static final int FEWEST = 2;

  /** Of the eight provinces, in full and in short, such as 경상북도 and 경북. */
  private static final Pattern PROVINCE = Pattern.compile(".{1,8}도|[강경전제충][가-힣]");

  private static final int DIGEST = 24;

  private Place() {}

  /** Empty where the address says nothing by which a place could be found. */
  public static Optional<String> key(City city, @Nullable String address) {
    return Optional.ofNullable(address)
        .map(it -> folded(withoutCity(city, it)))
        .filter(it -> it.length() >= FEWEST)
        .map(Place::digest);
  }

  /** The city's name is a word of its own, the first or behind that of a province. */
  private static String withoutCity(City city, String address) {
    String name = city.name().in(Locale.KOREAN);
    String[] words = address.strip().split("\\s+");
    if (words[0].equals(name)) {
      return rest(words, 1);
    }
    return words.length > 1 && PROVINCE.matcher(words[0]).matches() && words[1].equals(name)
        ? rest(words, 2)
        : address;
  }

  private static String rest(String[] words, int from) {
    return String.join(" ", List.of(words).subList(from, words.length));
  }

  private static String folded(String address) {
    StringBuilder folded = new StringBuilder();
    Normalizer.normalize(address, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        // A hyphen parts numbers that would be others without it.
        .filter(it -> Character.isLetterOrDigit(it) || it == '-')
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  private static String digest(String address) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGEST);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
