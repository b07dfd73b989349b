package barocall.intake.inquiries;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.json.JsonMapper;

/** A fingerprint of what a body says, whatever its blanks and the order of its fields. */
final class Digest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Digest() {}

  static String of(Object body) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(body)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
