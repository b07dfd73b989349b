package barocall.kit.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What asks for the gauges. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {
  private static final String KAFKA = "kafka.";

  /** Kafka's clients have figures for every partition and node: thousands of lines a scrape. */
  @Bean
  MeterFilter kafkaInTheWhole() {
    return MeterFilter.deny(
        id ->
            id.getName().startsWith(KAFKA)
                && (id.getName().startsWith("kafka.app.info")
                    || id.getTag("partition") != null
                    || id.getTag("node.id") != null));
  }

  @Bean(destroyMethod = "close")
  Sampling sampling(MeterRegistry registry, @Value("${barocall.metrics.every}") Duration every) {
    return new Sampling(registry, every);
  }
}
