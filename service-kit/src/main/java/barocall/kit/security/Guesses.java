package barocall.kit.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Slows down whoever tries until something fits. After five failures within a quarter of an hour
 * each further one is answered only after a pause, which doubles from one second to five minutes. A
 * try counts as a failure from its beginning until it has fitted, so that tries at the same time
 * don't get past. A service names its guessers as it likes, such as by user and address.
 */
public final class Guesses {
  private static final int FREE = 5;
  private static final Duration REMEMBERED = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int GUESSERS = 100_000;

  private final Clock clock;
  private final Cache<String, Failures> failures;

  public Guesses(Clock clock) {
    this.clock = clock;
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(GUESSERS)
            .expireAfterWrite(KEPT)
            .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
            .build();
  }

  /**
   * Begins a try.
   *
   * @return zero if it may go on, and then it counts; else how long this guesser has to wait first
   */
  public Duration begin(String guesser) {
    Instant now = clock.instant();
    var left = new AtomicReference<>(Duration.ZERO);
    failures
        .asMap()
        .compute(
            guesser,
            (key, known) -> {
              if (known != null && known.until().isAfter(now)) {
                left.set(Duration.between(now, known.until()));
                return known;
              }
              left.set(Duration.ZERO);
              return next(known, now);
            });
    return left.get();
  }

  /** A try that fitted: all is forgotten. */
  public void succeeded(String guesser) {
    failures.invalidate(guesser);
  }

  /** How many guessers are remembered. */
  long remembered() {
    failures.cleanUp();
    return failures.estimatedSize();
  }

  private static Failures next(@Nullable Failures known, Instant now) {
    boolean fresh = known == null || known.last().plus(REMEMBERED).isBefore(now);
    int count = fresh ? 1 : known.count() + 1;
    long seconds = count < FREE ? 0 : 1L << Math.min(count - FREE, 16);
    return new Failures(count, now, now.plusSeconds(Math.min(seconds, LONGEST.toSeconds())));
  }

  private record Failures(int count, Instant last, Instant until) {}
}
