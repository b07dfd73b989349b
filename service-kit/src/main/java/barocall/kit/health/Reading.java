package barocall.kit.health;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a service reads its events. Whoever reads tells it, the probes ask it. Its sentences are
 * shown to everybody: they name no person, no address and no words.
 */
public final class Reading {
  private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
  private static final String ENDED =
      "A thread that reads events has ended; only a new process reads on.";

  private final AtomicReference<@Nullable String> stopped = new AtomicReference<>();
  private final AtomicReference<@Nullable String> died = new AtomicReference<>();
  private final List<BooleanSupplier> threads = new CopyOnWriteArrayList<>();

  /**
   * Reading has stopped until a person acts; a new process would stop as well.
   *
   * @param why a sentence for the administrator, with the remedy
   */
  public void stopped(String why) {
    if (stopped.compareAndSet(null, why)) {
      LOG.error(why);
    }
  }

  /**
   * A thread that reads has died: this process is of no use any more, a new one may be.
   *
   * @param why a sentence for the administrator, with the remedy
   */
  public void died(String why) {
    if (died.compareAndSet(null, why)) {
      LOG.error(why);
    }
  }

  /** Watches a thread that reads: it says whether it lives, or ended because it was told to. */
  public void watch(BooleanSupplier lives) {
    threads.add(lives);
  }

  /** Why nothing is read; empty while all is well. */
  public Optional<String> whyNot() {
    return Optional.ofNullable(stopped.get()).or(this::whyDead);
  }

  /** Why only a new process reads on; empty while this one can. */
  public Optional<String> whyDead() {
    return Optional.ofNullable(died.get())
        .or(
            () ->
                threads.stream().allMatch(BooleanSupplier::getAsBoolean)
                    ? Optional.empty()
                    : Optional.of(ENDED));
  }
}
