package barocall.contract;

import barocall.contract.Event.Chained;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and seals the records of one run of one writer, each of which names the seal of the one
 * before it, so that {@link AccessCheck} finds what is missing or was changed. A run is one life of
 * a process; its first record names the last one that the writer left before.
 *
 * <p>Whoever sends them sends each only after the one before it was acknowledged: then a process
 * that is killed leaves no gap.
 */
public final class AccessChain {
  private final String service;
  private final int instance;
  private final String run;
  private final UnaryOperator<String> seal;
  private @Nullable String before;
  private int number;

  /**
   * @param run tells this life of the writer from its others
   * @param before the seal of the last record of the run before; null if this writer never wrote
   * @param seal makes the seal of a text, under a secret that who can write to the broker need not
   *     know
   */
  public AccessChain(
      String service,
      int instance,
      String run,
      @Nullable String before,
      UnaryOperator<String> seal) {
    this.service = service;
    this.instance = instance;
    this.run = run;
    this.before = before;
    this.seal = seal;
  }

  /** The chain's next record. */
  public <R extends Chained<R>> R next(Doing<R> doing, Instant at) {
    number++;
    R open = doing.open(service, instance, run, number, before, at);
    R sealed = open.withSeal(seal.apply(text(open)));
    before = sealed.seal();
    return sealed;
  }

  /** Whether the record says what it said when it was sealed. */
  static boolean isWhole(Chained<?> record, UnaryOperator<String> seal) {
    return seal.apply(text(record.withSeal(""))).equals(record.seal());
  }

  private static String text(Event open) {
    return new String(EventCodec.json(open), StandardCharsets.UTF_8);
  }
}
