package barocall.kit.events;

/** No broker answers. The message is one sentence with the remedy. */
final class NoBrokerException extends IllegalStateException {
  NoBrokerException(Throwable cause) {
    super(
        "No message broker answers. Start it, or set KAFKA_BOOTSTRAP_SERVERS to where it is.",
        cause);
  }
}
