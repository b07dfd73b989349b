package barocall.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How Kafka clients reach the brokers, the same for every client of every process: {@code
 * KAFKA_BOOTSTRAP_SERVERS}, and what the brokers ask for in encryption and log-in. A setting is
 * named as Kafka names it, in capitals: {@code KAFKA_SSL_TRUSTSTORE_LOCATION} is {@code
 * ssl.truststore.location}.
 */
public final class BrokerSettings {
  private static final String DEFAULT_SERVERS = "127.0.0.1:9092";
  private static final List<String> PASSED_ON =
      List.of(
          "security.protocol",
          "sasl.mechanism",
          "sasl.jaas.config",
          "ssl.truststore.location",
          "ssl.truststore.password",
          "ssl.truststore.type",
          "ssl.truststore.certificates",
          "ssl.keystore.location",
          "ssl.keystore.password",
          "ssl.keystore.type",
          "ssl.keystore.key",
          "ssl.keystore.certificate.chain",
          "ssl.key.password",
          "ssl.endpoint.identification.algorithm");

  private BrokerSettings() {}

  /**
   * The clients' properties.
   *
   * @param setting a setting's value by its name, null if it is not set
   * @throws IllegalArgumentException with one sentence when a log-in is half given, or log-in or
   *     encryption are given and would not be used
   */
  public static Map<String, Object> from(Lookup setting) {
    Map<String, Object> properties = new HashMap<>();
    String servers = given(setting, "KAFKA_BOOTSTRAP_SERVERS");
    properties.put("bootstrap.servers", servers == null ? DEFAULT_SERVERS : servers);
    for (String property : PASSED_ON) {
      String value = given(setting, named(property));
      if (value != null) {
        properties.put(property, value);
      }
    }
    String user = given(setting, "KAFKA_SASL_USERNAME");
    String password = given(setting, "KAFKA_SASL_PASSWORD");
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException(
          "KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD belong together; set both or none.");
    }
    if (user != null && password != null) {
      String mechanism = (String) properties.computeIfAbsent("sasl.mechanism", none -> "PLAIN");
      properties.putIfAbsent("sasl.jaas.config", logIn(mechanism, user, password));
    }
    refuseWhatWouldBeIgnored(properties);
    return Map.copyOf(properties);
  }

  /** A log-in or an encryption that is set up and not asked for would be left out in silence. */
  private static void refuseWhatWouldBeIgnored(Map<String, Object> properties) {
    String protocol = (String) properties.getOrDefault("security.protocol", "PLAINTEXT");
    refuse(properties, "sasl.", protocol.startsWith("SASL_"), "SASL_SSL");
    refuse(properties, "ssl.", protocol.endsWith("SSL"), "SSL or SASL_SSL");
  }

  private static void refuse(
      Map<String, Object> properties, String kind, boolean asked, String protocols) {
    if (!asked && properties.keySet().stream().anyMatch(property -> property.startsWith(kind))) {
      throw new IllegalArgumentException(
          "KAFKA_%s… is set but KAFKA_SECURITY_PROTOCOL does not ask for it; set it to %s, or unset the other."
              .formatted(kind.toUpperCase(Locale.ROOT).replace('.', '_'), protocols));
    }
  }

  /** Where settings come from. */
  @FunctionalInterface
  public interface Lookup {
    @Nullable String value(String name);
  }

  private static String named(String property) {
    return "KAFKA_" + property.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private static @Nullable String given(Lookup setting, String name) {
    String value = setting.value(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static String logIn(String mechanism, String user, String password) {
    UnaryOperator<String> quoted =
        text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    String module =
        mechanism.startsWith("SCRAM-")
            ? "org.apache.kafka.common.security.scram.ScramLoginModule"
            : "org.apache.kafka.common.security.plain.PlainLoginModule";
    return "%s required username=%s password=%s;"
        .formatted(module, quoted.apply(user), quoted.apply(password));
  }
}
