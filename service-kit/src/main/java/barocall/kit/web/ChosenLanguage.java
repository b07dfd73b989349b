package barocall.kit.web;

import java.time.Duration;
import java.util.Locale;
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
 * {@code Accept-Language}, else Korean. A browser's {@code Accept-Language} does not count: a
 * city's page is Korean until its reader switches.
 */
final class ChosenLanguage implements LocaleContextResolver, WebFilter {
  static final String PARAMETER = "lang";
  static final String COOKIE = "barocall_lang";
  private static final Duration KEPT = Duration.ofDays(365);

  static Locale of(ServerWebExchange exchange) {
    Locale asked = known(exchange.getRequest().getQueryParams().getFirst(PARAMETER));
    if (asked != null) {
      return asked;
    }
    HttpCookie cookie = exchange.getRequest().getCookies().getFirst(COOKIE);
    Locale kept = cookie == null ? null : known(cookie.getValue());
    if (kept != null) {
      return kept;
    }
    return forProgram(exchange) ? accepted(exchange) : Locale.KOREAN;
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

  private static Locale accepted(ServerWebExchange exchange) {
    try {
      for (Locale locale : exchange.getRequest().getHeaders().getAcceptLanguageAsLocales()) {
        Locale match = known(locale.getLanguage());
        if (match != null) {
          return match;
        }
      }
      return Locale.KOREAN;
    } catch (IllegalArgumentException unreadable) {
      return Locale.KOREAN;
    }
  }
}
