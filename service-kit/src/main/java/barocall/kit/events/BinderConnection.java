package barocall.kit.events;

import barocall.contract.BrokerSettings;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Lets the framework's own Kafka clients reach the brokers as all others do. */
public final class BinderConnection implements EnvironmentPostProcessor, Ordered {
  private static final String CONFIGURATION = "spring.cloud.stream.kafka.binder.configuration.";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> settings = new HashMap<>();
    BrokerSettings.from(environment::getProperty)
        .forEach(
            (property, value) -> {
              if (!property.equals("bootstrap.servers")) {
                settings.put(CONFIGURATION + property, value);
              }
            });
    if (!settings.isEmpty()) {
      environment.getPropertySources().addLast(new MapPropertySource("brokers", settings));
    }
  }

  /** After the configuration files, for they too may say how to reach the brokers. */
  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 1;
  }
}
