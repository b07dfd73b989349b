package barocall.routing.cases;

import barocall.city.City;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * By what inquiries about the same place are found: a digest of the address as people mean it,
 * whatever blanks, marks and capitals they write, and with or without province and city before it.
 * Not found are two names of one place, such as its old and its new address.
 */
public final class Place {
  private static final int FEWEST = 2;

  /** How far into an address its city may stand: behind the name of a province. */
  private static final int FAR = 12;

  private static final int DIGEST = 24;

  private Place() {}

  /** Empty where the address says nothing by which a place could be found. */
  public static Optional<String> key(City city, @Nullable String address) {
    return Optional.ofNullable(address)
        .map(it -> withoutCity(city, folded(it)))
        .filter(it -> it.length() >= FEWEST)
        .map(Place::digest);
  }

  private static String withoutCity(City city, String address) {
    String name = folded(city.name().in(Locale.KOREAN));
    int at = address.indexOf(name);
    return at >= 0 && at <= FAR ? address.substring(at + name.length()) : address;
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
