package barocall.kit.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.event.CommandListener;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.mongodb.MongoMetricsCommandListener;
import io.micrometer.core.instrument.binder.mongodb.MongoMetricsConnectionPoolListener;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Connects to the server that {@code MONGODB_URI} names; each service has a database of its own.
 *
 * <p>Writes return when the majority has them in its journal; reads go to the primary and show only
 * what the majority has, so never what a failover could take back. One who has just written sees
 * it. Whatever {@code MONGODB_URI} says to these things is overruled: the promises rest on them.
 */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {
  private static final Duration PING = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(1);

  @Bean(destroyMethod = "close")
  MongoClient mongoClient(
      @Value("${MONGODB_URI:mongodb://127.0.0.1:27017/}") String uri,
      ObjectProvider<CommandListener> listeners,
      MeterRegistry registry) {
    return MongoClients.create(
        MongoClientSettings.builder()
            .commandListenerList(listeners.orderedStream().toList())
            .applyConnectionString(new ConnectionString(uri))
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
            .applyToSocketSettings(
                socket ->
                    socket.connectTimeout(2, TimeUnit.SECONDS).readTimeout(20, TimeUnit.SECONDS))
            .addCommandListener(new MongoMetricsCommandListener(registry))
            .applyToConnectionPoolSettings(
                pool ->
                    pool.addConnectionPoolListener(
                        new MongoMetricsConnectionPoolListener(registry)))
            .writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .readConcern(ReadConcern.MAJORITY)
            .readPreference(ReadPreference.primary())
            .build());
  }

  @Bean
  MongoDatabase database(
      MongoClient client,
      @Value("${barocall.store.prefix}") String prefix,
      @Value("${spring.application.name}") String service) {
    return client.getDatabase(prefix + service.replaceFirst("-service$", ""));
  }

  @Bean
  Indexing indexing(MongoDatabase database, ObjectProvider<NeededIndex> needed) {
    return new Indexing(database, needed.stream().toList());
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
