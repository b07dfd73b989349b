package barocall.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one secret. */
final class Keyed {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  Keyed(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  byte[] of(String words) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(words.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** The first bytes, as text that may stand in a link or a cookie. */
  String text(String words, int bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(of(words), bytes));
  }
}
