package barocall.kit.events;

import java.util.HashMap;
import java.util.Map;

/**
 * How every Kafka client of this service reaches the brokers.
 *
 * @param properties of the clients
 */
public record BrokerConnection(Map<String, Object> properties) {
  /** These properties and a client's own. */
  public Map<String, Object> with(Map<String, ?> own) {
    Map<String, Object> all = new HashMap<>(properties);
    all.putAll(own);
    return all;
  }

  /** Not the properties: there may be a password among them. */
  @Override
  public String toString() {
    return "BrokerConnection[" + properties.get("bootstrap.servers") + "]";
  }
}
