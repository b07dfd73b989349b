package barocall.contract;

/** What a dead letter bears beside the headers of the record that it is; all are text. */
public final class DeadLetterHeaders {
  /** Why it could not be read or was refused; never what it says. */
  public static final String REASON = "barocall_reason";

  /** Whence it came: topic-partition@offset. */
  public static final String ORIGIN = "barocall_origin";

  /** When it was put aside, ISO 8601. */
  public static final String AT = "barocall_at";

  /**
   * On a record without a value that follows it: when the letter of the same origin was sent again,
   * ISO 8601.
   */
  public static final String SENT_AGAIN = "barocall_sent_again";

  /**
   * On a record without a value that takes the place of a letter: when that was erased, ISO 8601.
   */
  public static final String ERASED = "barocall_erased";

  /**
   * On a letter that bears neither key nor value nor headers of its record, which is too long for
   * one: it is to be read where it came from.
   */
  public static final String LEFT_OUT = "barocall_left_out";

  private DeadLetterHeaders() {}
}
