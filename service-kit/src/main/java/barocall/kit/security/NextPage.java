package barocall.kit.security;

import barocall.kit.web.ServiceUrls;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Where a person goes after the log-in: only ever to a path of this very service, or home. */
final class NextPage {
  private static final int LONGEST = 2_000;

  private final ServiceUrls urls;

  NextPage(ServiceUrls urls) {
    this.urls = urls;
  }

  /** The page that was asked for, or the one where this person works. */
  URI of(@Nullable String next, Visitor visitor) {
    String safe = safe(next);
    return URI.create(safe.isEmpty() ? home(visitor) : safe);
  }

  /** The path as it stands if it leads nowhere else; otherwise empty. */
  static String safe(@Nullable String next) {
    if (next == null || next.length() > LONGEST || !next.matches("/[!-~&&[^\\\\]]*")) {
      return "";
    }
    // A browser takes two slashes for another host, however they are written.
    if (next.startsWith("//") || next.startsWith("/login") || next.startsWith("/logout")) {
      return "";
    }
    try {
      URI uri = new URI(next);
      return uri.isAbsolute() || uri.getRawAuthority() != null ? "" : next;
    } catch (URISyntaxException notAnAddress) {
      return "";
    }
  }

  private String home(Visitor visitor) {
    String base =
        switch (visitor.kind()) {
          case AGENT -> urls.routing();
          case DEPARTMENT -> urls.notification();
          case ADMIN -> urls.analytics();
          case CHANNEL -> "";
        };
    return base + "/";
  }
}
