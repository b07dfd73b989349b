package barocall.analytics.people;

/** Why a change to a city's people is not made. */
final class RosterRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What stands against it. */
  enum Reason {
    /** Whoever asks is no administrator of the city, or not any more. */
    NOT_YOURS,
    /** There is nobody called so in the city. */
    NOBODY,
    /** Nobody shuts themselves out, so that an administrator is always left. */
    YOURSELF,
    BAD_USER,
    TAKEN_USER,
    BAD_NAME,
    BAD_POST,
    /** Another person works under that agent's id. */
    TAKEN_POST
  }

  private final Reason reason;

  RosterRefusal(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
