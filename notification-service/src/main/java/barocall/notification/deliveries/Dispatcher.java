package barocall.notification.deliveries;

import barocall.access.CredentialsException;
import barocall.kit.store.Awaiting;
import barocall.kit.tracing.Traces;
import barocall.notification.deliveries.MongoDeliveries.Due;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends what is due, by workers of its own: neither consumers nor requests ever wait for a mail
 * server. Of what goes to one destination only a few are under way at once, so that one that hangs
 * keeps no other waiting. What is due stands in the store; nothing is lost with the process.
 */
@Component
class Dispatcher implements Post, SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** A worker that has not come back by then is gone with its process; another takes over. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final Duration BROKER_AGAIN = Duration.ofSeconds(5);
  private static final int MOST_WORKERS = 24;

  /** The outcome of a try after which there will be another. */
  private static final String FAILED = "failed";

  private final MongoDeliveries store;
  private final Map<Delivery.Means, Carrier> carriers;
  private final List<Letters> letters;
  private final Ending ending;
  private final DeliverySettings settings;
  private final Backoff backoff;
  private final Clock clock;
  private final MeterRegistry registry;
  private final Traces traces;
  private final DoubleSupplier random;
  private final Set<String> underWay = new HashSet<>();
  private final Map<String, Integer> atDestination = new HashMap<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicBoolean blind = new AtomicBoolean();
  private volatile ScheduledExecutorService rounds = closed();
  private volatile ExecutorService workers = closed();
  private volatile boolean running;

  @Autowired
  Dispatcher(
      MongoDeliveries store,
      List<Carrier> carriers,
      List<Letters> letters,
      Ending ending,
      DeliverySettings settings,
      Clock clock,
      MeterRegistry registry,
      Traces traces) {
    this(store, carriers, letters, ending, settings, clock, registry, traces, Math::random);
  }

  Dispatcher(
      MongoDeliveries store,
      List<Carrier> carriers,
      List<Letters> letters,
      Ending ending,
      DeliverySettings settings,
      Clock clock,
      MeterRegistry registry,
      Traces traces,
      DoubleSupplier random) {
    this.store = store;
    this.carriers =
        carriers.stream().collect(Collectors.toMap(Carrier::means, Function.identity()));
    this.letters = letters;
    this.ending = ending;
    this.settings = settings;
    this.backoff = settings.backoff();
    this.clock = clock;
    this.registry = registry;
    this.traces = traces;
    this.random = random;
    // There from the start, so that nothing having been told yet is seen as none.
    for (Delivery.Means means : this.carriers.keySet()) {
      List.of(FAILED, Delivery.State.TOLD.wireName(), Delivery.State.GIVEN_UP.wireName())
          .forEach(outcome -> counter(means, outcome));
    }
  }

  @Override
  public Mono<Void> send(List<Delivery> deliveries) {
    return Traces.current()
        .flatMapMany(
            trace ->
                Flux.fromIterable(deliveries)
                    .map(delivery -> delivery.causedBy(trace.orElse(null))))
        .concatMap(delivery -> store.keep(delivery, destination(delivery)))
        .then(Mono.fromRunnable(this::wake));
  }

  /** Sends again what was given up; empty if there is no such delivery of that city. */
  Mono<Delivery> again(String city, String id) {
    return store
        .find(id)
        .filter(delivery -> delivery.city().equals(city))
        .flatMap(
            delivery -> {
              if (delivery.state() != Delivery.State.GIVEN_UP) {
                return Mono.just(delivery);
              }
              Delivery next = delivery.again(clock.instant());
              return store
                  .replace(delivery, next)
                  .flatMap(won -> won ? Mono.just(next) : store.find(id));
            })
        .flatMap(
            delivery ->
                delivery.state() == Delivery.State.PENDING
                    ? store
                        .due(id, destination(delivery), clock.instant())
                        .then(store.unlist(id))
                        .thenReturn(delivery)
                    : Mono.just(delivery))
        .doOnNext(delivery -> wake());
  }

  /** Looks at once for what is due. */
  void wake() {
    if (woken.compareAndSet(false, true)) {
      try {
        rounds.execute(this::round);
      } catch (RejectedExecutionException stopped) {
        woken.set(false);
      }
    }
  }

  private void round() {
    woken.set(false);
    try {
      List<Due> due = Awaiting.result(store.due(clock.instant()).collectList());
      blind.set(false);
      for (Due one : due == null ? List.<Due>of() : due) {
        if (begin(one)) {
          workers.execute(() -> work(one));
        }
      }
    } catch (RejectedExecutionException stopped) {
      LOG.debug("No more deliveries are begun: the service ends.");
    } catch (RuntimeException away) {
      if (!blind.getAndSet(true)) {
        LOG.warn("Deliveries wait, the store does not answer: {}", kind(away));
      }
    }
  }

  private synchronized boolean begin(Due due) {
    int there = atDestination.getOrDefault(due.destination(), 0);
    if (underWay.size() >= MOST_WORKERS
        || there >= settings.perDestination()
        || !underWay.add(due.id())) {
      return false;
    }
    atDestination.put(due.destination(), there + 1);
    return true;
  }

  private synchronized void end(Due due) {
    underWay.remove(due.id());
    atDestination.computeIfPresent(due.destination(), (key, n) -> n == 1 ? null : n - 1);
  }

  private void work(Due due) {
    Due held = null;
    try {
      held = Awaiting.result(store.claim(due, clock.instant().plus(LEASE)));
      if (held != null) {
        Due mine = held;
        Delivery delivery = Awaiting.result(store.find(due.id()));
        if (delivery == null) {
          Awaiting.result(store.done(mine));
        } else {
          MDC.put(Traces.INQUIRY, delivery.inquiryId());
          traces.resumed("barocall.delivery", delivery.trace()).observe(() -> look(delivery, mine));
        }
      }
    } catch (RuntimeException failure) {
      LOG.warn("Delivery {} waits: {}", due.id(), kind(failure));
    } finally {
      MDC.remove(Traces.INQUIRY);
      end(due);
      if (held != null) {
        wake();
      }
    }
  }

  private void look(Delivery delivery, Due held) {
    Delivery settled = delivery;
    if (delivery.state() == Delivery.State.PENDING) {
      Delivery tried = tried(delivery);
      if (!Boolean.TRUE.equals(Awaiting.result(store.replace(delivery, tried)))) {
        return;
      }
      counted(tried);
      if (tried.state() == Delivery.State.PENDING) {
        Instant next = tried.nextAt() == null ? clock.instant() : tried.nextAt();
        Awaiting.result(store.due(tried.id(), held.destination(), next));
        return;
      }
      settled = tried;
    }
    if (settled.state() == Delivery.State.GIVEN_UP) {
      Awaiting.result(store.list(settled));
    }
    if (!settled.announced()) {
      announce(settled, held);
    } else {
      Awaiting.result(store.done(held));
    }
  }

  private void counted(Delivery tried) {
    counter(
            tried.means(),
            tried.state() == Delivery.State.PENDING ? FAILED : tried.state().wireName())
        .increment();
  }

  private Counter counter(Delivery.Means means, String outcome) {
    return Counter.builder("barocall.deliveries")
        .description("Tries to bring a message: told, failed and to be tried again, or given up")
        .tag("way", means.wireName())
        .tag("outcome", outcome)
        .register(registry);
  }

  private void announce(Delivery settled, Due held) {
    try {
      Awaiting.result(ending.of(settled));
    } catch (RuntimeException away) {
      Awaiting.result(
          store.due(settled.id(), held.destination(), clock.instant().plus(BROKER_AGAIN)));
      LOG.warn("The end of delivery {} will be announced later: {}", settled.id(), kind(away));
      return;
    }
    if (Boolean.TRUE.equals(Awaiting.result(store.replace(settled, settled.announcedNow())))) {
      Awaiting.result(store.done(held));
    }
  }

  private Delivery tried(Delivery delivery) {
    Optional<Letter> letter;
    try {
      letter = Optional.ofNullable(Awaiting.result(letter(delivery))).flatMap(Function.identity());
    } catch (CredentialsException unopened) {
      return failed(delivery, "the contact cannot be opened with the present keys");
    }
    if (letter.isEmpty()) {
      Delivery ended =
          delivery.failed("there is no address any more", Backoff.ONCE, 0, clock.instant());
      LOG.warn("Delivery {} was given up: there is no address any more", delivery.id());
      return ended;
    }
    try {
      carrier(delivery).bring(delivery, letter.get());
      return delivery.told(clock.instant());
    } catch (UndeliveredException failure) {
      return failed(delivery, String.valueOf(failure.getMessage()));
    } catch (RuntimeException fault) {
      return failed(delivery, "it could not be sent: " + kind(fault));
    }
  }

  private Delivery failed(Delivery delivery, String kind) {
    Delivery next = delivery.failed(kind, backoff, random.getAsDouble(), clock.instant());
    if (next.state() == Delivery.State.GIVEN_UP) {
      LOG.warn("Delivery {} was given up after {} tries: {}", next.id(), next.attempts(), kind);
    }
    return next;
  }

  private Mono<Optional<Letter>> letter(Delivery delivery) {
    return letters.stream()
        .filter(writer -> writer.areFor(delivery))
        .findFirst()
        .map(writer -> writer.letter(delivery))
        .orElse(Mono.just(Optional.empty()));
  }

  private Carrier carrier(Delivery delivery) {
    Carrier carrier = carriers.get(delivery.means());
    if (carrier == null) {
      throw new IllegalStateException("nobody carries " + delivery.means().wireName());
    }
    return carrier;
  }

  private String destination(Delivery delivery) {
    return carrier(delivery).destination(delivery);
  }

  private static String kind(Throwable failure) {
    return failure.getClass().getSimpleName();
  }

  private static ScheduledExecutorService closed() {
    ScheduledExecutorService none = Executors.newSingleThreadScheduledExecutor();
    none.shutdown();
    return none;
  }

  @Override
  public void start() {
    workers = Executors.newCachedThreadPool(named("delivery"));
    rounds = Executors.newSingleThreadScheduledExecutor(named("deliveries"));
    long poll = settings.poll().toMillis();
    var every = rounds.scheduleWithFixedDelay(this::round, 0, poll, TimeUnit.MILLISECONDS);
    running = !every.isCancelled();
  }

  /** Lets what is under way come to its end; what does not is sent again after the lease. */
  @Override
  public void stop() {
    running = false;
    rounds.shutdownNow();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private static java.util.concurrent.ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
