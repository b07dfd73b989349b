package barocall.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTokensTest {
  @TempDir Path folder;

  private final Offices.Hands clock = new Offices.Hands();
  private final AtomicLong nanos = new AtomicLong();
  private Credentials credentials = Offices.gyeongju();
  private final Person agent = credentials.person("gyeongju-agent-1").orElseThrow();

  private SessionTokens tokens(Path file) {
    EndedSessions ended = new EndedSessions(file, clock, nanos::get);
    return new SessionTokens(() -> credentials, ended, clock, Offices.RANDOM);
  }

  private SessionTokens tokens() {
    return tokens(folder.resolve("ended-sessions"));
  }

  @Test
  void aSessionOpensEverywhereAndAfterARestart() {
    String token = tokens().issue(agent);

    assertThat(tokens().open(token)).contains(agent);
    assertThat(token).matches("[A-Za-z0-9._-]+");
  }

  @Test
  void aSessionEndsAfterEightHours() {
    String token = tokens().issue(agent);

    clock.forward(Duration.ofHours(8).minusSeconds(1));
    assertThat(tokens().open(token)).isPresent();
    clock.forward(Duration.ofSeconds(1));
    assertThat(tokens().open(token)).isEmpty();
  }

  @Test
  void noCharacterCanBeChanged() {
    String token = tokens().issue(agent);
    SessionTokens tokens = tokens();
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String forged = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.open(forged)).as("at %d", i).isEmpty();
    }
    assertThat(tokens.open("")).isEmpty();
    assertThat(tokens.open("a.b.c.d.e.f")).isEmpty();
    assertThat(tokens.open("x".repeat(100_000))).isEmpty();
  }

  @Test
  void anotherSecretOpensNothing() {
    String token = tokens().issue(agent);
    credentials = Offices.gyeongju();

    assertThat(tokens().open(token)).isEmpty();
  }

  @Test
  void aChangedPasswordEndsTheSession() {
    String token = tokens().issue(agent);

    credentials = credentials.password(agent.user(), "a new password", Offices.RANDOM);

    assertThat(tokens().open(token)).isEmpty();
  }

  @Test
  void aDisabledPersonsSessionEnds() {
    String token = tokens().issue(agent);

    credentials = credentials.disable(agent.user(), true);

    assertThat(tokens().open(token)).isEmpty();
  }

  @Test
  void logOutIsKnownToTheOthersWithinASecond() {
    SessionTokens here = tokens();
    SessionTokens there = tokens();
    String token = here.issue(agent);
    String other = here.issue(agent);
    assertThat(there.open(token)).isPresent();

    here.end(token);

    assertThat(here.open(token)).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(there.open(token)).isEmpty();
    assertThat(there.open(other)).isPresent();
    assertThat(tokens().open(token)).isEmpty();
  }

  @Test
  void endedSessionsAreDroppedWhenTheyWouldHaveEndedAnyway() throws IOException {
    Path file = folder.resolve("ended-sessions");
    SessionTokens tokens = tokens(file);
    tokens.end(tokens.issue(agent));
    clock.forward(Duration.ofHours(9));
    tokens.end(tokens.issue(agent));

    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  @Test
  void aForgedTokenEndsNothing() {
    tokens().end("a.1.99999999999.b.c.d");

    assertThat(folder.resolve("ended-sessions")).doesNotExist();
  }

  @Test
  void withoutAPlaceToWriteTheSessionEndsHereAtLeast() {
    SessionTokens tokens = tokens(folder.resolve("no/such/folder/ended-sessions"));
    String token = tokens.issue(agent);

    tokens.end(token);

    assertThat(tokens.open(token)).isEmpty();
  }
}
