package barocall.kit.web;

import java.util.Locale;

/** What a city is called on a page; its id when nothing better is known. */
@FunctionalInterface
public interface CityNames {
  String nameOf(String city, Locale locale);
}
