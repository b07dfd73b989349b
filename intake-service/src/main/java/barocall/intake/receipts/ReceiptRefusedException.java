package barocall.intake.receipts;

import org.jspecify.annotations.Nullable;

/** A receipt is not shown, or not changed. */
final class ReceiptRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final @Nullable String standing;

  /** Why. */
  enum Reason {
    NO_PROOF,
    NO_RECEIPT,
    TOO_MANY_GUESSES,
    NOT_RESOLVED,
    RATED_ALREADY
  }

  ReceiptRefusedException(Reason reason) {
    this(reason, null);
  }

  /**
   * A refusal that says what stands instead.
   *
   * @param standing the state that the inquiry is in, or the score that was given
   */
  ReceiptRefusedException(Reason reason, @Nullable String standing) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.standing = standing;
  }

  Reason reason() {
    return reason;
  }

  @Nullable String standing() {
    return standing;
  }
}
