package barocall.kit.web;

import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses a body that says it is too large before any of it is read. Bodies that don't say are
 * stopped by the codecs, which have the same limit; of NDJSON only a line is limited, as the body
 * is a stream.
 */
final class BodyLimit implements WebFilter {
  private static final String LOG_IN = "/login";

  /** A name, a password and where to go then. */
  private static final long LOG_IN_FORM = 16 << 10;

  /** What lines of JSON are called: the media type has no one name yet. */
  private static final Set<String> LINES =
      Set.of("x-ndjson", "ndjson", "jsonl", "x-jsonlines", "jsonlines");

  private final DataSize limit;

  BodyLimit(DataSize limit) {
    this.limit = limit;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    long length = exchange.getRequest().getHeaders().getContentLength();
    long most =
        exchange.getRequest().getPath().pathWithinApplication().value().startsWith(LOG_IN)
            ? Math.min(LOG_IN_FORM, limit.toBytes())
            : limit.toBytes();
    return length > most && !isStream(exchange)
        ? Mono.error(
            ProblemException.of(HttpStatus.CONTENT_TOO_LARGE, "kit.problem.content-too-large"))
        : chain.filter(exchange);
  }

  /** Whether the body is lines, which are read one by one. */
  static boolean isStream(ServerWebExchange exchange) {
    MediaType type = exchange.getRequest().getHeaders().getContentType();
    return type != null
        && type.getType().equals("application")
        && LINES.contains(type.getSubtype().toLowerCase(Locale.ROOT));
  }
}
