package barocall.kit.rebuild;

import barocall.kit.store.Generations;
import barocall.kit.store.Generations.Claim;
import barocall.kit.store.RebuildRefusedException;
import barocall.kit.store.StoreAwayException;
import com.mongodb.MongoException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to rebuild, from when it is taken until it is given back: however this process ends, if
 * it can still do something, nobody has to wait until it counts as gone.
 */
final class HeldClaim implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeldClaim.class);

  private final Generations generations;
  private final Claim claim;
  private final ScheduledExecutorService sayings = Executors.newSingleThreadScheduledExecutor();
  private final AtomicReference<RebuildRefusedException> lost = new AtomicReference<>();
  private boolean over;

  /**
   * Takes it.
   *
   * @throws RebuildRefusedException when another rebuild is going on
   */
  HeldClaim(Generations generations) {
    this.generations = generations;
    this.claim = generations.claim();
    var unused =
        sayings.scheduleWithFixedDelay(
            this::sayThatItGoesOn,
            Generations.SAY_EVERY.toMillis(),
            Generations.SAY_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  Claim claim() {
    return claim;
  }

  /**
   * That it still stands.
   *
   * @throws RebuildRefusedException when another rebuild took over
   */
  void check() {
    RebuildRefusedException taken = lost.get();
    if (taken != null) {
      throw taken;
    }
  }

  /** Closes the old generation; returns when nobody writes to it any more. */
  void closeOld() {
    generations.close(claim);
  }

  /** Makes the new generation the present one. */
  synchronized void present() {
    if (over) {
      throw new RebuildRefusedException("The rebuild was ended; nothing has changed.");
    }
    generations.present(claim);
  }

  /** A store that is away for a moment is no reason to end; another rebuild is. */
  private void sayThatItGoesOn() {
    try {
      generations.keep(claim);
    } catch (RebuildRefusedException taken) {
      lost.set(taken);
    } catch (RuntimeException away) {
      LOG.warn("The store does not answer: {}", away.getClass().getSimpleName());
    }
  }

  /** Gives it back, and removes the generation that is of no use any more. */
  @Override
  public synchronized void close() {
    over = true;
    sayings.shutdownNow();
    try {
      generations.end(claim);
    } catch (MongoException | StoreAwayException away) {
      LOG.warn(
          "What is of no use any more is left for the next rebuild to remove: {}",
          away.getClass().getSimpleName());
    }
  }
}
