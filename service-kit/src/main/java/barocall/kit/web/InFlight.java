package barocall.kit.web;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
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
 * what is taken is answered in a bounded time from bounded memory, however many come. No address
 * gets more than its share, so that one that sends slowly shuts nobody else out. Streams of live
 * pages have a limit of their own; health, log-in and assets have none but for the bodies that they
 * bring.
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
  private final ConcurrentMap<String, Share> shares = new ConcurrentHashMap<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - SAY_EVERY);

  /**
   * How much may be under way at once.
   *
   * @param share how much of it one address may have, more than 0 and up to 1
   * @param body bytes of one body, of which no more is counted
   * @param slowestBody within which a body must have come; of a stream of lines, the next piece
   */
  record Limits(
      int requests, int streams, long bytes, double share, long body, Duration slowestBody) {
    Limits {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "barocall.max-share-of-an-address is to be more than 0 and up to 1, not " + share);
      }
    }

    int requestsOfOne() {
      return (int) Math.ceil(requests * share);
    }

    long bytesOfOne() {
      return (long) Math.ceil(bytes * share);
    }
  }

  /** What one address has under way. */
  private static final class Share {
    private int requests;
    private long bytes;

    boolean isNothing() {
      return requests == 0 && bytes == 0;
    }
  }

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
    boolean brings = bringsBody(request);
    boolean alwaysOpen = isAlwaysOpen(request);
    if (alwaysOpen && !brings) {
      return chain.filter(exchange);
    }
    if (isStream(request)) {
      return taken(streams, limits.streams())
          ? chain.filter(exchange).doFinally(end -> streams.decrementAndGet())
          : refuse(exchange);
    }
    // Whoever logs in is let in however many are there, but their form counts like any body.
    Held held = new Held(address(request), alwaysOpen ? 0 : 1);
    // Forms are read by the exchange itself, where nobody can count what comes.
    if (!held.enters() || !held.takes(isForm(request) ? announced(request) : 0)) {
      held.leaves();
      return refuse(exchange);
    }
    return chain.filter(brings ? inTime(exchange, held) : exchange).doFinally(end -> held.leaves());
  }

  /** What one request has of what may be under way. */
  private final class Held {
    private final String address;
    private final int places;
    private int taken;
    private long held;
    private boolean gone;

    Held(String address, int places) {
      this.address = address;
      this.places = places;
    }

    boolean enters() {
      if (places == 0) {
        return true;
      }
      if (!InFlight.taken(requests, limits.requests())) {
        return false;
      }
      taken = places;
      Share mine = added(places, 0);
      return mine.requests <= limits.requestsOfOne();
    }

    /** False if that is too much; it is held all the same, until it leaves. */
    synchronized boolean takes(long more) {
      long counted = Math.min(more, limits.body() - held);
      // A piece may still come while the request ends: nobody would give back what it takes.
      if (gone || counted <= 0) {
        return true;
      }
      held += counted;
      boolean fits = bytes.addAndGet(counted) <= limits.bytes();
      return added(0, counted).bytes <= limits.bytesOfOne() && fits;
    }

    synchronized void leaves() {
      gone = true;
      requests.addAndGet(-taken);
      bytes.addAndGet(-held);
      if (taken != 0 || held != 0) {
        added(-taken, -held);
      }
      taken = 0;
      held = 0;
    }

    /** The share as it then is, before anybody else changes it. */
    private Share added(int requests, long bytes) {
      Share seen = new Share();
      shares.compute(
          address,
          (key, known) -> {
            Share share = known == null ? new Share() : known;
            share.requests += requests;
            share.bytes += bytes;
            seen.requests = share.requests;
            seen.bytes = share.bytes;
            return share.isNothing() ? null : share;
          });
      return seen;
    }
  }

  private static String address(ServerHttpRequest request) {
    InetSocketAddress remote = request.getRemoteAddress();
    return remote == null || remote.getAddress() == null
        ? ""
        : remote.getAddress().getHostAddress();
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

  private static boolean bringsBody(ServerHttpRequest request) {
    HttpHeaders headers = request.getHeaders();
    return headers.containsHeader(HttpHeaders.TRANSFER_ENCODING) || headers.getContentLength() > 0;
  }

  private long announced(ServerHttpRequest request) {
    HttpHeaders headers = request.getHeaders();
    return headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
        ? limits.body()
        : Math.max(0, headers.getContentLength());
  }

  private static boolean isForm(ServerHttpRequest request) {
    MediaType type = request.getHeaders().getContentType();
    return type != null
        && (type.isCompatibleWith(MediaType.APPLICATION_FORM_URLENCODED)
            || type.getType().equals("multipart"));
  }

  /** Counted as it comes: what is only announced needs no memory. */
  private DataBuffer counted(DataBuffer piece, Held held) {
    if (held.takes(piece.readableByteCount())) {
      return piece;
    }
    DataBufferUtils.release(piece);
    throw overloaded(refused.incrementAndGet());
  }

  private ServerWebExchange inTime(ServerWebExchange exchange, Held held) {
    boolean isLines = BodyLimit.isStream(exchange);
    ServerHttpRequest request =
        new ServerHttpRequestDecorator(exchange.getRequest()) {
          @Override
          public Flux<DataBuffer> getBody() {
            Flux<DataBuffer> body = super.getBody().map(piece -> counted(piece, held));
            return isLines
                ? body.timeout(limits.slowestBody(), Mono.error(InFlight::tooSlow))
                : body.takeUntilOther(
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
    return problems.answer(exchange, overloaded(count));
  }

  private static ProblemException overloaded(int count) {
    return ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, "kit.problem.overloaded")
        .with(HttpHeaders.RETRY_AFTER, Integer.toString(1 + count % SPREAD_SECONDS));
  }
}
