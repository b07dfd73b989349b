package barocall.kit.audit;

import barocall.contract.AccessChain;
import barocall.contract.Doing;
import barocall.contract.Event.Chained;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Writes this process's chain of accesses, one after the other: the next is sent only after the one
 * before it was acknowledged, so that a process that is killed leaves no gap. One whose asker has
 * gone away before its turn is never written; any other is sent until it is acknowledged.
 */
final class AccessLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  /** More can only come together while nothing is acknowledged. */
  private static final int MOST_WAITING = 5_000;

  private static final long PAUSE_MILLIS = 200;
  private static final Duration END = Duration.ofSeconds(2);

  /** A process that has just started first has to see where its chain goes on. */
  private static final Duration AT_FIRST = Duration.ofSeconds(5);

  private final Supplier<AccessChain> begin;
  private final Consumer<Chained<?>> send;
  private final Clock clock;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread writer = new Thread(this::write, "audit");
  private boolean started;
  private volatile boolean begun;
  private volatile boolean ending;
  private volatile boolean sending;

  /** Since the last try: it is not waited for again each time that somebody looks. */
  private volatile boolean brokerAway;

  /**
   * @param begin makes the chain of this run; fails while the broker is away
   * @param send completes when the broker has acknowledged; fails while it is away
   */
  AccessLog(Supplier<AccessChain> begin, Consumer<Chained<?>> send, Clock clock) {
    this.begin = begin;
    this.send = send;
    this.clock = clock;
    writer.setDaemon(true);
  }

  private enum State {
    WAITS,
    /** It has its number, and is written whoever still waits for it. */
    BEGUN,
    GIVEN_UP
  }

  final class Waiting {
    private final Doing<?> accessed;

    /** When it was, which in an outage is long before it is written. */
    private final Instant at = clock.instant();

    private final CompletableFuture<Void> kept = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITS);

    Waiting(Doing<?> accessed) {
      this.accessed = accessed;
    }

    void giveUp() {
      if (state.compareAndSet(State.WAITS, State.GIVEN_UP)) {
        queue.remove(this);
      }
    }

    boolean isBegun() {
      return state.compareAndSet(State.WAITS, State.BEGUN);
    }
  }

  /** Begins the chain, which takes a moment, without waiting for it. */
  synchronized void start() {
    if (!started) {
      started = true;
      writer.start();
    }
  }

  /**
   * Completes when all are acknowledged, or after that long, or at once while the broker is known
   * to be away; then they are written when it is back. Fails at once when too many wait.
   */
  Mono<Void> kept(List<? extends Doing<?>> all, Duration atMost) {
    return Mono.defer(
        () -> {
          List<Waiting> own = new ArrayList<>();
          for (Doing<?> accessed : all) {
            Waiting waiting = new Waiting(accessed);
            if (!offer(waiting)) {
              own.forEach(Waiting::giveUp);
              return Mono.error(
                  () -> new RejectedExecutionException("too many accesses wait to be recorded"));
            }
            own.add(waiting);
          }
          return acknowledged(own, begun ? atMost : longer(atMost))
              .doOnCancel(() -> own.forEach(Waiting::giveUp));
        });
  }

  /** As {@link #kept}, but written whoever goes away meanwhile; it never fails. */
  Mono<Void> keptLater(List<? extends Doing<?>> all, Duration atMost) {
    return Mono.defer(() -> acknowledged(keepLater(all), atMost));
  }

  /** Has them written, without waiting for it; returns those that will be. */
  List<Waiting> keepLater(List<? extends Doing<?>> all) {
    List<Waiting> own = new ArrayList<>();
    for (Doing<?> doing : all) {
      Waiting waiting = new Waiting(doing);
      if (!offer(waiting)) {
        LOG.error(
            "Too many accesses wait to be recorded: {} by {} is not, and stands at most in its own event.",
            doing.what().wireName(),
            doing.user());
        return own;
      }
      own.add(waiting);
    }
    return own;
  }

  private static Duration longer(Duration atMost) {
    return atMost.compareTo(AT_FIRST) > 0 ? atMost : AT_FIRST;
  }

  private Mono<Void> acknowledged(List<Waiting> own, Duration atMost) {
    if (brokerAway) {
      return Mono.empty();
    }
    var all =
        CompletableFuture.allOf(
            own.stream().map(it -> it.kept).toArray(CompletableFuture<?>[]::new));
    return Mono.fromFuture(all, true)
        .publishOn(Schedulers.parallel())
        .timeout(atMost, Mono.empty());
  }

  private boolean offer(Waiting waiting) {
    synchronized (this) {
      if (ending) {
        return false;
      }
      start();
    }
    return queue.offer(waiting);
  }

  private void write() {
    try {
      AccessChain chain = begun();
      while (chain != null && (!ending || !queue.isEmpty())) {
        Waiting next = queue.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null && next.isBegun()) {
          sendUntilAcknowledged(chain.next(next.accessed, next.at));
          next.kept.complete(null);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tries until it can be begun, or nobody needs it any more. */
  private @Nullable AccessChain begun() throws InterruptedException {
    boolean said = false;
    while (!ending || !queue.isEmpty()) {
      try {
        AccessChain chain = begin.get();
        begun = true;
        brokerAway = false;
        return chain;
      } catch (RuntimeException away) {
        brokerAway = true;
        if (!said) {
          LOG.warn(
              "No access can be recorded before the broker answers: {}",
              away.getClass().getSimpleName());
          said = true;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    return null;
  }

  private void sendUntilAcknowledged(Chained<?> record) throws InterruptedException {
    boolean said = false;
    sending = true;
    while (true) {
      try {
        send.accept(record);
        brokerAway = false;
        sending = false;
        return;
      } catch (RuntimeException away) {
        brokerAway = true;
        if (!said) {
          LOG.warn(
              "Access {} waits for the broker, and others behind it: {}",
              record.key(),
              away.getClass().getSimpleName());
          said = true;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** Writes what waits, for at most two seconds. */
  @Override
  public void close() {
    synchronized (this) {
      ending = true;
    }
    try {
      writer.join(END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (writer.isAlive()) {
      writer.interrupt();
      LOG.warn(
          "{} accesses were not recorded: the broker did not answer. What was done stands in its own events.",
          queue.size() + (sending ? 1 : 0));
    }
  }
}
