package barocall.kit.tracing;

import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Traces for everything that comes in or goes out; Boot makes them, and exports them if asked. */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {
  @Bean
  Traces traces(ObservationRegistry registry) {
    Traces.nameInquiriesInLogs();
    return new Traces(registry);
  }

  /** Whatever exports spans, nothing personal goes with them. */
  @Bean
  static BeanPostProcessor discreetExport() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof SpanExporter exporter ? new DiscreetSpanExporter(exporter) : bean;
      }
    };
  }
}
