package barocall.notification.deliveries;

/** A try failed. The message is the kind of failure, for people, without any address. */
final class UndeliveredException extends Exception {
  private static final long serialVersionUID = 1L;

  UndeliveredException(String kind) {
    super(kind, null, false, false);
  }
}
