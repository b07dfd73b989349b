package barocall.traffic;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * Reads the times of a file, which are local to its city and have no offset: one that occurs twice
 * is the earlier, one that doesn't exist moves forward by the gap.
 */
final class LocalTimes {

  private final ZoneId zone;
  private final List<DateTimeFormatter> patterns;

  LocalTimes(ZoneId zone, List<DateTimeFormatter> patterns) {
    this.zone = zone;
    this.patterns = patterns;
  }

  /** A time, and what is strange about it. */
  record Reading(OffsetDateTime at, Optional<Oddity> oddity) {}

  /** Empty when no pattern fits the whole value. */
  Optional<Reading> read(String value) {
    String text = value.replace('\u00a0', ' ').replace('\u202f', ' ').strip();
    for (DateTimeFormatter pattern : patterns) {
      ParsePosition end = new ParsePosition(0);
      // Unlike parse, this tells a misfit without the cost of an exception.
      if (pattern.parseUnresolved(text, end) == null || end.getIndex() < text.length()) {
        continue;
      }
      try {
        return Optional.of(
            placed(
                pattern.parseBest(
                    text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from)));
      } catch (DateTimeException e) {
        // The shape fits but there is no such day or hour; another pattern may fit better.
        continue;
      }
    }
    return Optional.empty();
  }

  private Reading placed(TemporalAccessor time) {
    if (time instanceof OffsetDateTime told) {
      return new Reading(told.atZoneSameInstant(zone).toOffsetDateTime(), Optional.empty());
    }
    LocalDateTime local =
        time instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(time);
    ZoneRules rules = zone.getRules();
    int offsets = rules.getValidOffsets(local).size();
    // ofLocal takes the earlier of two offsets and moves forward by the gap.
    OffsetDateTime at = local.atZone(zone).toOffsetDateTime();
    return new Reading(
        at,
        switch (offsets) {
          case 0 -> Optional.of(Oddity.TIME_ABSENT);
          case 1 -> Optional.empty();
          default -> Optional.of(Oddity.TIME_TWICE);
        });
  }
}
