package barocall.kit.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes no more requests than can be answered soon: whoever comes when too many are under way, or
 * too many bytes, gets 503 with {@code Retry-After} before anything is read, checked or asked. So
 * what is taken is answered in a bounded time from bounded memory, however many come. Streams of
 * live pages have a limit of their own; health, log-in and assets have none but for the bodies that
 * they bring.
 *
 * <p>A body must come within a bounded time too, else 408 and the connection ends.
 */
final class InFlight implements WebFilter, Ordered {
  private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);
  private static final List<String> ALWAYS_OPEN =
      List.of("/actuator/", "/assets/", "/webjars/", "/login", "/logout", "/favicon.ico");
  private static final long SAY_EVERY = Duration.ofSeconds(10).toNanos();

  /** Whoever was refused comes again one after the other, not all at once. */
  private static final int SPREAD_SECONDS = 4;

  private final Limits limits;
  private final Problems problems;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - SAY_EVERY);

  /**
   * How much may be under way at once.
   *
   * @param body bytes of one body, counted where a request does not say how many it brings
   * @param slowestBody within which a body must have come; of a stream of lines, the next piece
   */
  record Limits(int requests, int streams, long bytes, long body, Duration slowestBody) {}

  InFlight(Limits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  /** Before passwords are checked. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 10;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    long size = size(request);
    boolean alwaysOpen = isAlwaysOpen(request);
    if (alwaysOpen && size == 0) {
      return chain.filter(exchange);
    }
    if (isStream(request)) {
      return taken(streams, limits.streams())
          ? chain.filter(exchange).doFinally(end -> streams.decrementAndGet())
          : refuse(exchange);
    }
    // Whoever logs in is let in however many are there, but their form counts like any body.
    if (!alwaysOpen && !taken(requests, limits.requests())) {
      return refuse(exchange);
    }
    if (bytes.addAndGet(size) > limits.bytes()) {
      bytes.addAndGet(-size);
      left(alwaysOpen);
      return refuse(exchange);
    }
    return chain
        .filter(size == 0 ? exchange : inTime(exchange))
        .doFinally(
            end -> {
              bytes.addAndGet(-size);
              left(alwaysOpen);
            });
  }

  private void left(boolean alwaysOpen) {
    if (!alwaysOpen) {
      requests.decrementAndGet();
    }
  }

  /** How many requests are under way. */
  int requests() {
    return requests.get();
  }

  /** How many live pages are open. */
  int streams() {
    return streams.get();
  }

  private static boolean taken(AtomicInteger places, int limit) {
    if (places.incrementAndGet() > limit) {
      places.decrementAndGet();
      return false;
    }
    return true;
  }

  private static boolean isAlwaysOpen(ServerHttpRequest request) {
    String path = request.getPath().pathWithinApplication().value();
    return ALWAYS_OPEN.stream().anyMatch(path::startsWith);
  }

  /** What answers without end is asked for by GET, and so by whoever brings nothing. */
  private static boolean isStream(ServerHttpRequest request) {
    String accept = request.getHeaders().getFirst(HttpHeaders.ACCEPT);
    return HttpMethod.GET.equals(request.getMethod())
        && accept != null
        && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
  }

  private long size(ServerHttpRequest request) {
    HttpHeaders headers = request.getHeaders();
    if (headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
      return limits.body();
    }
    return Math.min(Math.max(0, headers.getContentLength()), limits.body());
  }

  private ServerWebExchange inTime(ServerWebExchange exchange) {
    boolean isLines = BodyLimit.isStream(exchange);
    ServerHttpRequest request =
        new ServerHttpRequestDecorator(exchange.getRequest()) {
          @Override
          public Flux<DataBuffer> getBody() {
            return isLines
                ? super.getBody().timeout(limits.slowestBody(), Mono.error(InFlight::tooSlow))
                : super.getBody()
                    .takeUntilOther(
                        Mono.delay(limits.slowestBody()).then(Mono.error(InFlight::tooSlow)));
          }
        };
    // Forms are read by the exchange itself, which knows nothing of a request put in its place.
    return new ServerWebExchangeDecorator(exchange) {
      @Override
      public ServerHttpRequest getRequest() {
        return request;
      }

      @Override
      public Mono<MultiValueMap<String, String>> getFormData() {
        return super.getFormData().timeout(limits.slowestBody(), Mono.error(InFlight::tooSlow));
      }

      @Override
      public Mono<MultiValueMap<String, Part>> getMultipartData() {
        return super.getMultipartData()
            .timeout(limits.slowestBody(), Mono.error(InFlight::tooSlow));
      }
    };
  }

  private static ProblemException tooSlow() {
    return ProblemException.of(HttpStatus.REQUEST_TIMEOUT, "kit.problem.too-slow")
        .with(HttpHeaders.CONNECTION, "close");
  }

  private Mono<Void> refuse(ServerWebExchange exchange) {
    int count = refused.incrementAndGet();
    long now = System.nanoTime();
    long last = saidAt.get();
    if (now - last >= SAY_EVERY && saidAt.compareAndSet(last, now)) {
      LOG.warn(
          "More comes than can be answered: {} requests and {} live pages are under way, {} were refused so far.",
          requests,
          streams,
          count);
    }
    return problems.answer(
        exchange,
        ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, "kit.problem.overloaded")
            .with(HttpHeaders.RETRY_AFTER, Integer.toString(1 + count % SPREAD_SECONDS)));
  }
}
