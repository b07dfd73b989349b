package barocall.kit.web;

import java.util.Locale;

/**
 * What a city is called on a page. Where a service has no bean of this kind, its {@code Cities} say
 * it.
 */
@FunctionalInterface
public interface CityNames {
  String nameOf(String city, Locale locale);
}
