package barocall.kit.events;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * The broker did not acknowledge in time: nothing was promised, the client may try again. 503 over
 * HTTP.
 */
public final class BrokerAwayException extends ErrorResponseException {
  /** Seconds after which another try makes sense. */
  private static final String RETRY_AFTER = "2";

  public BrokerAwayException(Throwable cause) {
    super(
        HttpStatus.SERVICE_UNAVAILABLE,
        ProblemDetail.forStatusAndDetail(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The message broker did not confirm in time. Nothing was accepted; please send it again with the same key."),
        cause);
    getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
  }
}
