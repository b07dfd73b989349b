package barocall.kit.health;

import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * What readiness and liveness ask about reading. Readiness: is anything read at all. Liveness: is
 * this process lost, through no one else's fault.
 */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
  @Bean
  Reading reading() {
    return new Reading();
  }

  @Bean
  ReactiveHealthIndicator readingHealthIndicator(Reading reading) {
    return new Saying(reading::whyNot);
  }

  @Bean
  ReactiveHealthIndicator threadsHealthIndicator(Reading reading) {
    return new Saying(reading::whyDead);
  }

  private record Saying(Supplier<Optional<String>> why) implements ReactiveHealthIndicator {
    @Override
    public Mono<Health> health() {
      return Mono.fromSupplier(
          () ->
              why.get()
                  .map(sentence -> Health.down().withDetail("why", sentence).build())
                  .orElseGet(() -> Health.up().build()));
    }
  }
}
