package barocall.kit.process;

import barocall.access.CredentialsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says in one sentence, without a stack trace, why a service without credentials does not start.
 */
final class CredentialsFailure extends AbstractFailureAnalyzer<CredentialsException> {
  @Override
  protected FailureAnalysis analyze(Throwable failure, CredentialsException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
