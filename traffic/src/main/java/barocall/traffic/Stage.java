package barocall.traffic;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Does things at their times, a bounded number at once. What comes late is not dropped: it is done
 * as soon as there is room, and its lag is told.
 */
final class Stage implements AutoCloseable {

  private final ExecutorService workers;
  private final long start = System.nanoTime();
  private final Map<String, Long> errors = new TreeMap<>();
  private long pending;
  private long done;
  private long lagNanos;
  private long mostLagNanos;

  Stage(int atOnce) {
    workers =
        Executors.newFixedThreadPool(
            atOnce,
            work -> {
              Thread thread = new Thread(work, "traffic");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Something to do at its time. */
  @FunctionalInterface
  interface Action {
    void run() throws InterruptedException;
  }

  /** How late things were done. */
  record Lag(Duration mean, Duration most) {}

  /** Since the beginning. */
  Duration now() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Does it so long after the beginning, or now if that has passed. */
  void at(Duration sinceStart, Action action) {
    synchronized (this) {
      pending++;
    }
    long wait = Math.max(0, sinceStart.toNanos() - (System.nanoTime() - start));
    CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, workers)
        .execute(() -> run(sinceStart, action));
  }

  private void run(Duration planned, Action action) {
    long lag = Math.max(0, System.nanoTime() - start - planned.toNanos());
    synchronized (this) {
      done++;
      lagNanos += lag;
      mostLagNanos = Math.max(mostLagNanos, lag);
    }
    try {
      action.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      error(e.toString());
    } finally {
      synchronized (this) {
        pending--;
      }
    }
  }

  /** Something went wrong that the report should tell. */
  synchronized void error(String what) {
    errors.merge(what, 1L, Long::sum);
  }

  synchronized Map<String, Long> errors() {
    return new TreeMap<>(errors);
  }

  synchronized Lag lag() {
    return new Lag(
        Duration.ofNanos(done == 0 ? 0 : lagNanos / done), Duration.ofNanos(mostLagNanos));
  }

  /** Whether nothing is left to do. */
  synchronized boolean idle() {
    return pending == 0;
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
