package barocall.kit.web;

import barocall.city.Cities;
import barocall.city.City;
import barocall.kit.web.Page.Csrf;
import barocall.kit.web.Page.Link;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.MediaType;
import org.springframework.security.web.reactive.result.view.CsrfRequestDataValueProcessor;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** Says for each request what the layout needs to know, and renders pages for functional routes. */
public final class Pages {
  /** The name under which templates find the {@link Page}. */
  public static final String PAGE = "page";

  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  static final String THEME_COOKIE = "barocall_theme";

  /** What waits for a person, at the notification service. */
  private static final String OPERATIONS = "/operations";

  private final String service;
  private final boolean demo;
  private final ServiceUrls urls;
  private final String assets;
  private final PageVisitors visitors;
  private final CityNames names;
  private final Optional<Cities> cities;
  private final ChosenLanguage languages;

  Pages(
      String service,
      boolean demo,
      ServiceUrls urls,
      String assets,
      PageVisitors visitors,
      CityNames names,
      Optional<Cities> cities,
      ChosenLanguage languages) {
    this.service = service;
    this.demo = demo;
    this.urls = urls;
    this.assets = assets;
    this.visitors = visitors;
    this.names = names;
    this.cities = cities;
    this.languages = languages;
  }

  /** What the layout needs to know of the page that answers this request. */
  public Mono<Page> of(ServerWebExchange exchange) {
    return Mono.zip(
            visitors.of(exchange).map(Optional::of).defaultIfEmpty(Optional.empty()),
            csrf(exchange).map(Optional::of).defaultIfEmpty(Optional.empty()))
        .map(found -> page(exchange, found.getT1().orElse(null), found.getT2().orElse(null)));
  }

  /**
   * As {@link #of}, for an error page, which must appear even where log-in itself is what failed.
   */
  Mono<Page> withoutVisitor(ServerWebExchange exchange) {
    return Mono.fromSupplier(() -> page(exchange, null, null));
  }

  /** Answers a functional route with a template and its model. */
  public Mono<ServerResponse> render(ServerRequest request, String template, Map<String, ?> model) {
    return of(request.exchange())
        .flatMap(
            page -> {
              var all = new HashMap<String, Object>(model);
              all.put(PAGE, page);
              return ServerResponse.ok().contentType(MediaType.TEXT_HTML).render(template, all);
            });
  }

  private Page page(
      ServerWebExchange exchange, @Nullable PageVisitor visitor, @Nullable Csrf csrf) {
    Locale locale = languages.of(exchange);
    String city = city(exchange, visitor);
    Optional<City> known = city == null ? Optional.empty() : cities.flatMap(all -> all.city(city));
    return new Page(
        service,
        locale.getLanguage(),
        theme(exchange),
        city,
        city == null ? null : names.nameOf(city, locale),
        known.map(City::timeZone).orElse(SEOUL).getId(),
        known.map(it -> emergencies(it, locale)).orElse(List.of()),
        demo,
        visitor,
        urls,
        links(city, visitor, exchange.getRequest().getPath().value()),
        assets,
        exchange.getRequest().getPath().value(),
        inOtherLanguage(exchange.getRequest().getURI(), locale),
        csrf);
  }

  /** The hidden field is filled in by Spring's form support from the attribute set here. */
  private static Mono<Csrf> csrf(ServerWebExchange exchange) {
    Mono<CsrfToken> token = exchange.getAttribute(CsrfToken.class.getName());
    if (token == null) {
      return Mono.empty();
    }
    return token
        .doOnNext(
            given ->
                exchange
                    .getAttributes()
                    .put(CsrfRequestDataValueProcessor.DEFAULT_CSRF_ATTR_NAME, given))
        .map(given -> new Csrf(given.getParameterName(), given.getHeaderName(), given.getToken()));
  }

  private static List<Page.Emergency> emergencies(City city, Locale locale) {
    return city.emergency().groups().stream()
        .map(group -> new Page.Emergency(group.number(), group.name().in(locale)))
        .toList();
  }

  private static @Nullable String city(ServerWebExchange exchange, @Nullable PageVisitor visitor) {
    Map<String, String> path =
        exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
    String named =
        path.getOrDefault("city", exchange.getRequest().getQueryParams().getFirst("city"));
    if (named != null && named.matches("[A-Za-z0-9-]{1,64}")) {
      return named;
    }
    return visitor == null ? null : visitor.city();
  }

  private static String theme(ServerWebExchange exchange) {
    HttpCookie cookie = exchange.getRequest().getCookies().getFirst(THEME_COOKIE);
    return cookie != null && (cookie.getValue().equals("dark") || cookie.getValue().equals("light"))
        ? cookie.getValue()
        : "";
  }

  private List<Link> links(@Nullable String city, @Nullable PageVisitor visitor, String path) {
    String query = city == null ? "" : "?city=" + city;
    var links = new ArrayList<Link>();
    links.add(link("kit.nav.intake", "intake-service", urls.intake() + "/" + query));
    if (visitor == null) {
      return links;
    }
    if (visitor.mayActAs("agent")) {
      links.add(link("kit.nav.desk", "routing-service", urls.routing() + "/" + query));
    }
    if (visitor.mayActAs("department")) {
      links.add(
          new Link(
              "kit.nav.inbox",
              urls.notification() + "/" + query,
              service.equals("notification-service") && !path.startsWith(OPERATIONS)));
    }
    if (visitor.mayActAs("admin")) {
      links.add(link("kit.nav.wall", "analytics-service", urls.analytics() + "/" + query));
      links.add(
          new Link(
              "kit.nav.operations",
              urls.notification() + OPERATIONS + query,
              path.startsWith(OPERATIONS)));
    }
    return links;
  }

  private Link link(String name, String owner, String href) {
    return new Link(name, href, owner.equals(service));
  }

  /** Whatever was asked for is kept as it is: browsers send much that no standard allows. */
  private static String inOtherLanguage(URI uri, Locale locale) {
    String other = locale.equals(Locale.KOREAN) ? "en" : "ko";
    return UriComponentsBuilder.fromPath(uri.getRawPath())
        .query(uri.getRawQuery())
        .replaceQueryParam(ChosenLanguage.PARAMETER, other)
        .build()
        .toUriString();
  }
}
