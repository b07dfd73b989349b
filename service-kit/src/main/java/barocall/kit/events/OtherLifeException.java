package barocall.kit.events;

/**
 * The store and the topics do not belong together. The message is one sentence with the remedy; the
 * service must not go on.
 */
public final class OtherLifeException extends RuntimeException {
  public OtherLifeException(String sentence) {
    super(sentence);
  }
}
