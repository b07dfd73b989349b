package barocall.kit.process;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says in one sentence, without a stack trace, why a service or a rebuild does not start, where its
 * exception says it in one.
 */
abstract class SentenceFailure<E extends Throwable> extends AbstractFailureAnalyzer<E> {
  @Override
  protected FailureAnalysis analyze(Throwable failure, E cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }

  /** Store and topics of different lives. */
  static final class OtherLife extends SentenceFailure<barocall.kit.events.OtherLifeException> {}

  /** Another rebuild is going on. */
  static final class RebuildRefused
      extends SentenceFailure<barocall.kit.store.RebuildRefusedException> {}
}
