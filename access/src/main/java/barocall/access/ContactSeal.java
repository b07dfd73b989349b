package barocall.access;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Seals a citizen's name, telephone number and e-mail address under their city's key (AES-256-GCM
 * by Tink), as base64url text. What is sealed is bound to the city and the field, so that it opens
 * neither for another city nor as another field; it is not bound to an inquiry, because one contact
 * is carried from event to event. A keyset may hold several keys: the primary one seals, all open,
 * so that keys can be changed.
 */
public final class ContactSeal {
  private final String city;
  private final Aead aead;

  /** What is sealed. */
  public enum Field {
    NAME,
    TELEPHONE,
    EMAIL
  }

  ContactSeal(String city, String keyset) {
    this.city = city;
    try {
      this.aead = parsed(city, keyset).getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw noKeyset(city, e);
    }
  }

  private static KeysetHandle parsed(String city, String keyset) {
    try {
      AeadConfig.register();
      return TinkJsonProtoKeysetFormat.parseKeyset(
          keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw noKeyset(city, e);
    }
  }

  private static CredentialsException noKeyset(String city, GeneralSecurityException e) {
    return new CredentialsException(
        "secrets.contact." + city + " of the credentials is no Tink keyset.", e);
  }

  private static JsonNode written(KeysetHandle handle) throws GeneralSecurityException {
    return JsonMapper.shared()
        .readTree(
            TinkJsonProtoKeysetFormat.serializeKeyset(
                handle, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
  }

  /** With one more key, the last, which opens and does not seal yet. */
  static JsonNode withNewKey(String city, JsonNode keyset) {
    try {
      return written(
          KeysetHandle.newBuilder(parsed(city, keyset.toString()))
              .addEntry(
                  KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                      .withRandomId())
              .build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key could be made", e);
    }
  }

  /** With the last key sealing; all others still open what they sealed. */
  static JsonNode sealingWithNewest(String city, JsonNode keyset) {
    try {
      KeysetHandle.Builder builder = KeysetHandle.newBuilder(parsed(city, keyset.toString()));
      builder.getAt(builder.size() - 1).makePrimary();
      return written(builder.build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key could be chosen", e);
    }
  }

  /** How many keys there are. */
  static int keys(String city, JsonNode keyset) {
    return parsed(city, keyset.toString()).size();
  }

  static JsonNode newKeyset() {
    try {
      AeadConfig.register();
      KeysetHandle handle =
          KeysetHandle.generateNew(
              PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
      return written(handle);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key could be made", e);
    }
  }

  /** Seals; the same words give another text each time. */
  public String seal(Field field, String clear) {
    try {
      byte[] sealed = aead.encrypt(clear.getBytes(StandardCharsets.UTF_8), context(field));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a contact could not be sealed", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws CredentialsException if it was sealed for another city, as another field, or under a
   *     key that is no longer there
   */
  public String open(Field field, String sealed) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(sealed);
      return new String(aead.decrypt(bytes, context(field)), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new CredentialsException(
          "A sealed contact of " + city + " does not open; was the key in the credentials changed?",
          e);
    }
  }

  private byte[] context(Field field) {
    String name = field.name().toLowerCase(Locale.ROOT);
    return ("barocall/contact/" + city + "/" + name).getBytes(StandardCharsets.UTF_8);
  }
}
