package barocall.kit.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Slows down whoever tries until something fits. After five failures within a quarter of an hour
 * each further one is answered only after a pause, which doubles from one second to five minutes. A
 * service names its guessers as it likes, such as by user and address.
 */
public final class Guesses {
  private static final int FREE = 5;
  private static final Duration REMEMBERED = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int GUESSERS = 100_000;

  private final Clock clock;
  private final Cache<String, Failures> failures;

  public Guesses(Clock clock) {
    this.clock = clock;
    this.failures = Caffeine.newBuilder().maximumSize(GUESSERS).build();
  }

  /** How long this guesser has to wait before another try; zero when they need not. */
  public Duration pause(String guesser) {
    Failures known = failures.getIfPresent(guesser);
    if (known == null) {
      return Duration.ZERO;
    }
    Duration left = Duration.between(clock.instant(), known.until());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** A try that failed. */
  public void failed(String guesser) {
    Instant now = clock.instant();
    failures.asMap().compute(guesser, (key, known) -> next(known, now));
  }

  /** A try that fitted: all is forgotten. */
  public void succeeded(String guesser) {
    failures.invalidate(guesser);
  }

  private static Failures next(@Nullable Failures known, Instant now) {
    boolean fresh = known == null || known.last().plus(REMEMBERED).isBefore(now);
    int count = fresh ? 1 : known.count() + 1;
    long seconds = count < FREE ? 0 : 1L << Math.min(count - FREE, 16);
    return new Failures(count, now, now.plusSeconds(Math.min(seconds, LONGEST.toSeconds())));
  }

  private record Failures(int count, Instant last, Instant until) {}
}
