package barocall.analytics.figures;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * A measure for programs and for the journal, with its words.
 *
 * @param value null where it rests on fewer than five cases
 * @param unit {@code count}, {@code percent}, {@code seconds}, {@code hours} or {@code ratio}
 * @param n the cases it rests on
 * @param note what the reader must know beside the definition; null if nothing
 */
public record KeyFigure(
    String id,
    String name,
    @Nullable Double value,
    String unit,
    long n,
    String definition,
    @Nullable String note) {

  /** Measures it and says it in that language. */
  public static KeyFigure of(Measure measure, Counts counts, MessageSource words, Locale locale) {
    Measure.Measured measured = measure.of(counts);
    String code = "measure." + measure.id();
    String note = words.getMessage(code + ".note", null, "", locale);
    if (measured.value() == null) {
      String few = words.getMessage("measure.few", null, locale);
      note = note == null || note.isEmpty() ? few : few + " " + note;
    }
    return new KeyFigure(
        measure.id(),
        words.getMessage(code, null, locale),
        measured.value(),
        measure.unit().wireName(),
        measured.n(),
        words.getMessage(code + ".definition", null, locale),
        note == null || note.isEmpty() ? null : note);
  }
}
