package barocall.analytics.configuration;

import barocall.city.Cities;
import barocall.city.City;
import barocall.city.CityDoubt;
import barocall.city.CityProblem;
import barocall.city.InvalidCityException;
import barocall.city.Text;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the folder of cities again, as it lies there now: somebody may have written into it since
 * the service started.
 */
final class Findings {
  private static final String HOLIDAYS = "holidays/";

  private Findings() {}

  /**
   * What concerns this city: its own file, the holidays, and whether others keep the services from
   * starting.
   *
   * @param inForce the cities as the service works with them
   * @param changed what to say where the city's file is another by now
   * @param others what to say where only files of other cities are wrong
   */
  static List<Finding> of(
      Path folder,
      Cities inForce,
      City city,
      LocalDate today,
      CityDoubt changed,
      CityDoubt others,
      Locale locale) {
    List<Finding> findings = new ArrayList<>();
    Cities now = inForce;
    try {
      now = Cities.load(folder);
    } catch (InvalidCityException wrong) {
      wrong.problems().stream()
          .filter(it -> concerns(it, city))
          .map(Findings::problem)
          .forEach(findings::add);
      if (findings.isEmpty()) {
        findings.add(doubt("wrong", others, locale));
      }
    }
    City read = now.city(city.id()).orElse(null);
    if (!city.equals(read)) {
      findings.add(doubt("changed", changed, locale));
    }
    if (read != null) {
      now.doubts(read, today).forEach(it -> findings.add(doubt("doubtful", it, locale)));
    }
    return findings;
  }

  /** A file of another city is its own administrator's to read about. */
  private static boolean concerns(CityProblem problem, City city) {
    return problem.file().equals(city.id() + ".yml") || problem.file().startsWith(HOLIDAYS);
  }

  private static Finding doubt(String kind, CityDoubt doubt, Locale locale) {
    return new Finding(
        kind,
        sentence(doubt.message(), locale),
        doubt.remedy().in(locale),
        doubt.file() + ":" + doubt.line(),
        locale.getLanguage());
  }

  private static Finding problem(CityProblem problem) {
    return new Finding(
        "wrong",
        problem.message() + ".",
        problem.remedy(),
        problem.file() + ":" + problem.line(),
        Locale.ENGLISH.getLanguage());
  }

  private static String sentence(Text text, Locale locale) {
    return text.in(locale) + ".";
  }
}
