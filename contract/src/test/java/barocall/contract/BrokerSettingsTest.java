package barocall.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {
  @Test
  void withoutSettingsItIsThisMachinesBrokerInPlainText() {
    assertThat(BrokerSettings.from(none -> null))
        .isEqualTo(Map.of("bootstrap.servers", "127.0.0.1:9092"));
  }

  @Test
  void encryptionAndLogInReachEveryClient() {
    Map<String, String> settings =
        Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "one:9093,two:9093",
            "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
            "KAFKA_SASL_MECHANISM", "SCRAM-SHA-512",
            "KAFKA_SASL_USERNAME", "barocall",
            "KAFKA_SASL_PASSWORD", "a\"b\\c",
            "KAFKA_SSL_TRUSTSTORE_LOCATION", "/etc/ca.pem",
            "KAFKA_SSL_TRUSTSTORE_TYPE", "PEM",
            "KAFKA_SSL_KEYSTORE_LOCATION", " ");

    assertThat(BrokerSettings.from(settings::get))
        .isEqualTo(
            Map.of(
                "bootstrap.servers", "one:9093,two:9093",
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=\"barocall\" password=\"a\\\"b\\\\c\";",
                "ssl.truststore.location", "/etc/ca.pem",
                "ssl.truststore.type", "PEM"));
  }

  @Test
  void whatTheProtocolDoesNotUseIsRefusedInsteadOfIgnored() {
    Map<String, String> logIn =
        Map.of("KAFKA_SASL_USERNAME", "barocall", "KAFKA_SASL_PASSWORD", "secret");
    Map<String, String> trust =
        Map.of(
            "KAFKA_SSL_TRUSTSTORE_LOCATION",
            "/etc/ca.pem",
            "KAFKA_SECURITY_PROTOCOL",
            "SASL_PLAINTEXT");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BrokerSettings.from(logIn::get))
        .withMessageStartingWith("KAFKA_SASL_")
        .withMessageContaining("KAFKA_SECURITY_PROTOCOL")
        .withMessageNotContaining("secret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BrokerSettings.from(trust::get))
        .withMessageStartingWith("KAFKA_SSL_");
  }

  @Test
  void aUserWithoutPasswordIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> BrokerSettings.from(name -> name.equals("KAFKA_SASL_USERNAME") ? "x" : null))
        .withMessage(
            "KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD belong together; set both or none.");
  }
}
