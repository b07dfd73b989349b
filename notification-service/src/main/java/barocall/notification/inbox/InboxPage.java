package barocall.notification.inbox;

import barocall.city.Cities;
import barocall.city.City;
import barocall.city.Department;
import barocall.kit.security.Visitor;
import barocall.kit.web.Crumb;
import barocall.kit.web.PageController;
import barocall.kit.web.ProblemException;
import barocall.kit.web.ServiceUrls;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The inbox as officers see it, and the way there. */
@PageController
class InboxPage {
  private final Cities cities;
  private final InboxLists lists;
  private final ServiceUrls urls;
  private final MessageSource words;
  private final Clock clock;

  InboxPage(Cities cities, InboxLists lists, ServiceUrls urls, MessageSource words, Clock clock) {
    this.cities = cities;
    this.lists = lists;
    this.urls = urls;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping("/{city}/departments/{department}/inbox")
  String inbox(
      @PathVariable String city,
      @PathVariable String department,
      @RequestParam(name = "case", required = false) @Nullable String opened,
      @AuthenticationPrincipal Visitor visitor,
      Locale locale,
      Model model) {
    City of = cities.city(city).orElseThrow(ProblemException::notFound);
    Department known = of.department(department).orElseThrow(ProblemException::notFound);
    String name = known.name().in(locale);
    model.addAttribute("departmentName", name);
    model.addAttribute("api", api(city, department));
    model.addAttribute("user", visitor.user());
    model.addAttribute("opened", opened == null ? "" : opened);
    model.addAttribute("crumbs", List.of(Crumb.here(title(name, locale))));
    model.addAttribute("title", title(name, locale));
    return "inbox";
  }

  /** A department to choose, with what stands in its inbox. */
  public record Choice(String name, String href, int open, int late) {}

  /** A city whose departments an administrator may look at. */
  public record CityChoice(String name, List<Choice> departments) {}

  /** Officers go to their own inbox, administrators choose one. */
  @GetMapping("/")
  Mono<Rendering> home(
      @AuthenticationPrincipal Visitor visitor,
      @RequestParam(required = false) @Nullable String city,
      Locale locale) {
    if (visitor.kind() == Visitor.Kind.AGENT) {
      return Mono.just(redirect(urls.routing() + "/"));
    }
    if (visitor.city() != null && visitor.department() != null) {
      return Mono.just(redirect(page(visitor.city(), visitor.department())));
    }
    return Flux.fromIterable(cities.all())
        .filter(it -> visitor.isAdminOf(it.id()) && (city == null || city.equals(it.id())))
        .concatMap(it -> choices(it, locale))
        .collectList()
        .map(
            choices ->
                Rendering.view("departments")
                    .model(
                        Map.of(
                            "choices",
                            choices,
                            "operations",
                            city == null ? "/operations" : "/operations?city=" + city))
                    .build());
  }

  private Mono<CityChoice> choices(City city, Locale locale) {
    Instant now = clock.instant();
    return Flux.fromIterable(city.departments())
        .concatMap(
            department ->
                lists
                    .open(city.id(), department.id())
                    .map(
                        open ->
                            new Choice(
                                department.name().in(locale),
                                page(city.id(), department.id()),
                                open.size(),
                                (int)
                                    open.stream()
                                        .filter(it -> InboxFilter.OVERDUE.fits(it, now, city))
                                        .count())))
        .collectList()
        .map(departments -> new CityChoice(city.name().in(locale), departments));
  }

  private String title(String department, Locale locale) {
    return words.getMessage("inbox.title", new Object[] {department}, locale);
  }

  private static Rendering redirect(String to) {
    return Rendering.redirectTo(to).build();
  }

  private static String page(String city, String department) {
    return "/" + city + "/departments/" + segment(department) + "/inbox";
  }

  private static String api(String city, String department) {
    return "/api/v1/cities/" + city + "/departments/" + segment(department) + "/inbox";
  }

  private static String segment(String id) {
    return UriUtils.encodePathSegment(id, StandardCharsets.UTF_8);
  }
}
