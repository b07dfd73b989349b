package barocall.kit.security;

import barocall.access.Accounts;
import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.EndedSessions;
import barocall.access.SessionTokens;
import barocall.access.Vault;
import barocall.city.Cities;
import barocall.kit.web.PageVisitor;
import barocall.kit.web.PageVisitors;
import barocall.kit.web.Pages;
import barocall.kit.web.ProblemException;
import barocall.kit.web.ServiceUrls;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter.Mode;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The same locks on the doors of all services; each service adds its {@link Doors}. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
  private static final String LOGIN = "/login";
  private static final String LOGOUT = "/logout";

  private static final String[] ALWAYS_OPEN = {
    "/actuator/health",
    "/actuator/health/**",
    "/v3/api-docs",
    "/v3/api-docs/**",
    "/v3/api-docs.yaml",
    LOGIN,
    LOGOUT,
    "/assets/**",
    "/webjars/**",
    "/favicon.ico",
    "/error"
  };

  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

  /** Read once at the start, so that a service without credentials says so and does not start. */
  @Bean
  CredentialsFile credentialsFile(@Value("${barocall.credentials}") Path path) {
    CredentialsFile file = new CredentialsFile(path);
    Credentials first = file.current();
    first.receiptNumbers();
    return file;
  }

  @Bean
  Accounts accounts(CredentialsFile file) {
    return new Accounts(file::current);
  }

  @Bean
  Vault vault(CredentialsFile file) {
    return new Vault(file::current);
  }

  @Bean
  Guesses guesses(Clock clock) {
    return new Guesses(clock);
  }

  /** A service without cities leaves it to its handlers to know them. */
  @Bean
  Access access(ObjectProvider<Cities> cities) {
    Supplier<Optional<Cities>> known =
        SingletonSupplier.of(() -> Optional.ofNullable(cities.getIfAvailable()));
    return new Access(city -> known.get().map(c -> c.city(city).isPresent()).orElse(true));
  }

  /** What no honest client sends is refused like everything else that is wrong. */
  @Bean
  ServerExchangeRejectedHandler rejectedRequests() {
    return (exchange, rejected) ->
        Mono.error(ProblemException.of(HttpStatus.BAD_REQUEST, "kit.problem.bad-request"));
  }

  @Bean
  SessionCookie sessionCookie(CredentialsFile file, Clock clock) {
    return new SessionCookie(
        new SessionTokens(
            file::current, EndedSessions.beside(file, clock), clock, new SecureRandom()));
  }

  @Bean
  Gate gate(
      Accounts accounts,
      SessionCookie cookie,
      Guesses guesses,
      ObjectProvider<LoginRecord> logins) {
    return new Gate(accounts, cookie, guesses, () -> Optional.ofNullable(logins.getIfAvailable()));
  }

  @Bean
  PageVisitors pageVisitors() {
    return exchange ->
        Mono.justOrEmpty(
            Visitor.of(exchange)
                .filter(Visitor::isPerson)
                .map(
                    visitor ->
                        new PageVisitor(
                            visitor.name(),
                            visitor.kind().name().toLowerCase(Locale.ROOT),
                            visitor.city(),
                            visitor.department())));
  }

  /** The gate has authenticated already; without this bean Boot would invent a user. */
  @Bean
  ReactiveAuthenticationManager authenticationManager() {
    return Mono::just;
  }

  /** The request is observed already; a span and a timer for each filter of it tell nobody more. */
  @Bean
  SecurityObservationSettings filtersUnobserved() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  SecurityWebFilterChain doors(
      ServerHttpSecurity http,
      Gate gate,
      ReactiveAuthenticationManager manager,
      ServiceUrls urls,
      ObjectProvider<Doors> services) {
    Refusals refusals = new Refusals();
    AuthenticationWebFilter comingIn = new AuthenticationWebFilter(manager);
    comingIn.setServerAuthenticationConverter(gate);
    comingIn.setAuthenticationFailureHandler(
        new ServerAuthenticationEntryPointFailureHandler(refusals));
    return http.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
        .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
        .logout(ServerHttpSecurity.LogoutSpec::disable)
        .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .addFilterAt(comingIn, SecurityWebFiltersOrder.AUTHENTICATION)
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .csrf(
            csrf ->
                csrf.csrfTokenRepository(csrfCookie())
                    .csrfTokenRequestHandler(new CsrfTokens())
                    .requireCsrfProtectionMatcher(exchange -> needsProof(gate, exchange))
                    .accessDeniedHandler(refusals))
        .headers(headers -> headers(headers, urls))
        .authorizeExchange(
            doors -> {
              doors.pathMatchers(ALWAYS_OPEN).permitAll();
              doors.pathMatchers("/actuator/prometheus").access(SecurityConfiguration::mayMeasure);
              services.orderedStream().forEach(service -> service.open(doors));
              doors.anyExchange().access(SecurityConfiguration::closed);
            })
        .build();
  }

  @Bean
  RouterFunction<ServerResponse> loginPages(
      Gate gate, SessionCookie cookie, ServiceUrls urls, Pages pages) {
    LoginPage page = new LoginPage(gate, cookie, new NextPage(urls), pages);
    return RouterFunctions.route()
        .GET(LOGIN, page::show)
        .POST(LOGIN, page::enter)
        .POST(LOGOUT, page::leave)
        .build();
  }

  @Bean
  OpenApiCustomizer securitySchemes() {
    return api -> {
      if (api.getComponents() == null) {
        api.setComponents(new Components());
      }
      api.getComponents()
          .addSecuritySchemes("key", http("bearer", "A city's key, for programs."))
          .addSecuritySchemes("basic", http("basic", "A person's user name and password."))
          .addSecuritySchemes(
              "cookie",
              new SecurityScheme()
                  .type(SecurityScheme.Type.APIKEY)
                  .in(SecurityScheme.In.COOKIE)
                  .name(SessionCookie.NAME)
                  .description("Given by POST /login; changes need the header X-XSRF-TOKEN."));
      for (String scheme : new String[] {"key", "basic", "cookie"}) {
        api.addSecurityItem(new SecurityRequirement().addList(scheme));
      }
    };
  }

  private static SecurityScheme http(String scheme, String description) {
    return new SecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme(scheme)
        .description(description);
  }

  private static CookieServerCsrfTokenRepository csrfCookie() {
    CookieServerCsrfTokenRepository repository =
        CookieServerCsrfTokenRepository.withHttpOnlyFalse();
    repository.setCookiePath("/");
    repository.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
    return repository;
  }

  /** Only what a browser does unasked can be forged: requests with the cookie, and the log-in. */
  private static Mono<MatchResult> needsProof(Gate gate, ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    if (READING.contains(request.getMethod())) {
      return MatchResult.notMatch();
    }
    String path = request.getPath().pathWithinApplication().value();
    boolean form = path.equals(LOGIN) || path.equals(LOGOUT);
    return form || gate.isByCookie(exchange) ? MatchResult.match() : MatchResult.notMatch();
  }

  /**
   * What no rule names is closed to everyone. To a person who has shown who they are it does not
   * exist, so that they look for another address and not for more rights.
   */
  private static Mono<AuthorizationResult> closed(
      Mono<Authentication> authentication, AuthorizationContext context) {
    return Visitor.of(context.getExchange()).filter(Visitor::isPerson).isPresent()
        ? Mono.error(ProblemException.notFound())
        : Mono.just(new AuthorizationDecision(false));
  }

  private static Mono<AuthorizationResult> mayMeasure(
      Mono<Authentication> authentication, AuthorizationContext context) {
    ServerWebExchange exchange = context.getExchange();
    boolean known =
        Visitor.of(exchange)
            .filter(v -> v.kind() == Visitor.Kind.CHANNEL || v.kind() == Visitor.Kind.ADMIN)
            .isPresent();
    return Mono.just(new AuthorizationDecision(known || isFromThisMachine(exchange)));
  }

  /** A request that a proxy on this machine handed on comes from elsewhere. */
  private static boolean isFromThisMachine(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    InetSocketAddress remote = request.getRemoteAddress();
    return remote != null
        && remote.getAddress() != null
        && remote.getAddress().isLoopbackAddress()
        && !request.getHeaders().containsHeader("X-Forwarded-For")
        && !request.getHeaders().containsHeader("Forwarded");
  }

  private static void headers(ServerHttpSecurity.HeaderSpec headers, ServiceUrls urls) {
    // After the log-in a form leads to the page of another service.
    String services =
        String.join(" ", urls.intake(), urls.routing(), urls.notification(), urls.analytics());
    headers
        .contentSecurityPolicy(
            csp ->
                csp.policyDirectives(
                    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                        + " frame-ancestors 'none'; form-action 'self' "
                        + services))
        .frameOptions(frames -> frames.mode(Mode.DENY))
        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
        .permissionsPolicy(
            permissions -> permissions.policy("camera=(), microphone=(), payment=(), usb=()"));
  }
}
