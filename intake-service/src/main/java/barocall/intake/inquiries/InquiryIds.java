package barocall.intake.inquiries;

import barocall.access.IdentityNumbers;
import barocall.contract.Door;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** How inquiries get their ids. */
public final class InquiryIds {
  private static final int HASH_BYTES = 16;
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";

  private InquiryIds() {}

  /** From a client's own key: the same key of a city's door is always the same inquiry. */
  public static String keyed(String city, Door door, String key) {
    return city + "-c-" + hash(city + "\n" + door.wireName() + "\n" + key);
  }

  /** Without a key: in order of time (RFC 9562, version 7). */
  public static String timed(String city, Instant now, RandomGenerator random) {
    long time = now.toEpochMilli() << 16 | 0x7000L | (random.nextLong() & 0x0FFFL);
    long rest = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return city + "-" + new UUID(time, rest);
  }

  /**
   * A past inquiry, from its row's own id. Characters other than ASCII letters, digits and {@code
   * ._:-} are percent-encoded; an id that looks like an identity number is hashed, as those never
   * leave intake.
   */
  public static String past(String city, String rowId) {
    if (IdentityNumbers.mask(rowId).masked() > 0) {
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
