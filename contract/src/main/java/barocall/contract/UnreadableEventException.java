package barocall.contract;

/**
 * A record is none of our events. The message is fit for logs and dead letters: it never quotes the
 * record.
 */
public final class UnreadableEventException extends RuntimeException {
  public UnreadableEventException(String reason) {
    super(reason);
  }
}
