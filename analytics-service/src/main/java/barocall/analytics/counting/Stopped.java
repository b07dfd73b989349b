package barocall.analytics.counting;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Whether counting has stopped for good, and why: the service is then not healthy, and says so. */
final class Stopped implements ReactiveHealthIndicator {
  private static final Logger LOG = LoggerFactory.getLogger(Stopped.class);

  private final AtomicReference<Sentence> why = new AtomicReference<>();

  /** A sentence for the administrator, with the remedy. */
  record Sentence(String text) {}

  void say(Sentence sentence) {
    if (why.compareAndSet(null, sentence)) {
      LOG.error(sentence.text());
    }
  }

  @Override
  public Mono<Health> health() {
    Sentence sentence = why.get();
    return Mono.just(
        sentence == null
            ? Health.up().build()
            : Health.down().withDetail("why", sentence.text()).build());
  }
}
