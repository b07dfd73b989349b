package barocall.kit.security;

import barocall.kit.web.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.csrf.CsrfException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/**
 * What those hear who may not come in: people who want a page are shown the way to the log-in,
 * everyone else gets a problem. Browsers are never asked for HTTP Basic, so none opens a window of
 * its own.
 */
final class Refusals implements ServerAuthenticationEntryPoint, ServerAccessDeniedHandler {

  @Override
  public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException refused) {
    ServerHttpRequest request = exchange.getRequest();
    if (wantsPage(request) && !request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
      exchange.getResponse().setStatusCode(HttpStatus.SEE_OTHER);
      exchange.getResponse().getHeaders().setLocation(login(request));
      return exchange.getResponse().setComplete();
    }
    return Mono.error(
        ProblemException.of(HttpStatus.UNAUTHORIZED, "kit.problem.unauthorized")
            .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException denied) {
    return Mono.error(
        denied instanceof CsrfException
            ? ProblemException.of(HttpStatus.FORBIDDEN, "kit.problem.stale-page")
            : Access.forbidden());
  }

  /** A page that was sent, not asked for, cannot be come back to. */
  private static URI login(ServerHttpRequest request) {
    if (!HttpMethod.GET.equals(request.getMethod())) {
      return URI.create("/login");
    }
    String query = request.getURI().getRawQuery();
    String next = request.getPath().value() + (query == null ? "" : "?" + query);
    return URI.create("/login?next=" + UriUtils.encode(next, StandardCharsets.UTF_8));
  }

  private static boolean wantsPage(ServerHttpRequest request) {
    try {
      return request.getHeaders().getAccept().stream()
          .anyMatch(type -> !type.isWildcardType() && type.isCompatibleWith(MediaType.TEXT_HTML));
    } catch (InvalidMediaTypeException unreadable) {
      return false;
    }
  }
}
