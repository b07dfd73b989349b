package barocall.kit.store;

import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import org.bson.Document;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** The database that a running service works on: that of the present generation. */
@Configuration(proxyBeanMethods = false)
class PresentStoreConfiguration {
  private static final Duration PING = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration PATIENCE_AT_START = Duration.ofSeconds(60);

  @Bean
  MongoDatabase database(Generations generations, Fence fence) {
    return FencedDatabase.of(generations.database(fence.generation()), fence);
  }

  @Bean
  Indexing indexing(MongoDatabase database, ObjectProvider<NeededIndex> needed) {
    return new Indexing(database, needed.stream().toList());
  }

  @Bean(destroyMethod = "close")
  Fence fence(Generations generations) {
    return Fence.enter(generations, PATIENCE_AT_START);
  }

  /** Whether the store takes writes; asked at most once a second, however many ask us. */
  @Bean
  ReactiveHealthIndicator storeHealthIndicator(MongoDatabase database) {
    Mono<Health> answer =
        Mono.defer(() -> Mono.from(database.runCommand(new Document("ping", 1))))
            .timeout(PING)
            .map(pong -> Health.up().build())
            .onErrorResume(
                away ->
                    Mono.just(Health.down().withDetail("why", "the store does not answer").build()))
            .cache(FRESH);
    return new ReactiveHealthIndicator() {
      @Override
      public Mono<Health> health() {
        return answer;
      }
    };
  }
}
