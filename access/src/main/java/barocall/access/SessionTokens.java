package barocall.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a person's browser keeps after the log-in: a value signed under the shared session secret,
 * so that one log-in opens all services and outlives a restart. It ends after eight hours, by
 * log-out, and with a changed password or a disabled person.
 */
public final class SessionTokens {
  /** How long a log-in lasts. */
  public static final Duration LIFE = Duration.ofHours(8);

  private static final int ID_BYTES = 12;
  private static final int FINGERPRINT_BYTES = 12;
  private static final int SIGNATURE_BYTES = 32;
  private static final int PARTS = 6;
  private static final int MAX_LENGTH = 1_024;

  private final Supplier<Credentials> credentials;
  private final EndedSessions ended;
  private final Clock clock;
  private final SecureRandom random;

  public SessionTokens(
      Supplier<Credentials> credentials, EndedSessions ended, Clock clock, SecureRandom random) {
    this.credentials = credentials;
    this.ended = ended;
    this.clock = clock;
    this.random = random;
  }

  /** A new session of this person, who has just proved who they are. */
  public String issue(Person person) {
    Instant now = clock.instant();
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    Keyed keyed = credentials.get().sessionSecret();
    String signed =
        String.join(
            ".",
            base64(person.user().getBytes(StandardCharsets.UTF_8)),
            Long.toString(now.getEpochSecond()),
            Long.toString(now.plus(LIFE).getEpochSecond()),
            base64(id),
            fingerprint(keyed, person));
    return signed + "." + signature(keyed, signed);
  }

  /** The person whose session this still is. */
  public Optional<Person> open(String token) {
    return signed(token)
        .filter(session -> clock.instant().isBefore(session.expires()))
        .filter(session -> !ended.contains(session.id()))
        .flatMap(
            session -> {
              Credentials now = credentials.get();
              return now.person(session.user())
                  .filter(person -> !person.disabled())
                  .filter(
                      person ->
                          Passwords.same(
                              fingerprint(now.sessionSecret(), person), session.fingerprint()));
            });
  }

  /** Ends the session everywhere, if it is one of ours. */
  public void end(String token) {
    signed(token).ifPresent(session -> ended.add(session.id(), session.expires()));
  }

  private Optional<Session> signed(String token) {
    int last = token.lastIndexOf('.');
    if (last < 0 || token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String signed = token.substring(0, last);
    Keyed keyed = credentials.get().sessionSecret();
    if (!Passwords.same(signature(keyed, signed), token.substring(last + 1))) {
      return Optional.empty();
    }
    // Whatever follows was written by us.
    String[] parts = token.split("\\.", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    return Optional.of(
        new Session(
            new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8),
            Instant.ofEpochSecond(Long.parseLong(parts[2])),
            parts[3],
            parts[4]));
  }

  private static String signature(Keyed keyed, String signed) {
    return keyed.text("session/" + signed, SIGNATURE_BYTES);
  }

  private static String fingerprint(Keyed keyed, Person person) {
    return keyed.text("password/" + person.user() + "/" + person.stored(), FINGERPRINT_BYTES);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private record Session(String user, Instant expires, String id, String fingerprint) {}
}
