package barocall.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The secrets that every instance of every service shares.
 *
 * @param receipt Base64, 32 bytes: receipt numbers and the tokens of their links
 * @param session Base64, 32 bytes: signs the cookies
 * @param telephone for each city, Base64, 32 bytes: by which the same caller is found again
 * @param contact for each city, a Tink AEAD keyset: seals names, telephones and e-mail addresses
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Secrets(
    @Nullable String receipt,
    @Nullable String session,
    Map<String, String> telephone,
    Map<String, JsonNode> contact) {

  static final int BYTES = 32;

  Secrets {
    telephone = telephone == null ? new TreeMap<>() : new TreeMap<>(telephone);
    contact = contact == null ? new TreeMap<>() : new TreeMap<>(contact);
  }

  /** The bytes of a secret, which must be there and long enough. */
  static byte[] bytes(@Nullable String secret, String name) {
    if (secret == null) {
      throw new CredentialsException(
          "The credentials lack secrets." + name + "; run `./barocall up` once to complete them.");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(secret);
      if (bytes.length >= BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new CredentialsException(
          "secrets." + name + " of the credentials is not Base64; take it from the back-up.", e);
    }
    throw new CredentialsException(
        "secrets." + name + " of the credentials is shorter than " + BYTES + " bytes.");
  }

  @Override
  public String toString() {
    return "Secrets[" + contact.keySet() + "]";
  }
}
