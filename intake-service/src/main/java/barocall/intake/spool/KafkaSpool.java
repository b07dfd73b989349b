package barocall.intake.spool;

import barocall.intake.spool.SpoolLog.Kept;
import barocall.intake.spool.SpoolLog.Position;
import barocall.kit.events.BrokerAwayException;
import barocall.kit.events.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every single event that intake says. While the broker acknowledges, straight to it.
 * When the oldest on its way has waited too long, it and all behind it go to the disk in their
 * order, and so does all that comes later, until the disk's have been sent, in their order too.
 * What the broker had got in spite of its silence is thus sent twice, with the same id.
 */
final class KafkaSpool implements Spool, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSpool.class);
  private static final int AT_ONCE = 200;
  private static final int LOOKED_AT_ONCE = 200;
  private static final Duration TURN = Duration.ofMillis(50);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration OPEN_AGAIN = Duration.ofSeconds(1);
  private static final Duration TRY_DISK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST_END = Duration.ofSeconds(4);

  private final Opening opening;
  private final Function<ProducerRecord<String, byte[]>, CompletableFuture<Void>> broker;
  private final Executor sending;
  private final Duration patience;
  private final Consumer<ProducerRecord<String, byte[]>> found;
  private final Runnable forwarded;
  private final Thread forwarder = new Thread(this::work, "spool-forwarder");

  // Guarded by this.
  private final Set<Direct> direct = new LinkedHashSet<>();
  private @Nullable SpoolLog log;
  private boolean waiting;
  private boolean stopped;

  // The forwarder's own.
  private boolean brokerTakes;
  private long forwardedSinceBegin;
  private boolean saidUnusable;
  private long openAgainAt;
  private long tryDiskAgainAt = System.nanoTime();

  /** How the disk's part is opened. */
  @FunctionalInterface
  interface Opening {
    SpoolLog open() throws IOException;
  }

  /** A record that went to the broker, since when. */
  private static final class Direct {
    private final ProducerRecord<String, byte[]> record;
    private final long since = System.nanoTime();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Direct(ProducerRecord<String, byte[]> record) {
      this.record = record;
    }
  }

  /**
   * A spool that is not started yet.
   *
   * @param broker hands a record to the broker; it may block
   * @param sending runs what may block
   * @param patience how long the broker may take before a record goes to the disk instead
   * @param found is told, after the start, of what a process before has left
   * @param forwarded is run for each record of the disk that the broker has taken
   */
  KafkaSpool(
      Opening opening,
      Function<ProducerRecord<String, byte[]>, CompletableFuture<Void>> broker,
      Executor sending,
      Duration patience,
      Consumer<ProducerRecord<String, byte[]>> found,
      Runnable forwarded) {
    this.opening = opening;
    this.broker = broker;
    this.sending = sending;
    this.patience = patience;
    this.found = found;
    this.forwarded = forwarded;
    forwarder.setDaemon(true);
  }

  /** Begins, with what a process before has left. */
  void start() {
    open();
    forwarder.start();
  }

  @Override
  public CompletableFuture<Void> send(ProducerRecord<String, byte[]> record) {
    Direct mine = new Direct(record);
    synchronized (this) {
      if (waiting) {
        keep(mine);
        return mine.done;
      }
      direct.add(mine);
    }
    try {
      sending.execute(() -> sendDirectly(mine));
    } catch (RejectedExecutionException tooMany) {
      if (left(mine)) {
        mine.done.completeExceptionally(new BrokerAwayException(tooMany));
      }
    }
    return mine.done;
  }

  private void sendDirectly(Direct mine) {
    synchronized (this) {
      if (!direct.contains(mine)) {
        return;
      }
    }
    var unused =
        broker
            .apply(mine.record)
            .whenComplete(
                (acknowledged, failure) -> {
                  if (failure == null) {
                    left(mine);
                    mine.done.complete(null);
                  } else if (isFaultOfTheRecord(failure)) {
                    left(mine);
                    mine.done.completeExceptionally(failure);
                  } else {
                    turnToDisk(mine);
                  }
                });
  }

  private synchronized boolean left(Direct mine) {
    return direct.remove(mine);
  }

  /** If that record is still on its way, it and all others go to the disk. */
  private synchronized void turnToDisk(Direct overdue) {
    if (!direct.contains(overdue)) {
      return;
    }
    SpoolLog to = log;
    if (to == null) {
      direct.remove(overdue);
      overdue.done.completeExceptionally(unusable());
      return;
    }
    if (!waiting) {
      waiting = true;
      LOG.warn(
          "The message broker does not acknowledge: what is accepted from now on is kept on this machine's disk.");
    }
    direct.forEach(this::keep);
    direct.clear();
    notifyAll();
  }

  /** Called with the lock, so that the order is the one in which they came. */
  private void keep(Direct it) {
    SpoolLog to = log;
    if (to == null) {
      it.done.completeExceptionally(unusable());
      return;
    }
    var unused =
        to.append(KafkaRecords.written(it.record))
            .whenComplete(
                (kept, failure) -> {
                  if (failure == null) {
                    it.done.complete(null);
                  } else {
                    it.done.completeExceptionally(new BrokerAwayException(failure));
                  }
                });
  }

  private static BrokerAwayException unusable() {
    return new BrokerAwayException(new IOException("the spool cannot be used"));
  }

  @Override
  public synchronized boolean isWaiting() {
    return waiting;
  }

  /** How many records wait on the disk. */
  synchronized long records() {
    return log == null ? 0 : log.records();
  }

  /** How many bytes of the disk they take. */
  synchronized long bytes() {
    return log == null ? 0 : log.bytes();
  }

  /** Since when the oldest waits. */
  synchronized Optional<Instant> since() {
    return log == null ? Optional.empty() : log.since();
  }

  /** Whether what comes now could be kept without the broker. */
  synchronized boolean takesMore() {
    return log != null && log.takesMore();
  }

  private void work() {
    try {
      tellWhatWasFound();
    } catch (IOException | RuntimeException e) {
      LOG.warn("What the spool holds could not be looked at: {}", e.getClass().getSimpleName());
    }
    while (!isStopped()) {
      try {
        turn();
      } catch (IOException e) {
        openAnew(e);
      } catch (RuntimeException e) {
        LOG.error("The spool's forwarding failed and goes on: {}", e.getClass().getSimpleName(), e);
        pause(PAUSE);
      }
    }
  }

  private void turn() throws IOException {
    lookForOverdue();
    SpoolLog from = present();
    if (from == null) {
      if (System.nanoTime() - openAgainAt > 0) {
        open();
      }
      pause(TURN);
      return;
    }
    if (System.nanoTime() - tryDiskAgainAt > 0) {
      from.tryAgain();
      tryDiskAgainAt = System.nanoTime() + TRY_DISK_AGAIN.toNanos();
    }
    List<Kept> oldest = from.read(from.head(), brokerTakes ? AT_ONCE : 1);
    if (oldest.isEmpty()) {
      endIfEmpty(from);
      pause(TURN);
      return;
    }
    int taken = forward(oldest, from);
    from.forget(oldest.subList(0, taken));
    brokerTakes = taken == oldest.size();
    if (!brokerTakes) {
      pause(PAUSE);
    }
  }

  private void lookForOverdue() {
    Direct oldest;
    synchronized (this) {
      Iterator<Direct> all = direct.iterator();
      oldest = all.hasNext() ? all.next() : null;
    }
    if (oldest != null && System.nanoTime() - oldest.since > patience.toNanos()) {
      turnToDisk(oldest);
    }
  }

  private synchronized void endIfEmpty(SpoolLog from) {
    if (waiting && from.records() == 0) {
      waiting = false;
      LOG.info(
          "The spool is empty: the message broker has taken {} records from it.",
          forwardedSinceBegin);
      forwardedSinceBegin = 0;
    }
  }

  /** How many of them, from the first, the broker has taken or never will. */
  private int forward(List<Kept> oldest, SpoolLog from) throws IOException {
    List<CompletableFuture<Void>> acknowledgements = new ArrayList<>(oldest.size());
    for (Kept kept : oldest) {
      acknowledgements.add(handed(kept));
    }
    int taken = 0;
    for (CompletableFuture<Void> acknowledgement : acknowledgements) {
      Throwable failure = failureOf(acknowledgement);
      if (failure == null) {
        forwarded.run();
        forwardedSinceBegin++;
      } else if (isFaultOfTheRecord(failure)) {
        LOG.error(
            "The message broker refuses a record of the spool for what it is ({}); it is put aside as {}.",
            root(failure).getClass().getSimpleName(),
            from.putAside(oldest.get(taken)).getFileName());
      } else {
        return taken;
      }
      taken++;
    }
    return taken;
  }

  private CompletableFuture<Void> handed(Kept kept) {
    try {
      return broker.apply(KafkaRecords.read(kept.record()));
    } catch (UncheckedIOException unreadable) {
      return CompletableFuture.failedFuture(new SerializationException(unreadable));
    }
  }

  private static @Nullable Throwable failureOf(CompletableFuture<Void> acknowledgement) {
    try {
      acknowledgement.get(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    } catch (TimeoutException e) {
      return e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    }
  }

  private static boolean isFaultOfTheRecord(Throwable failure) {
    Throwable root = root(failure);
    return root instanceof RecordTooLargeException
        || root instanceof RecordBatchTooLargeException
        || root instanceof InvalidRecordException
        || root instanceof SerializationException;
  }

  /** What the client said; what led to it is of no interest. */
  private static Throwable root(Throwable failure) {
    Throwable at = failure;
    while (!(at instanceof KafkaException) && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }

  private void open() {
    try {
      SpoolLog opened = opening.open();
      synchronized (this) {
        log = opened;
        if (opened.records() > 0) {
          waiting = true;
          LOG.warn(
              "{} records wait on this machine's disk for the message broker.", opened.records());
        }
      }
      if (saidUnusable) {
        LOG.info("The spool can be used again.");
        saidUnusable = false;
      }
    } catch (IOException | RuntimeException e) {
      if (!saidUnusable) {
        LOG.error(
            "The spool cannot be used, so nothing is accepted while the message broker is away: {}",
            e.toString());
        saidUnusable = true;
      }
      openAgainAt = System.nanoTime() + OPEN_AGAIN.toNanos();
    }
  }

  /** Whatever is wrong with its files, opening sets right what can be. */
  private void openAnew(IOException wrong) {
    LOG.error("The spool could not be read and is opened anew: {}", wrong.toString());
    SpoolLog old;
    synchronized (this) {
      old = log;
      log = null;
      waiting = false;
    }
    if (old != null) {
      close(old);
    }
    open();
    pause(PAUSE);
  }

  private void tellWhatWasFound() throws IOException {
    SpoolLog from = present();
    if (from == null) {
      return;
    }
    Position at = from.head();
    List<Kept> some = from.read(at, LOOKED_AT_ONCE);
    while (!some.isEmpty() && !isStopped()) {
      for (Kept kept : some) {
        try {
          found.accept(KafkaRecords.read(kept.record()));
        } catch (UncheckedIOException unreadable) {
          LOG.debug("A record of the spool is not readable", unreadable);
        }
      }
      at = some.get(some.size() - 1).next();
      some = from.read(at, LOOKED_AT_ONCE);
    }
  }

  private synchronized @Nullable SpoolLog present() {
    return log;
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private synchronized void pause(Duration atMost) {
    if (!stopped) {
      try {
        wait(atMost.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stopped = true;
      }
    }
  }

  /** What waits goes on waiting for the next start. */
  @Override
  public void close() {
    SpoolLog last;
    synchronized (this) {
      stopped = true;
      notifyAll();
      last = log;
    }
    try {
      forwarder.join(LONGEST_END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (last != null) {
      close(last);
    }
  }

  private static void close(SpoolLog log) {
    try {
      log.close();
    } catch (IOException e) {
      LOG.debug("The spool was not closed in order", e);
    }
  }
}
