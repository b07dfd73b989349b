package barocall.kit.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the layout needs to know of a page.
 *
 * @param service the service's name, such as {@code intake-service}
 * @param lang {@code ko} or {@code en}
 * @param theme {@code light}, {@code dark}, or empty to follow the system
 * @param city id of the city that the page is about, or null when it is about none
 * @param cityName the city as the reader calls it, or null
 * @param zone the city's time zone, in which the page shows times
 * @param emergencies whom to ring in danger
 * @param demo whether everything shown is made up
 * @param visitor who is logged in, or null
 * @param urls base URLs of the services
 * @param links the ways to other pages that this visitor may go
 * @param assets the path below which the assets are, without a slash at the end
 * @param path the page's own path
 * @param otherLanguage the same page in the other language
 * @param csrf the token that a form must carry, or null where forms need none
 */
public record Page(
    String service,
    String lang,
    String theme,
    @Nullable String city,
    @Nullable String cityName,
    String zone,
    List<Emergency> emergencies,
    boolean demo,
    @Nullable PageVisitor visitor,
    ServiceUrls urls,
    List<Link> links,
    String assets,
    String path,
    String otherLanguage,
    @Nullable Csrf csrf) {

  /** The same page in that look, whatever the reader's switch says. */
  public Page in(String otherTheme) {
    return new Page(
        service,
        lang,
        otherTheme,
        city,
        cityName,
        zone,
        emergencies,
        demo,
        visitor,
        urls,
        links,
        assets,
        path,
        otherLanguage,
        csrf);
  }

  /** A way to another page: the code of its name, its address, and whether it is where we are. */
  public record Link(String name, String href, boolean current) {}

  /** A number to ring in danger, and who answers it. */
  public record Emergency(String number, String name) {}

  /** The name and value of the hidden field that proves that a form is ours. */
  public record Csrf(String parameter, String header, String token) {}
}
