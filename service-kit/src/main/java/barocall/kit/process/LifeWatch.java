package barocall.kit.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process when only a new one can do its work, so that whoever looks after processes
 * (Compose, {@code up --keep-alive}, a person at {@code barocall status}) sees it: a process that
 * lives and does nothing is seen by nobody.
 */
final class LifeWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(LifeWatch.class);

  private final Supplier<Optional<String>> whyDead;
  private final Duration every;
  private final Runnable end;

  /**
   * @param whyDead why only a new process can do the work; empty while this one can
   */
  LifeWatch(Supplier<Optional<String>> whyDead, Duration every, Runnable end) {
    this.whyDead = whyDead;
    this.every = every;
    this.end = end;
  }

  /** Watches in a thread that keeps no process alive. */
  static void start(LifeWatch watch) {
    var thread = new Thread(watch, "life-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends after the second look at which it was dead: at the first it may just be ending. */
  @Override
  public void run() {
    boolean wasDead = false;
    try {
      while (true) {
        Optional<String> why = whyDead.get();
        if (why.isPresent() && wasDead) {
          LOG.error("This process ends, for a new one to go on: {}", why.get());
          end.run();
          return;
        }
        wasDead = why.isPresent();
        Thread.sleep(every.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
