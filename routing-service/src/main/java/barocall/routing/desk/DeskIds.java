package barocall.routing.desk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** How inquiries that are opened by hand get their ids, and how repeats are recognised. */
final class DeskIds {
  private static final int HASH_BYTES = 16;

  private DeskIds() {}

  /** From a client's own key: the same key is always the same inquiry. */
  static String keyed(String city, String key) {
    return city + "-c-" + digest(city + "\ndesk\n" + key);
  }

  /** In order of time (RFC 9562, version 7). */
  static String timed(String city, Instant now, RandomGenerator random) {
    long time = now.toEpochMilli() << 16 | 0x7000L | (random.nextLong() & 0x0FFFL);
    long rest = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
    return city + "-" + new UUID(time, rest);
  }

  /** A fingerprint of words. */
  static String digest(String words) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
