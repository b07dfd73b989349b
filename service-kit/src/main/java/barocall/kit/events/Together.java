package barocall.kit.events;

import barocall.contract.Event;
import barocall.contract.UnreadableEventException;
import barocall.kit.store.StoreAwayException;
import barocall.kit.tracing.Traces;
import io.micrometer.observation.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchListenerFailedException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Handles what one poll brought: different inquiries at the same time, the records of one inquiry
 * one after the other in their order, and waits for all. What lies before the first record that
 * failed is done and committed; that one, and all behind it, come again, and whether it is tried
 * again or put aside is for {@link EventsConfiguration} to say.
 */
final class Together implements Consumer<List<Delivered>> {
  private static final int AT_ONCE = 64;
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  private final Traces traces;
  private final Function<Event, Mono<Void>> handler;

  Together(Traces traces, Function<Event, Mono<Void>> handler) {
    this.traces = traces;
    this.handler = handler;
  }

  private record Turn(int index, Delivered record, Event event) {}

  /** What went wrong with one poll, by the place of the record. */
  private static final class Failures {
    private final ConcurrentSkipListMap<Integer, Throwable> byIndex = new ConcurrentSkipListMap<>();

    /** While the store is away, nothing more is begun. */
    private final AtomicReference<@Nullable StoreAwayException> away = new AtomicReference<>();

    void note(int index, Throwable failure) {
      byIndex.put(index, failure);
      if (failure instanceof StoreAwayException store) {
        away.set(store);
      }
    }

    void throwFirst() {
      Map.Entry<Integer, Throwable> first = byIndex.firstEntry();
      if (first != null) {
        // Its words go nowhere: only the cause is looked at.
        throw new BatchListenerFailedException(
            "a record failed", asException(first.getValue()), first.getKey());
      }
    }

    private static Exception asException(Throwable failure) {
      return failure instanceof Exception exception
          ? exception
          : new IllegalStateException(failure.getClass().getSimpleName());
    }
  }

  /** What the binder hands over has, in the place of a record without a value, something else. */
  @Override
  public void accept(List<Delivered> records) {
    Failures failures = new Failures();
    Map<String, List<Turn>> byInquiry = new LinkedHashMap<>();
    List<?> values = records;
    for (int index = 0; index < values.size(); index++) {
      try {
        if (!(values.get(index) instanceof Delivered record)) {
          throw new UnreadableEventException("the record has no value");
        }
        Turn turn = new Turn(index, record, record.read());
        byInquiry.computeIfAbsent(turn.event().about(), id -> new ArrayList<>()).add(turn);
      } catch (UnreadableEventException unreadable) {
        failures.note(index, unreadable);
      }
    }
    try {
      Flux.fromIterable(byInquiry.values())
          .flatMap(turns -> inOrder(turns, failures), AT_ONCE)
          .then()
          .block();
    } catch (RuntimeException ended) {
      // The thread is to end: nothing is known of what was under way.
      failures.note(0, ended);
    }
    failures.throwFirst();
  }

  /** The one that failed keeps those behind it from being handled before it. */
  private Mono<Void> inOrder(List<Turn> turns, Failures failures) {
    return Flux.fromIterable(turns)
        .concatMap(
            turn ->
                handled(turn, failures).doOnError(failure -> failures.note(turn.index(), failure)))
        .onErrorComplete()
        .then();
  }

  private Mono<Void> handled(Turn turn, Failures failures) {
    return Mono.defer(
        () -> {
          StoreAwayException away = failures.away.get();
          if (away != null) {
            return Mono.error(away);
          }
          Observation reading =
              traces.reading(turn.event().topic().wireName(), turn.record().trace()).start();
          return Mono.defer(() -> handler.apply(turn.event()))
              .timeout(AT_MOST, Mono.error(StoreAwayException::new))
              .doOnError(reading::error)
              .doFinally(end -> reading.stop())
              .contextWrite(Traces.about(turn.event().about()))
              .contextWrite(Traces.within(reading));
        });
  }
}
