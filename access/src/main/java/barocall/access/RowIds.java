package barocall.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Which inquiry a row of the past is: known to the door that takes it and to whoever erases it. */
public final class RowIds {
  private static final int HASH_BYTES = 16;
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";

  private RowIds() {}

  /**
   * The inquiryId of a past inquiry, from its row's own id. Characters other than ASCII letters,
   * digits and {@code ._:-} are percent-encoded; an id that looks like an identity number is
   * hashed, as those never leave intake.
   */
  public static String inquiryId(String city, String rowId) {
    if (IdentityNumbers.isLikeOne(rowId)) {
      return city + "-h-x" + hash(city + "\nhistory\n" + rowId);
    }
    StringBuilder id = new StringBuilder(city).append("-h-");
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(rowId);
    while (bytes.hasRemaining()) {
      int b = bytes.get() & 0xFF;
      if (PLAIN.indexOf(b) >= 0) {
        id.append((char) b);
      } else {
        id.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) b));
      }
    }
    return id.toString();
  }

  private static String hash(String words) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
