package barocall.notification.deliveries;

/** Brings letters to people by one means. Blocks until the other side has taken it. */
interface Carrier {
  Delivery.Means means();

  /** What is slow or away together: letters to it wait for each other and for no others. */
  String destination(Delivery delivery);

  /**
   * Brings it.
   *
   * @throws UndeliveredException if the other side did not take it
   */
  void bring(Delivery delivery, Letter letter) throws UndeliveredException;
}
