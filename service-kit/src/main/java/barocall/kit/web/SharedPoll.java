package barocall.kit.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Asks one question for each key while at least one subscriber wants the answer, however many there
 * are. A failed question is asked again at the next turn; meanwhile subscribers keep the last state
 * and are told since when it is stale.
 *
 * @param <A> an answer
 * @param <S> what is made of the answers; the same object again means that nothing changed
 */
final class SharedPoll<A, S> {
  private static final Logger LOG = LoggerFactory.getLogger(SharedPoll.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The state, and since when it may be out of date; null while it is not. */
  record Seen<S>(@Nullable S state, @Nullable Instant staleSince) {}

  /**
   * How often it asks: at least every so long, when nudged sooner, but never sooner than {@code
   * apart}.
   */
  record Pace(Duration every, Duration apart, Duration linger) {}

  private final Function<String, Mono<A>> ask;
  private final BiFunction<@Nullable S, A, S> fold;
  private final Pace pace;
  private final Scheduler scheduler;
  private final ConcurrentMap<String, Turn> turns = new ConcurrentHashMap<>();

  SharedPoll(
      Function<String, Mono<A>> ask,
      BiFunction<@Nullable S, A, S> fold,
      Pace pace,
      Scheduler scheduler) {
    this.ask = ask;
    this.fold = fold;
    this.pace = pace;
    this.scheduler = scheduler;
  }

  /** What is known now, then every change; who is slow misses states but always gets the newest. */
  Flux<Seen<S>> of(String key) {
    return Flux.defer(() -> turns.computeIfAbsent(key, Turn::new).shared).onBackpressureLatest();
  }

  /** Says that the answer for a key has probably changed. */
  void nudge(String key) {
    Turn turn = turns.get(key);
    if (turn != null) {
      turn.nudge();
    }
  }

  private final class Turn {
    private final String key;
    private final AtomicBoolean nudged = new AtomicBoolean();
    private final Sinks.Many<Boolean> nudges = Sinks.many().multicast().directBestEffort();
    private final Flux<Seen<S>> shared;

    Turn(String key) {
      this.key = key;
      this.shared =
          Flux.defer(this::states)
              .doFinally(end -> turns.remove(key, this))
              .replay(1)
              .refCount(1, pace.linger(), scheduler);
    }

    void nudge() {
      nudged.set(true);
      nudges.emitNext(true, Sinks.EmitFailureHandler.busyLooping(Duration.ofMillis(100)));
    }

    private Flux<Seen<S>> states() {
      return Mono.defer(this::answer)
          .repeatWhen(asked -> asked.concatMap(count -> pause(), 1))
          .scan(new Seen<S>(null, null), this::next)
          .skip(1)
          .distinctUntilChanged();
    }

    /** An empty optional stands for a question that failed. */
    private Mono<Optional<A>> answer() {
      nudged.set(false);
      return Mono.defer(() -> ask.apply(key))
          .timeout(PATIENCE, scheduler)
          .map(Optional::of)
          .onErrorResume(
              error -> {
                LOG.debug("The live state of {} could not be read", key, error);
                return Mono.just(Optional.empty());
              });
    }

    private Seen<S> next(Seen<S> before, Optional<A> answer) {
      if (answer.isPresent()) {
        if (before.staleSince() != null) {
          LOG.info("The live state of {} is up to date again", key);
        }
        return new Seen<>(fold.apply(before.state(), answer.get()), null);
      }
      if (before.staleSince() != null) {
        return before;
      }
      LOG.warn("The live state of {} cannot be read and is stale from now on", key);
      return new Seen<>(before.state(), Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS)));
    }

    private Mono<Boolean> pause() {
      Mono<Boolean> apart = Mono.delay(pace.apart(), scheduler).thenReturn(true);
      Duration rest = pace.every().minus(pace.apart());
      if (rest.isZero() || rest.isNegative()) {
        return apart;
      }
      Mono<Boolean> nudge =
          Flux.merge(nudges.asFlux(), Mono.fromSupplier(nudged::get).filter(Boolean::booleanValue))
              .next();
      return apart.then(Mono.firstWithSignal(nudge, Mono.delay(rest, scheduler).thenReturn(true)));
    }
  }
}
