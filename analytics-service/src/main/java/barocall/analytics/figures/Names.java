package barocall.analytics.figures;

import barocall.city.City;
import java.util.Locale;
import java.util.Optional;

/** What the keys of a breakdown are called by people. */
public final class Names {
  private Names() {}

  /** Empty for a key that the city file does not know, and for channels. */
  public static Optional<String> of(City city, By by, String key, Locale locale) {
    return switch (by) {
      case CHANNEL -> Optional.empty();
      case CATEGORY -> city.category(key).map(category -> category.name().in(locale));
      case DEPARTMENT -> city.department(key).map(department -> department.name().in(locale));
      case AGENT -> city.agent(key).map(agent -> agent.name());
    };
  }
}
