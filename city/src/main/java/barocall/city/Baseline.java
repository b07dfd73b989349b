package barocall.city;

import java.time.LocalDate;

/**
 * The consultations that the centre counted before Barocall did.
 *
 * @param count calls answered up to and including {@code date}
 * @param opened the day on which the centre opened
 */
public record Baseline(long count, LocalDate date, LocalDate opened) {}
