package barocall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barocall.access.ContactSeal.Field;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactSealTest {
  private final Credentials credentials = Offices.both();
  private final Vault vault = new Vault(() -> credentials);

  @Test
  void whatIsSealedOpensAgainAndDoesNotShow() {
    ContactSeal seal = vault.contactSeal("gyeongju");

    String sealed = seal.seal(Field.NAME, "홍길동");

    assertThat(sealed).matches("[A-Za-z0-9_-]+").isNotEqualTo(seal.seal(Field.NAME, "홍길동"));
    assertThat(credentials.contactSeal("gyeongju").open(Field.NAME, sealed)).isEqualTo("홍길동");
  }

  @Test
  void itOpensNeitherForAnotherCityNorAsAnotherField() {
    String sealed = vault.contactSeal("gyeongju").seal(Field.NAME, "홍길동");

    assertThatThrownBy(() -> vault.contactSeal("cheonan").open(Field.NAME, sealed))
        .isInstanceOf(CredentialsException.class);
    assertThatThrownBy(() -> vault.contactSeal("gyeongju").open(Field.EMAIL, sealed))
        .isInstanceOf(CredentialsException.class)
        .hasMessageNotContaining(sealed);
    assertThatThrownBy(() -> vault.contactSeal("gyeongju").open(Field.NAME, "!"))
        .isInstanceOf(CredentialsException.class);
    assertThatThrownBy(() -> vault.contactSeal("busan")).hasMessageContaining("contact.busan");
  }

  @Test
  void afterTheKeyIsChangedOldSealsStillOpen() throws GeneralSecurityException {
    String keyset = credentials.secrets().contact().get("gyeongju").toString();
    String sealed = new ContactSeal("gyeongju", keyset).seal(Field.EMAIL, "a@example.org");
    KeysetHandle before =
        TinkJsonProtoKeysetFormat.parseKeyset(
            keyset, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
    KeysetHandle.Builder builder = KeysetHandle.newBuilder(before);
    builder.addEntry(
        KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
            .withRandomId()
            .makePrimary());
    String rotated =
        TinkJsonProtoKeysetFormat.serializeKeyset(
            builder.build(), RegistryConfiguration.get(), InsecureSecretKeyAccess.get());

    ContactSeal after = new ContactSeal("gyeongju", rotated);

    assertThat(after.open(Field.EMAIL, sealed)).isEqualTo("a@example.org");
    String fresh = after.seal(Field.EMAIL, "a@example.org");
    assertThatThrownBy(() -> new ContactSeal("gyeongju", keyset).open(Field.EMAIL, fresh))
        .isInstanceOf(CredentialsException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "010-1234-5678,      01012345678",
    "+82 10-1234-5678,   01012345678",
    "+82 (0)10 12345678, 01012345678",
    "821012345678,       01012345678",
    "0082 10 1234 5678,  01012345678",
    "０１０－１２３４－５６７８, 01012345678",
    "+82-54-779-8585,    0547798585",
    "+8221234567,        021234567",
    "1422-36,            142236",
    "(213) 473-3231,     2134733231"
  })
  void aNumberIsOneHoweverItIsWritten(String written, String normalised) {
    assertThat(TelephoneHash.normalised(written)).isEqualTo(normalised);
    TelephoneHash hash = vault.telephoneHash("gyeongju");
    assertThat(hash.of(written)).isEqualTo(hash.of(normalised)).hasSize(24);
  }

  @Test
  void theHashIsTheCitysOwn() {
    assertThat(vault.telephoneHash("gyeongju").of("010-1234-5678"))
        .isNotEqualTo(vault.telephoneHash("cheonan").of("010-1234-5678"))
        .isNotEqualTo(vault.telephoneHash("gyeongju").of("010-1234-5679"));
  }
}
