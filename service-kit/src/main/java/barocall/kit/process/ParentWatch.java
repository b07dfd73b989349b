package barocall.kit.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process when the one that started it is gone, so that nothing runs on unnoticed:
 * orderly if that takes no longer than the bound, else at once.
 */
final class ParentWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ParentWatch.class);

  /** The two ways to end; an interface, so that a test survives them. */
  interface Ending {
    void orderly();

    void atOnce();
  }

  private final long parent;
  private final BooleanSupplier parentLives;
  private final Duration every;
  private final Duration bound;
  private final Ending ending;

  ParentWatch(
      long parent, BooleanSupplier parentLives, Duration every, Duration bound, Ending ending) {
    this.parent = parent;
    this.parentLives = parentLives;
    this.every = every;
    this.bound = bound;
    this.ending = ending;
  }

  /**
   * Says whether a process lives. Its number may later be another's, so its start time counts too;
   * and where it is our own parent, being given to another parent says that it ended, even if
   * nobody has collected it yet.
   */
  static BooleanSupplier lifeOf(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    boolean isOurs = isOurParent(pid);
    return () -> process.map(ProcessHandle::isAlive).orElse(false) && (!isOurs || isOurParent(pid));
  }

  private static boolean isOurParent(long pid) {
    return ProcessHandle.current().parent().map(parent -> parent.pid() == pid).orElse(false);
  }

  /** Watches in a thread that keeps no process alive. */
  static Thread start(ParentWatch watch) {
    var thread = new Thread(watch, "parent-watch");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void run() {
    try {
      while (parentLives.getAsBoolean()) {
        Thread.sleep(every.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    LOG.warn("Process {}, which started this service, is gone: this service ends too", parent);
    var orderly = new Thread(ending::orderly, "orderly-end");
    orderly.setDaemon(true);
    orderly.start();
    try {
      orderly.join(bound.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (orderly.isAlive()) {
      LOG.error("The orderly end took longer than {} s", bound.toSeconds());
      ending.atOnce();
    }
  }
}
