package barocall.notification.operations;

import barocall.city.Cities;
import barocall.city.City;
import barocall.kit.security.Visitor;
import barocall.kit.web.Crumb;
import barocall.kit.web.PageController;
import barocall.kit.web.ProblemException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What waits for a person, for the administrator. */
@PageController
class OperationsPage {
  private final Cities cities;
  private final MessageSource words;

  OperationsPage(Cities cities, MessageSource words) {
    this.cities = cities;
    this.words = words;
  }

  /** A city to choose. */
  public record Choice(String id, String name, boolean chosen) {}

  @GetMapping("/operations")
  String operations(
      @RequestParam(required = false) @Nullable String city,
      @AuthenticationPrincipal Visitor visitor,
      Locale locale,
      Model model) {
    List<City> own = cities.all().stream().filter(it -> visitor.isAdminOf(it.id())).toList();
    City chosen =
        own.stream()
            .filter(it -> city == null || it.id().equals(city))
            .findFirst()
            .orElseThrow(ProblemException::notFound);
    model.addAttribute(
        "choices",
        own.stream()
            .map(it -> new Choice(it.id(), it.name().in(locale), it.id().equals(chosen.id())))
            .toList());
    model.addAttribute("api", "/api/v1/cities/" + chosen.id());
    model.addAttribute(
        "crumbs", List.of(Crumb.here(words.getMessage("operations.title", null, locale))));
    return "operations";
  }
}
