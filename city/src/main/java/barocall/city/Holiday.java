package barocall.city;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A day without work that is not a weekend by itself.
 *
 * @param substituteFor the holiday that this day stands in for; null for a holiday of its own
 */
public record Holiday(LocalDate date, Text name, @Nullable LocalDate substituteFor) {}
