package barocall.kit.events;

/**
 * A readable event is refused for what it says, e.g. an unknown city. It goes to the dead letters
 * at once; the message is kept there and in the log, so it never quotes words or contacts.
 */
public final class RefusedEventException extends RuntimeException {
  public RefusedEventException(String reason) {
    super(reason);
  }
}
