package barocall.intake.receipts;

import barocall.kit.web.ProblemException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** How the refusals of receipts are said over HTTP. */
@Component
class ReceiptRefusalFilter implements WebFilter {
  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return chain
        .filter(exchange)
        .onErrorMap(ReceiptRefusedException.class, ReceiptRefusalFilter::problem);
  }

  static ProblemException problem(ReceiptRefusedException refused) {
    return switch (refused.reason()) {
      case NO_PROOF -> ProblemException.of(HttpStatus.UNAUTHORIZED, "intake.problem.no-proof");
      case NO_RECEIPT -> ProblemException.of(HttpStatus.NOT_FOUND, "intake.problem.no-receipt");
      case TOO_MANY_GUESSES ->
          ProblemException.of(HttpStatus.TOO_MANY_REQUESTS, "intake.problem.too-many-guesses")
              .with(HttpHeaders.RETRY_AFTER, Long.toString(GuessLimit.SHORT.toSeconds()));
      case NOT_RESOLVED ->
          ProblemException.of(HttpStatus.CONFLICT, "intake.problem.not-resolved")
              .saying("state", String.valueOf(refused.standing()));
      case RATED_ALREADY ->
          ProblemException.of(HttpStatus.CONFLICT, "intake.problem.rated-already")
              .saying("score", String.valueOf(refused.standing()));
    };
  }
}
