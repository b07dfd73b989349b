package barocall.kit.store;

/**
 * A rebuild does not begin or end as asked, for the reason that its message gives in a sentence.
 */
public final class RebuildRefusedException extends RuntimeException {
  public RebuildRefusedException(String sentence) {
    super(sentence);
  }
}
