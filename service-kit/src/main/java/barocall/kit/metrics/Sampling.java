package barocall.kit.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Asks every few seconds what gauges show that a store or a broker knows, so that a scrape asks
 * nobody. What could not be asked is not a number, rather than an old one.
 */
public final class Sampling implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final MeterRegistry registry;
  private final List<Runnable> samples = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var sampling = new Thread(task, "sampling");
            sampling.setDaemon(true);
            return sampling;
          });

  Sampling(MeterRegistry registry, Duration every) {
    this.registry = registry;
    var unused =
        thread.scheduleWithFixedDelay(
            () -> samples.forEach(Sampling::sample),
            every.toMillis(),
            every.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** A gauge that shows the answer to a question. */
  public void gauge(String name, String description, Tags tags, Mono<? extends Number> question) {
    var last = new AtomicReference<Number>(Double.NaN);
    Gauge.builder(name, last, value -> value.get().doubleValue())
        .description(description)
        .tags(tags)
        .register(registry);
    each(
        () ->
            last.set(
                question
                    .cast(Number.class)
                    .timeout(PATIENCE)
                    .onErrorResume(
                        away -> {
                          LOG.debug("{} is not known: {}", name, away.getClass().getSimpleName());
                          return Mono.just(Double.NaN);
                        })
                    .blockOptional()
                    .orElse(Double.NaN)));
  }

  /** Does something at every turn; it says by itself what goes wrong. */
  public void each(Runnable sample) {
    samples.add(sample);
  }

  /** A sample that fails keeps no other from being taken. */
  private static void sample(Runnable sample) {
    try {
      sample.run();
    } catch (RuntimeException failure) {
      LOG.debug("A gauge was not read: {}", failure.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
