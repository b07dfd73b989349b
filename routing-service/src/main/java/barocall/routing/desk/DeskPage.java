package barocall.routing.desk;

import barocall.city.Cities;
import barocall.city.City;
import barocall.kit.security.Visitor;
import barocall.kit.web.PageController;
import barocall.kit.web.ServiceUrls;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;

/** The page of the desk; what it shows comes by its doors. */
@PageController
class DeskPage {
  private final Cities cities;
  private final Desk desk;
  private final ServiceUrls urls;

  DeskPage(Cities cities, Desk desk, ServiceUrls urls) {
    this.cities = cities;
    this.desk = desk;
    this.urls = urls;
  }

  /** Something to choose: its id, its name, and words by which it is found. */
  record Choice(String id, String name, String words) {}

  @GetMapping("/")
  ResponseEntity<Void> own(
      @AuthenticationPrincipal Visitor visitor,
      @RequestParam(name = "city", required = false) @Nullable String asked) {
    String city =
        visitor.city() != null
            ? visitor.city()
            : asked != null && cities.city(asked).isPresent() ? asked : cities.all().get(0).id();
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .location(URI.create("/" + city + "/desk"))
        .build();
  }

  @GetMapping("/{city}/desk")
  Rendering page(
      @PathVariable String city, @AuthenticationPrincipal Visitor visitor, Locale locale) {
    City where = desk.city(city);
    return Rendering.view("desk")
        .modelAttribute("api", "/api/v1/cities/" + city + "/desk")
        .modelAttribute("cityId", city)
        .modelAttribute("zone", where.timeZone().getId())
        .modelAttribute("agent", visitor.agent() == null ? visitor.user() : visitor.agent())
        .modelAttribute("cities", visitor.city() == null ? cityChoices(locale) : List.of())
        .modelAttribute("departments", departments(where, locale))
        .modelAttribute("categories", categories(where, locale))
        .modelAttribute("receipts", urls.intake() + "/receipts/")
        .build();
  }

  private List<Choice> cityChoices(Locale locale) {
    return cities.all().stream().map(it -> new Choice(it.id(), it.name().in(locale), "")).toList();
  }

  private static List<Choice> departments(City city, Locale locale) {
    return city.departments().stream()
        .map(it -> new Choice(it.id(), it.name().in(locale), String.join(", ", it.duties())))
        .toList();
  }

  private static List<Choice> categories(City city, Locale locale) {
    return city.categories().stream()
        .map(it -> new Choice(it.id(), it.name().in(locale), String.join(", ", it.keywords())))
        .toList();
  }
}
