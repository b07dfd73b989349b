package barocall.kit.rebuild;

import barocall.access.CredentialsFile;
import barocall.access.Vault;
import barocall.city.Cities;
import barocall.contract.BrokerSettings;
import barocall.kit.events.BrokerConnection;
import barocall.kit.events.LogMark;
import barocall.kit.store.Generations;
import barocall.kit.store.StoreConfiguration;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * What a process that rebuilds stands on: the store, the cities, a consumer. No producer, no web
 * server, nothing that sends mail. A service adds its {@link Projection}.
 */
@Import(StoreConfiguration.class)
@ComponentScan("barocall.kit.process")
class RebuildConfiguration {
  private static final int POLLED_AT_ONCE = 4_000;

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Nobody asks this process for its metrics. */
  @Bean
  MeterRegistry meterRegistry() {
    return new SimpleMeterRegistry();
  }

  @Bean
  Cities cities(@Value("${barocall.cities}") Path folder) {
    return Cities.load(folder);
  }

  @Bean
  Vault vault(@Value("${barocall.credentials}") Path path) {
    CredentialsFile file = new CredentialsFile(path);
    return new Vault(file::current);
  }

  @Bean(destroyMethod = "close")
  HeldClaim claim(Generations generations) {
    return new HeldClaim(generations);
  }

  /** The next generation's: in this process nothing writes to the present one. */
  @Bean
  MongoDatabase database(Generations generations, HeldClaim held) {
    return generations.database(held.claim().to());
  }

  @Bean
  BrokerConnection brokerConnection(Environment settings) {
    return new BrokerConnection(BrokerSettings.from(settings::getProperty));
  }

  @Bean
  Supplier<Consumer<String, byte[]>> eventConsumers(BrokerConnection brokers) {
    return () ->
        new KafkaConsumer<>(
            brokers.with(
                Map.of(
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "none",
                    ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                    POLLED_AT_ONCE)),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  @Bean(destroyMethod = "close")
  Admin admin(BrokerConnection brokers) {
    return Admin.create(brokers.properties());
  }

  @Bean
  TopicIds topicIds(Admin admin) {
    return new TopicIds(LogMark.topicIds(admin));
  }

  /** The ids that the topics have now, by name. */
  record TopicIds(Map<String, String> byName) {}
}
