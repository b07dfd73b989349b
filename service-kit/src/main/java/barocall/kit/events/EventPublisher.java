package barocall.kit.events;

import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.kit.tracing.Traces;
import io.micrometer.observation.Observation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/**
 * Says events. Every result completes only when the broker has acknowledged (all in-sync replicas),
 * or fails with a {@link BrokerAwayException} after about two seconds. Saying the same event again
 * is harmless.
 */
public final class EventPublisher {
  private static final Duration AT_MOST = Duration.ofSeconds(2);

  private final Producer<String, byte[]> producer;
  private final Scheduler scheduler;
  private final String source;
  private final int partitions;
  private final SaidEvents said;
  private final Traces traces;

  EventPublisher(
      Producer<String, byte[]> producer,
      Scheduler scheduler,
      String source,
      int partitions,
      SaidEvents said,
      Traces traces) {
    this.producer = producer;
    this.scheduler = scheduler;
    this.source = source;
    this.partitions = partitions;
    this.said = said;
    this.traces = traces;
  }

  /** Says one event, off the caller's thread: the client may block while it has no metadata. */
  public Mono<Void> send(Event event) {
    return Mono.deferContextual(work -> Mono.fromFuture(() -> sent(event, work)))
        .subscribeOn(scheduler)
        .onErrorMap(RejectedExecutionException.class, BrokerAwayException::new)
        .timeout(
            AT_MOST,
            Mono.error(
                () -> new BrokerAwayException(new KafkaException("no acknowledgement in time"))));
  }

  /**
   * Says many events; completes when all are acknowledged. Those before a failure may have been
   * said.
   */
  public Mono<Void> sendAll(List<? extends Event> events) {
    return Mono.deferContextual(
            work ->
                Mono.fromFuture(
                    () ->
                        CompletableFuture.allOf(
                            events.stream()
                                .map(event -> sent(event, work))
                                .toArray(CompletableFuture<?>[]::new))))
        .subscribeOn(scheduler)
        .onErrorMap(RejectedExecutionException.class, BrokerAwayException::new);
  }

  /** Says one event and waits; for consumers and senders, never on a thread that serves HTTP. */
  public void sendAndWait(Event event) {
    send(event).contextCapture().block();
  }

  private CompletableFuture<Void> sent(Event event, ContextView work) {
    ProducerRecord<String, byte[]> record = EventCodec.encode(event, source, partitions);
    Observation sending = traces.sending(record.topic(), record.headers(), work).start();
    return sent(record)
        .whenComplete((acknowledged, failure) -> sending.stop())
        .thenRun(() -> said.count(event));
  }

  CompletableFuture<Void> sent(ProducerRecord<String, byte[]> record) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    try {
      var unused =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  acknowledged.complete(null);
                } else {
                  acknowledged.completeExceptionally(new BrokerAwayException(failure));
                }
              });
    } catch (KafkaException failure) {
      acknowledged.completeExceptionally(new BrokerAwayException(failure));
    }
    return acknowledged;
  }
}
