package barocall.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Says who somebody is by the key or the password that they show. A password that matched a slow
 * hash is remembered for five minutes, only as a keyed hash and only until the credentials change,
 * so that programs may send it with every request.
 */
public final class Accounts {
  private static final long REMEMBERED_NANOS = Duration.ofMinutes(5).toNanos();
  private static final int REMEMBERED_AT_MOST = 1_000;

  private final Supplier<Credentials> credentials;
  private final LongSupplier nanoTime;
  private final Keyed remembering;
  private volatile Remembered remembered;

  public Accounts(Supplier<Credentials> credentials) {
    this(credentials, System::nanoTime);
  }

  Accounts(Supplier<Credentials> credentials, LongSupplier nanoTime) {
    this.credentials = credentials;
    this.nanoTime = nanoTime;
    byte[] key = new byte[Secrets.BYTES];
    new SecureRandom().nextBytes(key);
    this.remembering = new Keyed(key);
    this.remembered = new Remembered(Credentials.none(), new ConcurrentHashMap<>());
  }

  /** What this key opens; empty if it is none. */
  public Optional<KeyHolder> holderOfKey(String key) {
    return credentials.get().holderOfKey(key);
  }

  /** The person with this name and password, unless disabled. May take some tenths of a second. */
  public Optional<Person> login(String user, String password) {
    Credentials now = credentials.get();
    Optional<Person> person = now.person(user).filter(p -> !p.disabled());
    return person.filter(p -> matches(now, p, password));
  }

  /** Who is called so, whether or not they may log in. */
  public Optional<Person> called(String user) {
    return credentials.get().person(user);
  }

  /** Whether {@link #login} will answer at once, so that it needs no thread that may wait. */
  public boolean answersAtOnce(String user, String password) {
    Credentials now = credentials.get();
    Optional<Person> slow = now.person(user).filter(p -> p.passwordHash() != null);
    return slow.isEmpty() || isRemembered(memory(now), trace(slow.get(), password));
  }

  private boolean matches(Credentials now, Person person, String password) {
    if (person.passwordHash() == null) {
      return Passwords.matches(person, password);
    }
    ConcurrentMap<String, Long> memory = memory(now);
    String trace = trace(person, password);
    if (isRemembered(memory, trace)) {
      return true;
    }
    boolean matches = Passwords.matches(person, password);
    if (matches) {
      if (memory.size() >= REMEMBERED_AT_MOST) {
        memory.clear();
      }
      memory.put(trace, nanoTime.getAsLong());
    }
    return matches;
  }

  private boolean isRemembered(ConcurrentMap<String, Long> memory, String trace) {
    Long since = memory.get(trace);
    return since != null && nanoTime.getAsLong() - since < REMEMBERED_NANOS;
  }

  private ConcurrentMap<String, Long> memory(Credentials now) {
    Remembered known = remembered;
    if (known.of() != now) {
      known = new Remembered(now, new ConcurrentHashMap<>());
      remembered = known;
    }
    return known.traces();
  }

  private String trace(Person person, String password) {
    String words = person.user() + "\n" + person.stored() + "\n" + password;
    return Base64.getEncoder().encodeToString(remembering.of(words));
  }

  private record Remembered(Credentials of, ConcurrentMap<String, Long> traces) {}
}
