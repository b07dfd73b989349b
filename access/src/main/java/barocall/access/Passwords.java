package barocall.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Makes, hashes and checks passwords. */
public final class Passwords {
  /** No character that can be taken for another one when it is read aloud or typed from paper. */
  private static final String READABLE = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 4;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** The count that OWASP's password storage cheat sheet asks for with PBKDF2-HMAC-SHA256. */
  private static final int ITERATIONS = 600_000;

  /** A hash names its method and count, so that both can be changed later beside the old ones. */
  private static final Pattern HASH =
      Pattern.compile("\\{pbkdf2-sha256}(\\d{4,8})\\$([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+)");

  private Passwords() {}

  /** A random password of 79 bits in four groups of four, such as {@code k7mq-x3pd-9rtw-cz4h}. */
  public static String readable(SecureRandom random) {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < GROUPS * 4; i++) {
      if (i > 0 && i % 4 == 0) {
        password.append('-');
      }
      password.append(READABLE.charAt(random.nextInt(READABLE.length())));
    }
    return password.toString();
  }

  /**
   * The form in which a password of a person's own choice is kept. Takes some tenths of a second.
   */
  public static String hash(String password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder();
    return "{pbkdf2-sha256}%d$%s$%s"
        .formatted(
            ITERATIONS,
            base64.encodeToString(salt),
            base64.encodeToString(derive(password, salt, ITERATIONS, HASH_BYTES)));
  }

  /** Whether this is the person's password. Slow for a hash, by intention. */
  static boolean matches(Person person, String password) {
    String hash = person.passwordHash();
    if (hash == null) {
      String clear = person.password();
      return clear != null && same(clear, password);
    }
    Matcher parts = HASH.matcher(hash);
    if (!parts.matches()) {
      return false;
    }
    int iterations = Integer.parseInt(parts.group(1));
    byte[] salt;
    byte[] expected;
    try {
      salt = Base64.getDecoder().decode(parts.group(2));
      expected = Base64.getDecoder().decode(parts.group(3));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
    return MessageDigest.isEqual(expected, derive(password, salt, iterations, expected.length));
  }

  private static byte[] derive(String password, byte[] salt, int iterations, int bytes) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, bytes * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }

  /** Compares without telling by its duration how much agrees. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
