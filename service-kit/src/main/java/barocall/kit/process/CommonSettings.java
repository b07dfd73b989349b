package barocall.kit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Gives all services their common settings ({@code kit-defaults.properties}), below everything
 * else: command line, then environment, then {@code ${barocall.data}/barocall.yml}, then a
 * service's own {@code application.yml}, then these.
 */
public final class CommonSettings implements EnvironmentPostProcessor, Ordered {
  private static final String FILE = "/kit-defaults.properties";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    DefaultPropertiesPropertySource.addOrMerge(read(), environment.getPropertySources());
  }

  /** Before the configuration files are looked for: one of the settings says where to look. */
  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER - 1;
  }

  private static Map<String, Object> read() {
    try (InputStream file = CommonSettings.class.getResourceAsStream(FILE)) {
      var properties = new Properties();
      properties.load(file);
      var settings = new HashMap<String, Object>();
      properties.forEach((name, value) -> settings.put((String) name, value));
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }
}
