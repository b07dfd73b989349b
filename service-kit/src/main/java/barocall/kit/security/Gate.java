package barocall.kit.security;

import barocall.access.Accounts;
import barocall.access.Person;
import barocall.kit.web.ProblemException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Finds out who sends a request: by {@code Authorization: Bearer KEY}, by HTTP Basic, else by the
 * cookie. Whoever sends an {@code Authorization} is only what that says, whatever cookie comes
 * along.
 */
final class Gate implements ServerAuthenticationConverter {
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";
  private static final int LONGEST_USER = 100;
  private static final int MOST_BY_BASIC = 10_000;
  private static final Duration TOLD_AGAIN = Duration.ofHours(1);

  private final Accounts accounts;
  private final SessionCookie cookie;
  private final Guesses guesses;
  private final Supplier<Optional<LoginRecord>> logins;

  /** Who has come in by HTTP Basic of late, which programs send with every request. */
  private final Cache<String, Boolean> cameInByBasic =
      Caffeine.newBuilder().maximumSize(MOST_BY_BASIC).expireAfterWrite(TOLD_AGAIN).build();

  Gate(
      Accounts accounts,
      SessionCookie cookie,
      Guesses guesses,
      Supplier<Optional<LoginRecord>> logins) {
    this.accounts = accounts;
    this.cookie = cookie;
    this.guesses = guesses;
    this.logins = logins;
  }

  @Override
  public Mono<Authentication> convert(ServerWebExchange exchange) {
    String given = authorization(exchange).orElse(null);
    Mono<Visitor> visitor =
        given == null
            ? Mono.justOrEmpty(cookie.person(exchange).map(Visitor::of))
            : authorized(exchange, given);
    return visitor.map(
        known -> {
          exchange.getAttributes().put(Visitor.class.getName(), known);
          return new VisitorAuthentication(known);
        });
  }

  /** Whether this request is let in by the cookie, which a browser sends unasked. */
  boolean isByCookie(ServerWebExchange exchange) {
    return authorization(exchange).isEmpty() && cookie.person(exchange).isPresent();
  }

  /**
   * The person with this name and password; an error of the log-in if there is none, and 429 after
   * too many failures. A try counts from its beginning, so that many at once are no more than many.
   */
  Mono<Person> login(ServerWebExchange exchange, String user, String password) {
    return checked(exchange, user, password)
        .doOnError(
            refused ->
                logins
                    .get()
                    .ifPresent(
                        record ->
                            record.refused(
                                exchange, accounts.called(user).map(Visitor::of).orElse(null))));
  }

  /** The person has come in by the page. */
  Mono<Void> cameIn(ServerWebExchange exchange, Visitor person) {
    return Mono.justOrEmpty(logins.get()).flatMap(record -> record.cameIn(exchange, person));
  }

  /** Whoever sent this request leaves. */
  Mono<Void> left(ServerWebExchange exchange) {
    return Mono.zip(
            Mono.justOrEmpty(logins.get()),
            Mono.justOrEmpty(Visitor.of(exchange).filter(Visitor::isPerson)))
        .flatMap(both -> both.getT1().left(exchange, both.getT2()));
  }

  private Mono<Person> checked(ServerWebExchange exchange, String user, String password) {
    if (user.length() > LONGEST_USER) {
      return Mono.error(new BadCredentialsException("nobody is called so"));
    }
    String guesser = user + "@" + Visitor.addressOf(exchange);
    Duration pause = guesses.begin(guesser);
    if (!pause.isZero()) {
      return Mono.error(
          ProblemException.of(HttpStatus.TOO_MANY_REQUESTS, "kit.problem.too-many-requests")
              .with(HttpHeaders.RETRY_AFTER, Long.toString(pause.toSeconds() + 1)));
    }
    Mono<Optional<Person>> checked = Mono.fromSupplier(() -> accounts.login(user, password));
    if (!accounts.answersAtOnce(user, password)) {
      checked = checked.subscribeOn(Schedulers.boundedElastic());
    }
    return checked.flatMap(
        person -> {
          if (person.isEmpty()) {
            return Mono.error(new BadCredentialsException("wrong user or password"));
          }
          guesses.succeeded(guesser);
          return Mono.just(person.get());
        });
  }

  private Mono<Visitor> authorized(ServerWebExchange exchange, String given) {
    if (given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Mono.justOrEmpty(accounts.holderOfKey(given.substring(BEARER.length()).trim()))
          .map(Visitor::withKeyOf)
          .switchIfEmpty(Mono.error(() -> new BadCredentialsException("no such key")));
    }
    if (given.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      String pair = decoded(given.substring(BASIC.length()).trim());
      int colon = pair.indexOf(':');
      if (colon > 0) {
        return login(exchange, pair.substring(0, colon), pair.substring(colon + 1))
            .map(Visitor::of)
            .delayUntil(person -> cameInByBasic(exchange, person));
      }
    }
    return Mono.error(new BadCredentialsException("neither Bearer nor Basic"));
  }

  private Mono<Void> cameInByBasic(ServerWebExchange exchange, Visitor person) {
    String who = person.user() + "@" + Visitor.addressOf(exchange);
    return cameInByBasic.asMap().putIfAbsent(who, true) == null
        ? cameIn(exchange, person)
        : Mono.empty();
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  private static Optional<String> authorization(ServerWebExchange exchange) {
    return Optional.ofNullable(
        exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
  }
}
