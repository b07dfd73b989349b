package barocall.analytics.figures;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * A city's figures over all times.
 *
 * @param received every inquiry, abandoned calls included
 * @param resolved inquiries resolved at least once
 * @param resolvedAtFirstContact those ended by an agent or a rule's answer and never escalated
 *     before
 * @param escalated those escalated at least once
 * @param open those whose last step is not closed
 * @param overdue open complaints whose due time is before asOf
 * @param sinceOpening the baseline's count and the calls answered after its date
 * @param writtenSinceBaseline inquiries that came by other channels than the telephone after that
 *     date: they are no consultations
 */
public record Totals(
    String city,
    OffsetDateTime asOf,
    long received,
    long resolved,
    long resolvedAtFirstContact,
    long escalated,
    long open,
    long overdue,
    long abandoned,
    Baseline baseline,
    long sinceOpening,
    long writtenSinceBaseline) {

  /** Consultations counted before Barocall, up to and with a date. */
  public record Baseline(long count, LocalDate date) {}

  static OffsetDateTime asOf(Instant now, ZoneId zone) {
    return now.atZone(zone).toOffsetDateTime();
  }
}
