package barocall.routing.cases;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Goes round at the start and every few seconds: sends what is unsent, wakes what waits for a time.
 */
final class Rounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration AT_MOST = Duration.ofSeconds(60);

  private final Cases cases;
  private final ScheduledExecutorService thread;
  private boolean failing;

  Rounds(Cases cases, Duration every) {
    this.cases = cases;
    this.thread = Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "rounds"));
    var unused =
        thread.scheduleWithFixedDelay(this::round, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A failed round is said once, and made good by the next. */
  private void round() {
    try {
      Mono.whenDelayError(cases.finishUnsent(), cases.wakeUp()).block(AT_MOST);
      failing = false;
    } catch (RuntimeException failure) {
      if (!failing) {
        LOG.warn(
            "The rounds over the cases failed and will be tried again: {}",
            failure.getClass().getSimpleName());
      }
      failing = true;
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
