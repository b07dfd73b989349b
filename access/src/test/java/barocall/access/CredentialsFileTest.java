package barocall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CredentialsFileTest {
  @TempDir Path folder;

  private final AtomicLong nanos = new AtomicLong();

  private CredentialsFile file() {
    return new CredentialsFile(folder.resolve("var/credentials.json"), nanos::get);
  }

  private void aSecondLater() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Credentials written = file().change(now -> Offices.both());

    assertThat(file().read()).isEqualTo(written);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder.resolve("var"))) {
      assertThat(files.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("credentials.json", "credentials.json.lock");
    }
  }

  @Test
  void whoeverChangesItTheFileStaysItsOwners() throws IOException {
    file().change(now -> Offices.both());
    Path lock = file().path().resolveSibling("credentials.json.lock");
    assumeTrue(
        Files.getAttribute(file().path(), "unix:uid").equals(0), "only root gives files away");
    Files.delete(lock);
    Files.setAttribute(file().path(), "unix:uid", 54_321);
    Files.setAttribute(file().path(), "unix:gid", 54_322);

    file().change(now -> now.disable("admin", true));

    assertThat(file().read().person("admin").orElseThrow().disabled()).isTrue();
    for (Path path : List.of(file().path(), lock)) {
      assertThat(Files.readAttributes(path, "unix:uid,gid"))
          .as(path.toString())
          .containsEntry("uid", 54_321)
          .containsEntry("gid", 54_322);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void theFileHasTheFieldsThatProgramsRead() throws IOException {
    file()
        .change(now -> Offices.gyeongju().password("admin", "chosen by a person", Offices.RANDOM));

    JsonNode json = JsonMapper.shared().readTree(Files.readString(file().path()));
    assertThat(json.at("/keys/gyeongju").asString()).hasSize(32);
    JsonNode admin = json.at("/people/0");
    assertThat(admin.propertyNames())
        .containsExactlyInAnyOrder("user", "passwordHash", "role", "city", "name", "disabled");
    assertThat(admin.get("city").isNull()).isTrue();
    JsonNode roads = json.at("/people/4");
    assertThat(roads.get("user").asString()).isEqualTo("gyeongju-roads");
    assertThat(roads.get("role").asString()).isEqualTo("department");
    assertThat(roads.get("department").asString()).isEqualTo("roads");
    assertThat(roads.get("password").asString()).isNotEmpty();
    assertThat(json.at("/secrets/contact/gyeongju/primaryKeyId").isNumber()).isTrue();
    assertThat(json.at("/secrets/telephone/gyeongju").isString()).isTrue();
    assertThat(json.at("/webhooks/gyeongju~1roads").asString()).startsWith("whsec_");
  }

  @Test
  void aChangeByAnotherProcessIsSeenWithinASecond() {
    CredentialsFile reader = file();
    file().change(now -> Offices.gyeongju());
    assertThat(reader.current().person("admin").orElseThrow().disabled()).isFalse();

    file().change(now -> now.disable("admin", true));

    assertThat(reader.current().person("admin").orElseThrow().disabled()).isFalse();
    aSecondLater();
    assertThat(reader.current().person("admin").orElseThrow().disabled()).isTrue();
    Credentials seen = reader.current();
    aSecondLater();
    assertThat(reader.current()).isSameAs(seen);
  }

  @Test
  void aBrokenLaterVersionLeavesTheLastGoodOneInForce() throws IOException {
    CredentialsFile reader = file();
    Credentials good = reader.change(now -> Offices.gyeongju());
    Files.writeString(reader.path(), "{\"keys\": ");

    aSecondLater();

    assertThat(reader.current()).isEqualTo(good);
    assertThatThrownBy(() -> file().current()).isInstanceOf(CredentialsException.class);
  }

  @Test
  void aBrokenFileIsNamedWithItsLineButNotQuoted() throws IOException {
    Path path = folder.resolve("credentials.json");
    Files.writeString(path, "{\n \"keys\": {\"gyeongju\": \"very-secret\"},\n \"people\": 7}");

    assertThatThrownBy(() -> new CredentialsFile(path).read())
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining(path + ", line 3")
        .hasMessageNotContaining("very-secret")
        .hasNoCause();
  }

  @Test
  void aMissingFileSaysHowItIsMade() {
    assertThatThrownBy(() -> file().current()).hasMessageContaining("./barocall up");
  }

  @Test
  void theShortFormWithKeysAndPeopleIsEnoughToComeIn() throws IOException {
    Path path = folder.resolve("credentials.json");
    Files.writeString(
        path,
        """
        {"keys": {"gyeongju": "k"}, "people": [{"user": "a", "password": "b", "role": "agent",
         "city": "gyeongju", "name": "n", "somethingNew": 1}]}
        """);

    Credentials read = new CredentialsFile(path).read();

    assertThat(read.holderOfKey("k")).contains(new KeyHolder("gyeongju", null));
    assertThat(new Accounts(() -> read).login("a", "b")).isPresent();
    assertThatThrownBy(read::receiptNumbers).hasMessageContaining("secrets.receipt");
  }

  @Test
  void aKeyForSomeChannelsIsWrittenBesideTheOthers() throws IOException {
    Path path = folder.resolve("credentials.json");
    Files.writeString(
        path,
        """
        {"keys": {"gyeongju": "k"}, "channelKeys": [
          {"name": "fax", "city": "gyeongju", "channels": ["fax", "email"], "key": "f"}]}
        """);

    Credentials read = new CredentialsFile(path).read();

    assertThat(read.holderOfKey("f")).contains(new KeyHolder("gyeongju", Set.of("fax", "email")));
    for (String wrong : List.of("[]", "null")) {
      Files.writeString(
          path,
          """
          {"channelKeys": [{"name": "fax", "city": "gyeongju", "channels": %s, "key": "f"}]}
          """
              .formatted(wrong));
      assertThatThrownBy(() -> new CredentialsFile(path).read())
          .as("a key for no channel is no key for all")
          .hasMessageContaining("channelKeys");
    }
  }

  @Test
  void manyAtOnceLoseNoChange() throws Exception {
    file().change(now -> Offices.gyeongju());
    int before = file().read().people().size();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Credentials>> changes = new ArrayList<>();
      CredentialsFile shared = file();
      for (int i = 0; i < 20; i++) {
        Person person = Person.generated("p" + i, "pw", Role.ADMIN, null, null, null, "이름");
        changes.add(threads.submit(() -> shared.change(now -> now.add(person))));
      }
      for (Future<Credentials> change : changes) {
        assertThat(change.get().people()).isNotEmpty();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(file().read().people()).hasSize(before + 20);
  }
}
