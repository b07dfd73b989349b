package barocall.traffic;

import barocall.city.City;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A made-up day as history: each call and letter with its end, in order of receipt. Pure. */
final class PastDay {

  /** How long a department has a complaint on average; 2.5 days or so is common for the quick. */
  private static final Duration WITH_DEPARTMENT = Duration.ofHours(60);

  private static final Duration LONGEST = Duration.ofDays(20);

  private final City city;
  private final LocalDate date;
  private final OffsetDateTime until;
  private final Random random;
  private final Map<String, Duration> rang = new HashMap<>();
  private final Map<String, Happening.Said> said = new HashMap<>();
  private final List<HistoryLine> lines = new ArrayList<>();

  private PastDay(City city, LocalDate date, OffsetDateTime until, Random random) {
    this.city = city;
    this.date = date;
    this.until = until;
    this.random = random;
  }

  /**
   * The inquiries of the day that were dealt with by {@code until}; what a department would still
   * have had then, it ends before.
   *
   * @param calls and {@code written}: how many there were
   */
  static List<HistoryLine> of(
      City city,
      DemoScript script,
      LocalDate date,
      int calls,
      int written,
      OffsetDateTime until,
      long seed) {
    if (calls == 0 && written == 0) {
      return List.of();
    }
    String name = DateTimeFormatter.BASIC_ISO_DATE.format(date);
    PastDay day =
        new PastDay(city, date, until, new Random(seed * 31 + (city.id() + name).hashCode()));
    DemoDay.of(city, script, calls, written, name, seed).forEach(day::happen);
    day.lines.sort(Comparator.comparing(HistoryLine::receivedAt));
    return day.lines;
  }

  private void happen(Happening happening) {
    if (happening instanceof Happening.Rings rings) {
      rang.put(rings.callId(), rings.at());
    } else if (happening instanceof Happening.Described described) {
      said.put(described.callId(), described.said());
    } else if (happening instanceof Happening.GivenUp givenUp) {
      add(call(givenUp.callId(), true, null, null, null), givenUp.at());
    } else if (happening instanceof Happening.Ended ended && ended.connectedTo().isPresent()) {
      add(call(ended.callId(), null, null, null, byAgent(ended.at(), "connected")), ended.at());
    } else if (happening instanceof Happening.Resolved done) {
      add(call(done.callId(), null, null, null, byAgent(done.at(), "answered")), done.at());
    } else if (happening instanceof Happening.Escalated passed) {
      Handled handled = handled(passed.at(), passed.said().department());
      add(
          call(
              passed.callId(),
              null,
              handled.escalation(),
              handled.acknowledgedAt(),
              handled.resolution()),
          passed.at());
    } else if (happening instanceof Happening.Written written) {
      write(written);
    }
  }

  private void write(Happening.Written written) {
    Duration read = written.at().plusSeconds(30 + random.nextInt(600));
    boolean answered = random.nextInt(10) < 3;
    Optional<Handled> handled =
        answered ? Optional.empty() : Optional.of(handled(read, written.said().department()));
    add(
        new HistoryLine(
            written.key(),
            written.channel(),
            time(written.at()),
            written.said().category(),
            written.said().subject(),
            null,
            null,
            null,
            handled.map(Handled::escalation).orElse(null),
            handled.map(Handled::acknowledgedAt).orElse(null),
            handled.map(Handled::resolution).orElseGet(() -> byAgent(read, "answered"))),
        read);
  }

  /** What a department made of it. */
  private record Handled(
      HistoryLine.Escalation escalation,
      OffsetDateTime acknowledgedAt,
      HistoryLine.Resolution resolution) {}

  private Handled handled(Duration at, String department) {
    OffsetDateTime escalated = time(at);
    OffsetDateTime acknowledged = escalated.plusMinutes(3 + random.nextInt(180));
    double hours = -Math.log(1 - random.nextDouble()) * WITH_DEPARTMENT.toHours();
    OffsetDateTime resolved =
        acknowledged.plusMinutes(20 + Math.round(60 * Math.min(hours, LONGEST.toHours())));
    OffsetDateTime taken = earlier(acknowledged);
    // What would have ended later ended sooner, and not all of it at one moment.
    OffsetDateTime ended =
        resolved.isAfter(until)
            ? taken.plusSeconds(
                Math.round(random.nextDouble() * Duration.between(taken, until).toSeconds()))
            : resolved;
    return new Handled(
        new HistoryLine.Escalation(escalated, department),
        taken,
        new HistoryLine.Resolution(ended, "done", "department", null));
  }

  private HistoryLine.Resolution byAgent(Duration at, String how) {
    return new HistoryLine.Resolution(time(at), how, "agent", null);
  }

  private HistoryLine call(
      String callId,
      @Nullable Boolean abandoned,
      HistoryLine.@Nullable Escalation escalation,
      @Nullable OffsetDateTime acknowledgedAt,
      HistoryLine.@Nullable Resolution resolution) {
    Happening.Said words = said.get(callId);
    return new HistoryLine(
        callId,
        "telephone",
        time(rang.getOrDefault(callId, Duration.ZERO)),
        words == null ? null : words.category(),
        words == null ? null : words.subject(),
        null,
        null,
        abandoned,
        escalation,
        acknowledgedAt,
        resolution);
  }

  /** What the centre had not dealt with by then belongs to the present. */
  private void add(HistoryLine line, Duration dealtWith) {
    if (!time(dealtWith).isAfter(until)) {
      lines.add(line);
    }
  }

  private OffsetDateTime earlier(OffsetDateTime time) {
    return time.isAfter(until) ? until : time;
  }

  private OffsetDateTime time(Duration sinceMidnight) {
    ZonedDateTime midnight = date.atStartOfDay(city.timeZone());
    return midnight.plus(sinceMidnight).toOffsetDateTime();
  }
}
