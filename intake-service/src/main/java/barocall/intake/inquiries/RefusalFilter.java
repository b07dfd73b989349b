package barocall.intake.inquiries;

import barocall.intake.words.WrongInputException;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Turns refusals of the core, which knows no HTTP, into problems. */
@Component
class RefusalFilter implements WebFilter {
  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return chain
        .filter(exchange)
        .onErrorMap(WrongInputException.class, Refusals::of)
        .onErrorMap(Accepting.OtherWordsException.class, Refusals::of);
  }
}
