package barocall.kit.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Where a consumer's thread waits for the store. It may block, and must: only a returned call is
 * retried, dead-lettered or committed. Never used on a thread that serves HTTP.
 */
public final class Awaiting {
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  private Awaiting() {}

  /**
   * Waits for the result, null if there is none.
   *
   * @throws StoreAwayException when it does not come within 20 s
   */
  public static <T> @Nullable T result(Mono<T> work) {
    return work.timeout(AT_MOST, Mono.error(StoreAwayException::new)).contextCapture().block();
  }
}
