package barocall.local;

/** Why a command of the launcher cannot do its work: one sentence with the remedy, for people. */
final class LaunchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean wrongUsage;

  LaunchException(String sentence) {
    super(sentence);
    this.wrongUsage = false;
  }

  LaunchException(String sentence, Throwable cause) {
    super(sentence, cause);
    this.wrongUsage = false;
  }

  private LaunchException(String sentence, boolean wrongUsage) {
    super(sentence);
    this.wrongUsage = wrongUsage;
  }

  /** Because the command asks for what there cannot be, whatever runs. */
  static LaunchException wrongUsage(String sentence) {
    return new LaunchException(sentence, true);
  }

  boolean isWrongUsage() {
    return wrongUsage;
  }
}
