package barocall.intake.inquiries;

import barocall.contract.Door;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** How inquiries get their ids; past ones have theirs by {@link barocall.access.RowIds}. */
public final class InquiryIds {
  private static final int HASH_BYTES = 16;

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
