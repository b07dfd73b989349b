package barocall.kit.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.event.CommandListener;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.mongodb.MongoMetricsCommandListener;
import io.micrometer.core.instrument.binder.mongodb.MongoMetricsConnectionPoolListener;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Connects to the server that {@code MONGODB_URI} names; each service has a database of its own.
 *
 * <p>Writes return when the majority has them in its journal; reads go to the primary and show only
 * what the majority has, so never what a failover could take back. One who has just written sees
 * it. Whatever {@code MONGODB_URI} says to these things is overruled: the promises rest on them.
 */
@Configuration(proxyBeanMethods = false)
public class StoreConfiguration {
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
  Generations generations(
      MongoClient client,
      @Value("${barocall.store.prefix}") String prefix,
      @Value("${spring.application.name}") String service,
      Clock clock) {
    return new Generations(client, prefix + service.replaceFirst("-service$", ""), clock);
  }
}
