package barocall.kit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Gathers what is asked while earlier trips are under way and takes it along in the next one.
 * Answers are given by one thread, and only when it has given all of a trip does the next leave: so
 * those who ask on at once go together again.
 */
final class Departures<Q, A> {
  private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
  private static final int MOST_TOGETHER = 200;
  private static final int MOST_UNDER_WAY = 2;

  private final Function<List<Q>, Mono<List<Answer<A>>>> trip;
  private final Queue<Asked<Q, A>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean called = new AtomicBoolean();
  private final Scheduler.Worker thread = Schedulers.parallel().createWorker();

  /** Of {@link #thread} alone. */
  private int underWay;

  /**
   * @param trip gives an answer for each question, in their order
   */
  Departures(Function<List<Q>, Mono<List<Answer<A>>>> trip) {
    this.trip = trip;
  }

  private record Asked<Q, A>(Q question, MonoSink<A> sink) {
    void answer(Answer<A> answer) {
      if (answer.failure() != null) {
        sink.error(answer.failure());
      } else {
        answer.value().ifPresentOrElse(sink::success, sink::success);
      }
    }
  }

  /**
   * What came of one question.
   *
   * @param failure of this question alone; null if there is none
   */
  record Answer<A>(Optional<A> value, @Nullable Throwable failure) {
    static <A> Answer<A> of(Optional<A> value) {
      return new Answer<>(value, null);
    }

    static <A> Answer<A> failed(Throwable failure) {
      return new Answer<>(Optional.empty(), failure);
    }
  }

  /** Completes on {@link #thread}; fails with the trip. */
  Mono<A> ask(Q question) {
    return Mono.create(
        sink -> {
          waiting.add(new Asked<>(question, sink));
          call();
        });
  }

  private void call() {
    if (called.compareAndSet(false, true)) {
      var unused = thread.schedule(this::depart);
    }
  }

  private void depart() {
    called.set(false);
    while (underWay < MOST_UNDER_WAY && !waiting.isEmpty()) {
      List<Asked<Q, A>> together = new ArrayList<>();
      for (Asked<Q, A> next = waiting.poll(); next != null; next = waiting.poll()) {
        together.add(next);
        if (together.size() == MOST_TOGETHER) {
          break;
        }
      }
      underWay++;
      var unused =
          Mono.defer(() -> trip.apply(together.stream().map(Asked::question).toList()))
              .subscribe(
                  answers -> back(together, answers),
                  failure -> back(together, together.stream().map(it -> failed(failure)).toList()));
    }
  }

  private Answer<A> failed(Throwable failure) {
    return Answer.failed(failure);
  }

  private void back(List<Asked<Q, A>> together, List<Answer<A>> answers) {
    var unused =
        thread.schedule(
            () -> {
              underWay--;
              for (int i = 0; i < together.size(); i++) {
                answer(together.get(i), answers.get(i));
              }
              call();
            });
  }

  /** Whoever fails on hearing the answer keeps it from nobody else. */
  private static <Q, A> void answer(Asked<Q, A> asked, Answer<A> answer) {
    try {
      asked.answer(answer);
    } catch (RuntimeException e) {
      LOG.error("An answer of the store was lost: {}", e.getClass().getSimpleName());
    }
  }
}
