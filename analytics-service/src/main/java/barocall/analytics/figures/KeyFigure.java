package barocall.analytics.figures;

import barocall.city.Targets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * A measure for programs and for the journal, with its words.
 *
 * @param value null where it rests on fewer than five cases
 * @param unit {@code count}, {@code percent}, {@code seconds}, {@code hours} or {@code ratio}
 * @param n the cases it rests on
 * @param target how it stands to what the city wants of it; null if it wants nothing
 * @param note what the reader must know beside the definition; null if nothing
 */
public record KeyFigure(
    String id,
    String name,
    @Nullable Double value,
    String unit,
    long n,
    String definition,
    @Nullable String note,
    @Nullable Wanted target) {

  /**
   * What the city wants of it.
   *
   * @param verdict {@code met}, {@code missed}, or {@code few} under five cases
   */
  public record Wanted(double value, boolean atLeast, String verdict) {}

  /** Measures it and says it in that language. */
  public static KeyFigure of(
      Targets targets, Measure measure, Counts counts, MessageSource words, Locale locale) {
    Measure.Measured measured = measure.of(counts);
    String code = "measure." + measure.id();
    String note = words.getMessage(code + ".note", null, "", locale);
    if (measured.value() == null) {
      String few = words.getMessage("measure.few", null, locale);
      note = note == null || note.isEmpty() ? few : few + " " + note;
    }
    AgainstTarget against = AgainstTarget.of(targets, measure, measured.value());
    return new KeyFigure(
        measure.id(),
        words.getMessage(code, null, locale),
        measured.value(),
        measure.unit().wireName(),
        measured.n(),
        words.getMessage(code + ".definition", null, locale),
        note == null || note.isEmpty() ? null : note,
        against == null
            ? null
            : new Wanted(against.value(), against.atLeast(), against.verdict().wireName()));
  }
}
