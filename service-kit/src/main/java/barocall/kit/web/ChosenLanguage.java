package barocall.kit.web;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.i18n.LocaleContextResolver;
import reactor.core.publisher.Mono;

/**
 * The language of an answer: that of {@code ?lang=}, else of the cookie, else, for programs, of
 * {@code Accept-Language}, * else the city's own, else Korean. A browser's {@code Accept-Language}
 * does not count: a city's page speaks the city's language until its reader switches.
 */
final class ChosenLanguage implements LocaleContextResolver, WebFilter {
  static final String PARAMETER = "lang";
  static final String COOKIE = "barocall_lang";
  private static final Pattern CITY = Pattern.compile("/cities/([A-Za-z0-9-]{1,64})(?:/|$)");
  private static final Duration KEPT = Duration.ofDays(365);

  private final Function<String, Optional<Locale>> languageOfCity;

  ChosenLanguage(Function<String, Optional<Locale>> languageOfCity) {
    this.languageOfCity = languageOfCity;
  }

  Locale of(ServerWebExchange exchange) {
    Locale asked = known(exchange.getRequest().getQueryParams().getFirst(PARAMETER));
    if (asked != null) {
      return asked;
    }
    HttpCookie cookie = exchange.getRequest().getCookies().getFirst(COOKIE);
    Locale kept = cookie == null ? null : known(cookie.getValue());
    if (kept != null) {
      return kept;
    }
    Locale accepted = forProgram(exchange) ? accepted(exchange) : null;
    return accepted != null ? accepted : ofCity(exchange);
  }

  @Override
  public LocaleContext resolveLocaleContext(ServerWebExchange exchange) {
    return new SimpleLocaleContext(of(exchange));
  }

  @Override
  public void setLocaleContext(ServerWebExchange exchange, @Nullable LocaleContext locale) {
    throw new UnsupportedOperationException("The language is chosen by ?lang= or a cookie");
  }

  /** Keeps a choice made by {@code ?lang=}; all services see it, as cookies ignore ports. */
  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    Locale asked = known(exchange.getRequest().getQueryParams().getFirst(PARAMETER));
    if (asked != null) {
      exchange
          .getResponse()
          .addCookie(
              ResponseCookie.from(COOKIE, asked.getLanguage())
                  .path("/")
                  .maxAge(KEPT)
                  .sameSite("Lax")
                  .build());
    }
    return chain.filter(exchange);
  }

  private static @Nullable Locale known(@Nullable String language) {
    if ("en".equals(language)) {
      return Locale.ENGLISH;
    }
    return "ko".equals(language) ? Locale.KOREAN : null;
  }

  private static boolean forProgram(ServerWebExchange exchange) {
    return !PreferredAnswer.isPage(exchange.getRequest().getHeaders());
  }

  /**
   * The city stands in the query or in the path, as in {@code /api/v1/cities/losangeles/totals}.
   */
  private Locale ofCity(ServerWebExchange exchange) {
    String city = exchange.getRequest().getQueryParams().getFirst("city");
    if (city == null) {
      Matcher inPath = CITY.matcher(exchange.getRequest().getPath().value());
      city = inPath.find() ? inPath.group(1) : null;
    }
    return Optional.ofNullable(city)
        .flatMap(languageOfCity)
        .map(language -> known(language.getLanguage()))
        .orElse(Locale.KOREAN);
  }

  private static @Nullable Locale accepted(ServerWebExchange exchange) {
    try {
      for (Locale locale : exchange.getRequest().getHeaders().getAcceptLanguageAsLocales()) {
        Locale match = known(locale.getLanguage());
        if (match != null) {
          return match;
        }
      }
      return null;
    } catch (IllegalArgumentException unreadable) {
      return null;
    }
  }
}
