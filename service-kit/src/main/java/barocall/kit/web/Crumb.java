package barocall.kit.web;

import org.jspecify.annotations.Nullable;

/** A step of the way to a page; the last one, the page itself, has no address. */
public record Crumb(String name, @Nullable String href) {
  /** The page that is shown. */
  public static Crumb here(String name) {
    return new Crumb(name, null);
  }
}
