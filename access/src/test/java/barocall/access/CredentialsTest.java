package barocall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CredentialsTest {

  @Test
  void everyoneOfACityGetsAPasswordOfTheirOwn() {
    Credentials made = Offices.gyeongju();

    assertThat(made.people())
        .extracting(Person::user, Person::role, Person::city, Person::department, Person::agent)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("admin", Role.ADMIN, null, null, null),
            org.assertj.core.groups.Tuple.tuple(
                "gyeongju-admin", Role.ADMIN, "gyeongju", null, null),
            org.assertj.core.groups.Tuple.tuple(
                "gyeongju-agent-1", Role.AGENT, "gyeongju", null, "agent-1"),
            org.assertj.core.groups.Tuple.tuple(
                "gyeongju-agent-2", Role.AGENT, "gyeongju", null, "agent-2"),
            org.assertj.core.groups.Tuple.tuple(
                "gyeongju-roads", Role.DEPARTMENT, "gyeongju", "roads", null),
            org.assertj.core.groups.Tuple.tuple(
                "gyeongju-water", Role.DEPARTMENT, "gyeongju", "water", null));
    assertThat(made.people()).extracting(Person::password).doesNotHaveDuplicates();
    assertThat(made.people())
        .extracting(Person::password)
        .allMatch(p -> p != null && p.matches("([a-z2-9]{4}-){3}[a-z2-9]{4}"));
  }

  @Test
  void aKeyHasEnoughRandomBitsAndOpensOneCity() {
    Credentials made = Offices.both();
    String key = made.keys().get("cheonan");

    assertThat(Base64.getUrlDecoder().decode(key).length * 8).isGreaterThanOrEqualTo(160);
    assertThat(made.holderOfKey(key)).contains(new KeyHolder("cheonan", null));
    assertThat(made.holderOfKey(key + "x")).isEmpty();
    assertThat(made.holderOfKey("")).isEmpty();
  }

  @Test
  void aKeyForSomeChannelsOpensNoOthersAndCanBeWithdrawn() {
    Credentials before = Offices.both();
    Credentials made =
        before.withChannelKey("exchange", "cheonan", List.of("telephone"), Offices.RANDOM);
    String key = made.channelKey("exchange", "cheonan").orElseThrow().key();

    assertThat(made.holderOfKey(key)).contains(new KeyHolder("cheonan", Set.of("telephone")));
    assertThat(made.holderOfKey(made.keys().get("cheonan")))
        .contains(new KeyHolder("cheonan", null));
    assertThat(made.toString() + made.channelKeys()).doesNotContain(key);
    assertThatThrownBy(
            () -> made.withChannelKey("exchange", "cheonan", List.of("sms"), Offices.RANDOM))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("exchange");
    assertThatThrownBy(() -> made.withChannelKey("none", "cheonan", List.of(), Offices.RANDOM))
        .isInstanceOf(CredentialsException.class);
    assertThat(made.complete(List.of(Offices.CHEONAN), Offices.RANDOM)).isSameAs(made);
    assertThat(made.disable("admin", true).withNewContactKey("cheonan").channelKeys())
        .isEqualTo(made.channelKeys());
    assertThat(made.withoutChannelKey("exchange", "cheonan")).isEqualTo(before);
    assertThatThrownBy(() -> made.withoutChannelKey("exchange", "gyeongju"))
        .isInstanceOf(CredentialsException.class);
  }

  @Test
  void aLaterCityAddsWhatIsMissingAndKeepsTheRest() {
    Credentials before =
        Offices.gyeongju().password("gyeongju-roads", "도로과의 새 비밀번호", Offices.RANDOM);

    Credentials after = before.complete(List.of(Offices.GYEONGJU, Offices.CHEONAN), Offices.RANDOM);

    assertThat(after.people()).containsAll(before.people());
    assertThat(after.people())
        .extracting(Person::user)
        .contains("cheonan-admin", "cheonan-parks")
        .hasSize(before.people().size() + 2);
    assertThat(after.keys()).containsAllEntriesOf(before.keys()).containsKey("cheonan");
    assertThat(after.secrets().receipt()).isEqualTo(before.secrets().receipt());
    assertThat(after.webhookSecret("cheonan", "parks").orElseThrow()).startsWith("whsec_");
    assertThat(after.complete(List.of(Offices.CHEONAN), Offices.RANDOM)).isSameAs(after);
  }

  @Test
  void anAgentAndADepartmentOfOneIdGetDifferentUserNames() {
    Office office =
        new Office(
            "town", List.of(new Office.Seat("one", "A")), List.of(new Office.Seat("one", "B")));

    assertThat(Credentials.generate(List.of(office), Offices.RANDOM).people())
        .extracting(Person::user)
        .containsExactly("admin", "town-admin", "town-one", "town-one-2");
  }

  @Test
  void aChosenPasswordIsKeptOnlyAsAHash() {
    Credentials changed =
        Offices.gyeongju().password("gyeongju-admin", "correct horse 배터리", Offices.RANDOM);

    Person person = changed.person("gyeongju-admin").orElseThrow();
    assertThat(person.password()).isNull();
    assertThat(person.passwordHash()).startsWith("{pbkdf2-sha256}600000$").doesNotContain("horse");
    Accounts accounts = new Accounts(() -> changed);
    assertThat(accounts.login("gyeongju-admin", "correct horse 배터리")).contains(person);
    assertThat(accounts.login("gyeongju-admin", "correct horse")).isEmpty();
  }

  @Test
  void aHashIsCheckedOnceAndRememberedUntilTheCredentialsChange() {
    Credentials[] now = {Offices.gyeongju().password("admin", "first password", Offices.RANDOM)};
    Accounts accounts = new Accounts(() -> now[0]);

    assertThat(accounts.answersAtOnce("admin", "first password")).isFalse();
    assertThat(accounts.login("admin", "first password")).isPresent();
    assertThat(accounts.answersAtOnce("admin", "first password")).isTrue();
    assertThat(accounts.answersAtOnce("admin", "another one")).isFalse();

    now[0] = now[0].password("admin", "second password", Offices.RANDOM);
    assertThat(accounts.login("admin", "first password")).isEmpty();
    assertThat(accounts.login("admin", "second password")).isPresent();
  }

  @Test
  void aDisabledPersonDoesNotComeIn() {
    Credentials made = Offices.gyeongju();
    String password = made.person("gyeongju-agent-1").orElseThrow().password();
    Credentials[] now = {made};
    Accounts accounts = new Accounts(() -> now[0]);

    assertThat(accounts.login("gyeongju-agent-1", password)).isPresent();
    now[0] = made.disable("gyeongju-agent-1", true);
    assertThat(accounts.login("gyeongju-agent-1", password)).isEmpty();
    now[0] = now[0].disable("gyeongju-agent-1", false);
    assertThat(accounts.login("gyeongju-agent-1", password)).isPresent();
  }

  @Test
  void thePeopleThatCannotBeMeantAreRefused() {
    Credentials made = Offices.gyeongju();

    assertThatThrownBy(() -> made.add(made.people().get(0)))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("admin already");
    assertThatThrownBy(
            () ->
                made.add(Person.generated("x", "p", Role.DEPARTMENT, "gyeongju", null, null, "이름")))
        .hasMessageContaining("needs a department");
    assertThatThrownBy(() -> made.disable("nobody", true)).hasMessageContaining("people list");
  }

  @Test
  void aShortPasswordIsRefused() {
    assertThatThrownBy(() -> Offices.gyeongju().password("admin", "7 chars", Offices.RANDOM))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("at least 8");
  }

  @Test
  void aHashThatIsNoneFitsNoPassword() {
    for (String hash : List.of("", "{pbkdf2-sha256}600000$a$b", "{bcrypt}$2a$10$x", "plain text")) {
      Person person = Offices.gyeongju().people().get(0).withPasswordHash(hash);
      assertThat(Passwords.matches(person, hash)).isFalse();
      assertThat(Passwords.matches(person, "")).isFalse();
    }
  }

  @Test
  void noSecretShowsWhenPrinted() {
    Credentials made = Offices.gyeongju();
    Person person = made.people().get(0);

    assertThat(made + " " + person + " " + made.secrets())
        .doesNotContain(person.password())
        .doesNotContain(made.keys().get("gyeongju"))
        .doesNotContain(made.secrets().session());
  }
}
