package barocall.kit.security;

import java.util.UUID;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.server.csrf.XorServerCsrfTokenRequestAttributeHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Takes the proof that a page is ours in both forms: as pages carry it, masked anew each time
 * against guessing from compressed lengths, and as scripts read it from the cookie.
 */
final class CsrfTokens extends ServerCsrfTokenRequestAttributeHandler {
  private final XorServerCsrfTokenRequestAttributeHandler masked =
      new XorServerCsrfTokenRequestAttributeHandler();

  @Override
  public void handle(ServerWebExchange exchange, Mono<CsrfToken> token) {
    masked.handle(exchange, token);
  }

  @Override
  public Mono<String> resolveCsrfTokenValue(ServerWebExchange exchange, CsrfToken token) {
    return super.resolveCsrfTokenValue(exchange, token)
        .flatMap(
            given ->
                isPlain(given) ? Mono.just(given) : masked.resolveCsrfTokenValue(exchange, token));
  }

  private static boolean isPlain(String token) {
    try {
      return UUID.fromString(token).toString().equals(token);
    } catch (IllegalArgumentException notPlain) {
      return false;
    }
  }
}
