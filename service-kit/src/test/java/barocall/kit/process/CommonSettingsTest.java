package barocall.kit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class CommonSettingsTest {
  static class Nothing {}

  /** Starts an application whose own configuration says port 8082, as a service's does. */
  private static ConfigurableApplicationContext started(
      Map<String, Object> environment, String... arguments) {
    var said = new StandardEnvironment();
    said.getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
    return new SpringApplicationBuilder(Nothing.class)
        .web(WebApplicationType.NONE)
        .environment(said)
        .properties("spring.config.name=settings-of-a-service")
        .run(arguments);
  }

  @Test
  void defaultThenServiceThenFileThenEnvironmentThenCommandLine(@TempDir Path data)
      throws IOException {
    Files.writeString(
        data.resolve("barocall.yml"),
        "barocall: {urls: {intake: file, routing: file, analytics: file}}");
    try (var context =
        started(
            Map.of(
                "BAROCALL_DATA",
                data.toString(),
                "BAROCALL_URLS_ROUTING",
                "environment",
                "BAROCALL_URLS_ANALYTICS",
                "environment"),
            "--barocall.urls.analytics=command")) {
      var settings = context.getEnvironment();
      assertThat(settings.getProperty("server.address")).isEqualTo("127.0.0.1");
      assertThat(settings.getProperty("server.port")).isEqualTo("8082");
      assertThat(settings.getProperty("barocall.urls.notification")).isEqualTo("service");
      assertThat(settings.getProperty("barocall.urls.intake")).isEqualTo("file");
      assertThat(settings.getProperty("barocall.urls.routing")).isEqualTo("environment");
      assertThat(settings.getProperty("barocall.urls.analytics")).isEqualTo("command");
      assertThat(settings.getProperty("barocall.credentials"))
          .isEqualTo(data + "/credentials.json");
    }
  }

  @Test
  void whatTheEnvironmentSaysMayLeaveASecretToTheFile(@TempDir Path data) throws IOException {
    Files.writeString(
        data.resolve("barocall.yml"), "MONGODB_PASSWORD: p%40ss\nKAFKA_SASL_PASSWORD: secret\n");
    try (var context =
        started(
            Map.of(
                "BAROCALL_DATA",
                data.toString(),
                "MONGODB_URI",
                "mongodb://barocall:${MONGODB_PASSWORD}@store/?replicaSet=rs0",
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "KAFKA_SASL_USERNAME",
                "barocall"))) {
      var settings = context.getEnvironment();
      assertThat(settings.resolveRequiredPlaceholders("${MONGODB_URI:mongodb://127.0.0.1/}"))
          .isEqualTo("mongodb://barocall:p%40ss@store/?replicaSet=rs0");
      assertThat(settings.getProperty("KAFKA_SASL_PASSWORD")).isEqualTo("secret");
    }
  }

  @Test
  void startsWithoutAFile(@TempDir Path empty) {
    try (var context = started(Map.of("BAROCALL_DATA", empty.toString()))) {
      assertThat(context.getEnvironment().getProperty("barocall.urls.intake")).isEqualTo("service");
    }
  }
}
