package barocall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barocall.access.ContactSeal.Field;
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
  void afterTheKeyIsChangedOldSealsStillOpen() {
    String sealed = credentials.contactSeal("gyeongju").seal(Field.EMAIL, "a@example.org");

    Credentials seen = credentials.withNewContactKey("gyeongju");
    Credentials after = seen.sealingWithNewestKey("gyeongju");

    assertThat(after.contactKeys("gyeongju")).isEqualTo(2);
    assertThat(after.contactSeal("gyeongju").open(Field.EMAIL, sealed)).isEqualTo("a@example.org");
    String fresh = after.contactSeal("gyeongju").seal(Field.EMAIL, "a@example.org");
    assertThatThrownBy(() -> credentials.contactSeal("gyeongju").open(Field.EMAIL, fresh))
        .isInstanceOf(CredentialsException.class);
    // Whoever has seen only the first step opens what those seal who have seen the second.
    assertThat(seen.contactSeal("gyeongju").open(Field.EMAIL, fresh)).isEqualTo("a@example.org");
    String still = seen.contactSeal("gyeongju").seal(Field.EMAIL, "a@example.org");
    assertThat(credentials.contactSeal("gyeongju").open(Field.EMAIL, still))
        .isEqualTo("a@example.org");
  }

  @Test
  void anotherCitysKeysAreLeftAlone() {
    Credentials after = credentials.withNewContactKey("gyeongju").sealingWithNewestKey("gyeongju");

    assertThat(after.contactKeys("cheonan")).isEqualTo(1);
    assertThat(after.secrets().contact().get("cheonan"))
        .isEqualTo(credentials.secrets().contact().get("cheonan"));
    assertThat(after.secrets().telephone()).isEqualTo(credentials.secrets().telephone());
    assertThatThrownBy(() -> credentials.withNewContactKey("busan"))
        .hasMessageContaining("contact.busan");
  }

  @Test
  void aRunningServiceSealsWithTheNewKeyAsSoonAsItSeesIt() {
    var current = new java.util.concurrent.atomic.AtomicReference<>(credentials);
    Vault running = new Vault(current::get);
    String sealed = running.contactSeal("gyeongju").seal(Field.NAME, "홍길동");

    current.set(credentials.withNewContactKey("gyeongju").sealingWithNewestKey("gyeongju"));

    String fresh = running.contactSeal("gyeongju").seal(Field.NAME, "홍길동");
    assertThat(running.contactSeal("gyeongju").open(Field.NAME, sealed)).isEqualTo("홍길동");
    assertThatThrownBy(() -> credentials.contactSeal("gyeongju").open(Field.NAME, fresh))
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

  @ParameterizedTest
  @CsvSource({
    "김민수, 김 민수",
    "김민수, '\u1100\u1175\u11b7\u1106\u1175\u11ab\u1109\u116e'",
    "Maria Gómez, MARIA GO\u0301MEZ",
    "Strauß, STRAUSS",
    "' 김민수 ', 김\u3000민수"
  })
  void aNameIsOneHoweverItIsWritten(String one, String other) {
    TelephoneHash hash = vault.telephoneHash("gyeongju");
    assertThat(hash.ofName(one)).isEqualTo(hash.ofName(other)).hasSize(24);
    assertThat(hash.ofName(one))
        .isNotEqualTo(hash.ofName(one + "x"))
        .isNotEqualTo(vault.telephoneHash("cheonan").ofName(one))
        .isNotEqualTo(hash.of(one));
  }

  @Test
  void theHashIsTheCitysOwn() {
    assertThat(vault.telephoneHash("gyeongju").of("010-1234-5678"))
        .isNotEqualTo(vault.telephoneHash("cheonan").of("010-1234-5678"))
        .isNotEqualTo(vault.telephoneHash("gyeongju").of("010-1234-5679"));
  }
}
