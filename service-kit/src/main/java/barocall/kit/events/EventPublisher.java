package barocall.kit.events;

import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.kit.tracing.Traces;
import io.micrometer.observation.Observation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * Says events. Every result completes only when the broker has acknowledged (all in-sync replicas)
 * or, of a single event, the service's {@link Spool} has kept it; or fails with a {@link
 * BrokerAwayException} after about two seconds. Saying the same event again is harmless.
 */
public final class EventPublisher {
  private static final Duration AT_MOST = Duration.ofSeconds(2);

  /** The broker's time, and then a disk that is busy. */
  private static final Duration AT_MOST_WITH_SPOOL = Duration.ofSeconds(4);

  private final Sending broker;
  private final @Nullable Spool spool;
  private final Scheduler scheduler;
  private final String source;
  private final int partitions;
  private final SaidEvents said;
  private final Traces traces;

  EventPublisher(
      Sending broker,
      @Nullable Spool spool,
      Scheduler scheduler,
      String source,
      int partitions,
      SaidEvents said,
      Traces traces) {
    this.broker = broker;
    this.spool = spool;
    this.scheduler = scheduler;
    this.source = source;
    this.partitions = partitions;
    this.said = said;
    this.traces = traces;
  }

  /** Says one event, off the caller's thread: the client may block while it has no metadata. */
  public Mono<Void> send(Event event) {
    if (spool != null) {
      // It never blocks; and whoever waits for the disk shares the disk's thread with all others.
      return Mono.deferContextual(
              work -> Mono.fromFuture(() -> sent(event, work, spool::send), true))
          .publishOn(Schedulers.parallel())
          .timeout(AT_MOST_WITH_SPOOL, Mono.error(() -> inTime("neither broker nor disk")));
    }
    return Mono.deferContextual(work -> Mono.fromFuture(() -> sent(event, work)))
        .subscribeOn(scheduler)
        .onErrorMap(RejectedExecutionException.class, BrokerAwayException::new)
        .timeout(AT_MOST, Mono.error(() -> inTime("no acknowledgement")));
  }

  private static BrokerAwayException inTime(String what) {
    return new BrokerAwayException(new KafkaException(what + " in time"));
  }

  /**
   * Says many events, such as those of the past; completes when the broker has acknowledged all.
   * They are never spooled, and wait their turn while others are. Those before a failure may have
   * been said.
   */
  public Mono<Void> sendAll(List<? extends Event> events) {
    if (spool != null && spool.isWaiting()) {
      return Mono.error(
          () -> new BrokerAwayException(new KafkaException("what came before still waits")));
    }
    return Mono.deferContextual(work -> Mono.fromFuture(() -> allSent(events, work)))
        .subscribeOn(scheduler)
        .onErrorMap(RejectedExecutionException.class, BrokerAwayException::new);
  }

  /** Says one event and waits; for consumers and senders, never on a thread that serves HTTP. */
  public void sendAndWait(Event event) {
    send(event).contextCapture().block();
  }

  /**
   * All in one span, whose header each of them has. Where one fails at once, as each would wait for
   * a broker that is away, none is sent behind it.
   */
  private CompletableFuture<Void> allSent(List<? extends Event> events, ContextView work) {
    CompletableFuture<Void> all = new CompletableFuture<>();
    if (events.isEmpty()) {
      all.complete(null);
      return all;
    }
    Headers trace = new RecordHeaders();
    Observation sending = traces.sending(events.get(0).topic().wireName(), trace, work).start();
    // Of the future that is given away: whoever cancels it ends the span as well.
    var unusedEnd =
        all.whenComplete(
            (kept, failure) -> {
              if (failure != null) {
                sending.error(failure);
              }
              sending.stop();
            });
    AtomicInteger open = new AtomicInteger(events.size());
    try {
      for (Event event : events) {
        ProducerRecord<String, byte[]> record = EventCodec.encode(event, source, partitions);
        trace.forEach(header -> record.headers().add(header));
        var unused =
            broker
                .acknowledged(record)
                .whenComplete(
                    (kept, failure) -> {
                      if (failure != null) {
                        all.completeExceptionally(failure);
                      } else {
                        said.count(event);
                        if (open.decrementAndGet() == 0) {
                          all.complete(null);
                        }
                      }
                    });
        if (all.isCompletedExceptionally()) {
          break;
        }
      }
    } catch (RuntimeException unencoded) {
      all.completeExceptionally(unencoded);
    }
    return all;
  }

  private CompletableFuture<Void> sent(Event event, ContextView work) {
    return sent(event, work, broker::acknowledged);
  }

  private CompletableFuture<Void> sent(
      Event event,
      ContextView work,
      Function<ProducerRecord<String, byte[]>, CompletableFuture<Void>> way) {
    ProducerRecord<String, byte[]> record = EventCodec.encode(event, source, partitions);
    Observation sending = traces.sending(record.topic(), record.headers(), work).start();
    return way.apply(record)
        .whenComplete(
            (kept, failure) -> {
              if (failure != null) {
                sending.error(failure);
              }
              sending.stop();
            })
        .thenRun(() -> said.count(event));
  }

  CompletableFuture<Void> sent(ProducerRecord<String, byte[]> record) {
    return broker.acknowledged(record);
  }
}
