package barocall.kit.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.kit.events.BindingTest.Notes;
import barocall.kit.events.BindingTest.Noting;
import barocall.local.EmbeddedBroker;
import barocall.testkit.Backends;
import barocall.testkit.FreePorts;
import barocall.testkit.StoreUse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A broker that encrypts and asks who comes: all clients of a service reach it by settings alone.
 */
class EncryptedBrokerTest {
  private static final String PASSWORD = "only-for-this-test";

  @TempDir private Path folder;

  @Test
  void publisherBindingAndAdministrationComeInByTheirSettings() throws Exception {
    int port = FreePorts.next();
    keytool(
        "-genkeypair",
        "-alias",
        "broker",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "2",
        "-storetype",
        "PKCS12");
    keytool(
        "-exportcert", "-alias", "broker", "-rfc", "-file", folder.resolve("ca.pem").toString());
    try (EmbeddedBroker broker = broker(port);
        ConfigurableApplicationContext service =
            new SpringApplicationBuilder(Noting.class)
                .web(WebApplicationType.NONE)
                .run(
                    "--spring.application.name=encrypted-service",
                    "--spring.config.import=classpath:events-defaults.properties",
                    "--spring.cloud.function.definition=onEvents",
                    "--spring.cloud.stream.bindings.onEvents-in-0.destination=inquiry-reopened",
                    "--KAFKA_BOOTSTRAP_SERVERS=" + broker.bootstrapServers(),
                    "--KAFKA_SECURITY_PROTOCOL=SASL_SSL",
                    "--KAFKA_SASL_USERNAME=barocall",
                    "--KAFKA_SASL_PASSWORD=" + PASSWORD,
                    "--KAFKA_SSL_TRUSTSTORE_TYPE=PEM",
                    "--KAFKA_SSL_TRUSTSTORE_LOCATION=" + folder.resolve("ca.pem"),
                    "--MONGODB_URI=" + Backends.mongoUri(),
                    "--barocall.store.prefix=" + StoreUse.prefix("encrypted"))) {
      Event event =
          new Event.InquiryReopened(
              new Event.Inquiry(
                  Backends.unique("gyeongju"),
                  "261104829137",
                  "gyeongju",
                  Channel.WEB,
                  null,
                  Instant.EPOCH),
              Instant.EPOCH,
              1,
              null);
      service.getBean(EventPublisher.class).sendAndWait(event);
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> service.getBean(Notes.class).read(event) != null);

      Map<String, Object> withoutLogIn =
          Map.of(
              "bootstrap.servers", broker.bootstrapServers(),
              "default.api.timeout.ms", 3000,
              "request.timeout.ms", 3000);
      try (Admin stranger = Admin.create(withoutLogIn)) {
        assertThatThrownBy(() -> stranger.listTopics().names().get(60, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class);
      }
    }
  }

  private EmbeddedBroker broker(int port) {
    int inside = FreePorts.next();
    int controller = FreePorts.next();
    var member =
        new EmbeddedBroker.Member(1, Uuid.randomUuid().toString(), List.of(controller), port);
    return EmbeddedBroker.start(
        folder.resolve("broker"),
        member,
        Map.of(
            "listeners",
            "INSIDE://127.0.0.1:%d,CITY://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                .formatted(inside, port, controller),
            "advertised.listeners",
            "INSIDE://127.0.0.1:%d,CITY://127.0.0.1:%d".formatted(inside, port),
            "listener.security.protocol.map",
            "INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT,CITY:SASL_SSL",
            "inter.broker.listener.name",
            "INSIDE",
            "sasl.enabled.mechanisms",
            "PLAIN",
            "listener.name.city.plain.sasl.jaas.config",
            "org.apache.kafka.common.security.plain.PlainLoginModule required user_barocall=\"%s\";"
                .formatted(PASSWORD),
            "ssl.keystore.location",
            folder.resolve("broker.p12").toString(),
            "ssl.keystore.password",
            PASSWORD));
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", folder.resolve("broker.p12").toString(), "-storepass", PASSWORD));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
  }
}
