package barocall.kit.store;

/** The store did not answer in time. It is no fault of the record that was being handled. */
public final class StoreAwayException extends RuntimeException {
  public StoreAwayException() {
    super("the store did not answer in time");
  }
}
