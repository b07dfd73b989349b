package barocall.kit.security;

import barocall.access.Person;
import barocall.access.SessionTokens;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;

/** The cookie of a person who logged in; all services read it, because cookies ignore ports. */
final class SessionCookie {
  static final String NAME = "barocall_session";

  private final SessionTokens tokens;

  SessionCookie(SessionTokens tokens) {
    this.tokens = tokens;
  }

  /** The person whose valid cookie this request brings. */
  Optional<Person> person(ServerWebExchange exchange) {
    return value(exchange).flatMap(tokens::open);
  }

  void begin(ServerWebExchange exchange, Person person) {
    set(exchange, tokens.issue(person), SessionTokens.LIFE);
  }

  void end(ServerWebExchange exchange) {
    value(exchange).ifPresent(tokens::end);
    set(exchange, "", Duration.ZERO);
  }

  private static Optional<String> value(ServerWebExchange exchange) {
    HttpCookie cookie = exchange.getRequest().getCookies().getFirst(NAME);
    return Optional.ofNullable(cookie).map(HttpCookie::getValue).filter(v -> !v.isEmpty());
  }

  private static void set(ServerWebExchange exchange, String value, Duration life) {
    exchange
        .getResponse()
        .addCookie(
            ResponseCookie.from(NAME, value)
                .path("/")
                .httpOnly(true)
                .secure(isSecure(exchange))
                .sameSite("Lax")
                .maxAge(life)
                .build());
  }

  static boolean isSecure(ServerWebExchange exchange) {
    return "https".equalsIgnoreCase(exchange.getRequest().getURI().getScheme());
  }
}
