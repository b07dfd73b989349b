package barocall.analytics.figures;

import barocall.kit.web.ProblemException;
import barocall.kit.web.ProblemException.FieldError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What rows somebody asks for.
 *
 * @param from in
 * @param to out
 * @param by null for the whole
 */
record MetricsQuestion(Instant from, Instant to, Step step, @Nullable By by) {
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  /**
   * At most so many minutes or hours in one answer; more is asked for in parts. Days and months are
   * few however long the time is: those without anything are left out.
   */
  private static final long MOST_BUCKETS = 100_000;

  /**
   * Reads the query.
   *
   * @throws ProblemException naming each field that is wrong
   */
  static MetricsQuestion of(
      @Nullable String from,
      @Nullable String to,
      @Nullable String step,
      @Nullable String by,
      ZoneId zone) {
    List<FieldError> errors = new ArrayList<>();
    Step stepped = step == null ? Step.DAY : find(Step.values(), step, "step", errors);
    By broken = by == null || by.isEmpty() ? null : find(By.values(), by, "by", errors);
    Instant begin = moment(from, "from", stepped, zone, errors);
    Instant end = moment(to, "to", stepped, zone, errors);
    if (begin != null && end != null && stepped != null) {
      if (!begin.isBefore(end)) {
        errors.add(new FieldError("to", "figures.field.after-from"));
      } else if (buckets(begin, end, stepped) > MOST_BUCKETS) {
        errors.add(new FieldError("to", "figures.field.too-many|" + MOST_BUCKETS));
      }
    }
    if (!errors.isEmpty() || begin == null || end == null || stepped == null) {
      throw ProblemException.badFields(errors);
    }
    return new MetricsQuestion(begin, end, stepped, broken);
  }

  private static long buckets(Instant begin, Instant end, Step step) {
    Duration whole = Duration.between(begin, end);
    return switch (step) {
      case MINUTE -> whole.toMinutes();
      case HOUR -> whole.toHours();
      case DAY, MONTH -> 0;
    };
  }

  private static <E extends Enum<E>> @Nullable E find(
      E[] values, String text, String field, List<FieldError> errors) {
    for (E value : values) {
      if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
        return value;
      }
    }
    String all =
        Arrays.stream(values)
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    errors.add(new FieldError(field, "kit.field.one-of|" + all));
    return null;
  }

  /**
   * A date, or for minutes and hours a local date-time; with an offset it is taken as it stands.
   */
  private static @Nullable Instant moment(
      @Nullable String text,
      String field,
      @Nullable Step step,
      ZoneId zone,
      List<FieldError> errors) {
    if (text == null || text.isBlank()) {
      errors.add(new FieldError(field, "figures.field.missing"));
      return null;
    }
    try {
      Instant moment =
          text.length() <= 10
              ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
              : text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$") && text.indexOf('T') > 0
                  ? OffsetDateTime.parse(text).toInstant()
                  : LocalDateTime.parse(text).atZone(zone).toInstant();
      if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
        errors.add(new FieldError(field, "figures.field.years"));
        return null;
      }
      if (step != null && !fits(moment, step, zone)) {
        errors.add(new FieldError(field, "figures.field.not-of-" + step.word()));
        return null;
      }
      return moment;
    } catch (DateTimeException e) {
      errors.add(new FieldError(field, "figures.field.moment"));
      return null;
    }
  }

  private static boolean fits(Instant moment, Step step, ZoneId zone) {
    var local = moment.atZone(zone);
    return switch (step) {
      case MINUTE -> local.truncatedTo(ChronoUnit.MINUTES).equals(local);
      case HOUR -> local.truncatedTo(ChronoUnit.HOURS).equals(local);
      case DAY, MONTH -> local.toLocalDate().atStartOfDay(zone).equals(local);
    };
  }
}
