package barocall.analytics.live;

import barocall.analytics.figures.Measure;
import barocall.analytics.figures.Shown;
import barocall.analytics.live.Picture.Headline;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;

/**
 * A measure as the page first shows it, before its script runs.
 *
 * @param few whether it rests on too few cases to be shown
 * @param difference to the usual, empty where there is nothing to compare
 * @param direction {@code up}, {@code down} or {@code same}
 */
public record MeasureView(
    String value,
    boolean few,
    String unit,
    String usual,
    String difference,
    String direction,
    String n) {

  static Map<String, MeasureView> of(
      Map<String, Headline> figures, MessageSource words, Locale locale) {
    Map<String, MeasureView> views = new LinkedHashMap<>();
    for (Measure measure : Measure.values()) {
      Headline headline = figures.get(measure.id());
      if (headline != null) {
        views.put(measure.id(), of(measure, headline, words, locale));
      }
    }
    return views;
  }

  private static MeasureView of(
      Measure measure, Headline headline, MessageSource words, Locale locale) {
    Measure.Unit unit = measure.unit();
    Double difference = Shown.difference(unit, headline.value(), headline.usual());
    return new MeasureView(
        headline.value() == null
            ? words.getMessage("wall.few", null, locale)
            : Shown.value(unit, headline.value(), locale),
        headline.value() == null,
        unit.wireName(),
        headline.usual() == null
            ? words.getMessage("wall.usual.none", null, locale)
            : words.getMessage(
                "wall.usual", new Object[] {Shown.value(unit, headline.usual(), locale)}, locale),
        difference == null ? "" : Shown.difference(unit, difference, locale),
        difference == null ? "same" : Shown.direction(unit, difference),
        Shown.number(headline.n(), 0, locale));
  }
}
