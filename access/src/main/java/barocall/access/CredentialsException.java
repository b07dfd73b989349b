package barocall.access;

/** The credentials cannot be used; the message is one sentence with the remedy, for people. */
public final class CredentialsException extends RuntimeException {
  public CredentialsException(String sentence) {
    super(sentence);
  }

  public CredentialsException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
