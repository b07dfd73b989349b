package barocall.benchmarks;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes of intake the same server without Kafka: all that it does stays, but whatever it sends
 * counts as acknowledged at once and goes nowhere.
 */
@Configuration(proxyBeanMethods = false)
public class AcknowledgedAtOnce {
  @Bean
  static BeanPostProcessor acknowledging() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof Producer<?, ?> real)) {
          return bean;
        }
        real.close();
        return Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "send" -> acknowledged(arguments);
                  case "metrics" -> Map.of();
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> null;
                });
      }
    };
  }

  private static CompletableFuture<RecordMetadata> acknowledged(@Nullable Object[] arguments) {
    ProducerRecord<?, ?> record = (ProducerRecord<?, ?>) arguments[0];
    int partition = record == null || record.partition() == null ? 0 : record.partition();
    RecordMetadata metadata =
        new RecordMetadata(
            new TopicPartition(record == null ? "" : record.topic(), partition), 0, 0, 0, 0, 0);
    if (arguments.length > 1 && arguments[1] instanceof Callback callback) {
      callback.onCompletion(metadata, null);
    }
    return CompletableFuture.completedFuture(metadata);
  }
}
