package barocall.kit.process;

import barocall.city.InvalidCityException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names what is wrong in the cities' files, without a stack trace, when a service can't start. */
final class CityFailure extends AbstractFailureAnalyzer<InvalidCityException> {
  @Override
  protected FailureAnalysis analyze(Throwable failure, InvalidCityException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
