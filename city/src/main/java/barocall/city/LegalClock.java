package barocall.city;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Counts the periods of the petitions act (민원 처리에 관한 법률, here 민원처리법) and of its decree (시행령) in a
 * city's working time and holidays. There are three ways: working hours, working days with the
 * first counted, and the calendar. Pure; how the city reads what is left open stands in its {@link
 * Interpretation}.
 *
 * <p>The services ask for the due times of petitions to which nothing happened, and for nothing
 * else yet: nothing in production uses {@link #receiveBy}, {@link #handOverBy}, {@link #startedAt},
 * {@link #supplementBy}, {@link #progressNotices}, {@link #refusal}, exclusions or extensions. They
 * stand here, tested, for when the inbox lets a department record such acts.
 */
public final class LegalClock {
  /** Days within which papers asked for a second time arrive (시행령 제24조). */
  public static final int SUPPLEMENT_AGAIN_DAYS = 10;

  private static final int WEB_RECEIPT_HOURS = 8;
  private static final int PROGRESS_DAYS = 30;
  private static final int TEN_YEARS = 3660;

  private final City city;
  private final Interpretation reading;
  private final Timeline timeline;
  private final Trace trace;

  private LegalClock(City city, List<Exclusion> exclusions) {
    this.city = city;
    reading = city.interpretation();
    timeline = new Timeline(city, exclusions);
    trace = new Trace(city);
  }

  /**
   * By when a petition is answered.
   *
   * @param receivedAt when the agency received it; see {@link #startedAt} after transfers
   * @param exclusions time that does not count
   * @param extensions in the order in which they were decided
   * @throws IllegalArgumentException if the law does not allow the extensions, see {@link #refusal}
   */
  public static Due due(
      PetitionKind kind,
      Instant receivedAt,
      City city,
      List<Exclusion> exclusions,
      List<Extension> extensions) {
    refusal(kind, extensions, city)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why.en());
            });
    return new LegalClock(city, exclusions).count(kind, receivedAt, exclusions, extensions);
  }

  /** By when a petition is answered to which nothing happened. */
  public static Due due(PetitionKind kind, Instant receivedAt, City city) {
    return due(kind, receivedAt, city, List.of(), List.of());
  }

  /**
   * Why a petition's period may not be extended so; empty if it may. At most twice, each time by no
   * more than the original period, the second time with the petitioner's consent (시행령 제21조).
   */
  public static Optional<Text> refusal(PetitionKind kind, List<Extension> extensions, City city) {
    Period original = plain(kind.period(), city);
    boolean law = city.interpretation().koreanLaw();
    for (Extension extension : extensions) {
      Period more = plain(extension.length(), city);
      if (more.unit() != original.unit()) {
        return Optional.of(
            new Text("연장은 원래 기간과 같은 단위로 합니다.", "An extension is given in the unit of the period."));
      }
      if (law && more.amount() > original.amount()) {
        return Optional.of(
            new Text("연장은 원래 처리기간을 넘을 수 없습니다.", "An extension is at most as long as the period."));
      }
    }
    if (law && extensions.size() > 2) {
      return Optional.of(new Text("연장은 두 번까지입니다.", "A period is extended at most twice."));
    }
    if (law && extensions.size() == 2 && !extensions.get(1).withConsent()) {
      return Optional.of(
          new Text(
              "두 번째 연장에는 민원인의 동의가 필요합니다.", "A second extension needs the petitioner's consent."));
    }
    return Optional.empty();
  }

  private static Period plain(Period period, City city) {
    return period.unit() == Period.Unit.AT_ONCE
        ? new Period(city.interpretation().atOnceHours(), Period.Unit.HOURS)
        : period;
  }

  /** By when a petition filed on the web is received: 8 working hours (시행령 제6조제7항). */
  public static Due receiveBy(Instant filedAt, City city) {
    return hours(
        filedAt,
        WEB_RECEIPT_HOURS,
        city,
        "민원처리법 시행령 제6조제7항",
        new Text("인터넷 민원은 8근무시간 안에 접수합니다.", "Web petitions are received within 8 working hours."));
  }

  /** By when papers are handed on (시행령 제13조). */
  public static Due handOverBy(Instant at, Transfer.Distance distance, City city) {
    int hours = distance.workingHours();
    return hours(
        at,
        hours,
        city,
        "민원처리법 시행령 제13조",
        new Text(
            "%d근무시간 안에 넘깁니다.".formatted(hours),
            "Papers are handed on within %d working hours.".formatted(hours)));
  }

  private static Due hours(Instant from, int hours, City city, String clause, Text reason) {
    LegalClock clock = new LegalClock(city, List.of());
    Instant due = clock.runHours(from, Duration.ofHours(hours), clause);
    return new Due(due, due, clause, reason, clock.trace.until(due));
  }

  /**
   * When the clock of a petition started that was handed on: anew at another agency (시행령 제13조), and
   * inside the agency only if the city reads it so.
   *
   * @param transfers in order of time
   */
  public static Instant startedAt(Instant receivedAt, List<Transfer> transfers, City city) {
    Instant started = receivedAt;
    for (Transfer transfer : transfers) {
      if (transfer.distance() == Transfer.Distance.AGENCY
          || city.interpretation().transferRestarts()) {
        started = transfer.at();
      }
    }
    return started;
  }

  /**
   * By when the petitioner supplements papers: in days of the calendar, the first not counted; a
   * last day without work moves on (민원처리법 제22조, 시행령 제24조, 민법 제157조·제161조).
   *
   * @param extensions days added at the petitioner's request, at most twice
   * @throws IllegalArgumentException for a third extension
   */
  public static Due supplementBy(Instant askedAt, int days, List<Integer> extensions, City city) {
    if (extensions.size() > 2) {
      throw new IllegalArgumentException("A supplement period is extended at most twice.");
    }
    String clause = "민원처리법 제22조, 시행령 제24조";
    LegalClock clock = new LegalClock(city, List.of());
    LocalDate asked = city.localDate(askedAt);
    LocalDate last = asked.plusDays(days);
    for (int more : extensions) {
      last = last.plusDays(more);
    }
    clock.skip(
        askedAt,
        clock.timeline.startOf(asked.plusDays(1)),
        new Text("첫날은 세지 않음", "the first day is not counted"),
        "민법 제157조");
    clock.trace.add(
        clock.timeline.startOf(asked.plusDays(1)),
        clock.timeline.startOf(last.plusDays(1)),
        Stretch.Kind.COUNTED,
        new Text("달력 일수", "days of the calendar"),
        clause);
    last = clock.movedOn(last, "민법 제161조");
    return clock.onDay(
        last,
        clause,
        new Text(
            "보완은 %d일 안에 합니다. 첫날은 세지 않고, 마지막 날이 쉬는 날이면 다음 근무일까지입니다."
                .formatted(ChronoUnit.DAYS.between(asked, last)),
            "Papers are due by the calendar, the first day not counted; a last day without work"
                + " moves on."));
  }

  /**
   * On which days the petitioner is told how far things are: 30 days after the receipt and every 30
   * days after that (시행령 제23조).
   */
  public static List<LocalDate> progressNotices(Instant receivedAt, Instant until, City city) {
    List<LocalDate> days = new ArrayList<>();
    LocalDate last = city.localDate(until);
    for (LocalDate day = city.localDate(receivedAt).plusDays(PROGRESS_DAYS);
        !day.isAfter(last);
        day = day.plusDays(PROGRESS_DAYS)) {
      days.add(day);
    }
    return days;
  }

  /** The working time between two moments; zero if the second is not after the first. */
  public static Duration workingTimeBetween(Instant from, Instant to, City city) {
    Timeline timeline = new Timeline(city, List.of());
    Duration sum = Duration.ZERO;
    LocalDate last = city.localDate(to);
    for (LocalDate day = city.localDate(from); !day.isAfter(last); day = day.plusDays(1)) {
      for (Timeline.Piece piece : timeline.pieces(day)) {
        Instant start = later(piece.from(), from);
        Instant end = piece.to().isBefore(to) ? piece.to() : to;
        if (piece.running() && start.isBefore(end)) {
          sum = sum.plus(Duration.between(start, end));
        }
      }
    }
    return sum;
  }

  /** The moment that lies so much working time before another, e.g. to remind before a due time. */
  public static Instant workingTimeBefore(Instant due, Duration workingTime, City city) {
    Timeline timeline = new Timeline(city, List.of());
    Duration left = workingTime;
    LocalDate day = city.localDate(due);
    for (int days = 0; days < TEN_YEARS; days++, day = day.minusDays(1)) {
      List<Timeline.Piece> pieces = new ArrayList<>(timeline.pieces(day));
      Collections.reverse(pieces);
      for (Timeline.Piece piece : pieces) {
        Instant end = piece.to().isBefore(due) ? piece.to() : due;
        if (piece.running() && piece.from().isBefore(end)) {
          Duration length = Duration.between(piece.from(), end);
          if (length.compareTo(left) >= 0) {
            return end.minus(left);
          }
          left = left.minus(length);
        }
      }
    }
    throw neverEnds();
  }

  private Due count(
      PetitionKind kind,
      Instant receivedAt,
      List<Exclusion> exclusions,
      List<Extension> extensions) {
    Period period = kind.period();
    boolean inHours = isInHours(period);
    String counting = counting(period);
    String clause = reading.koreanLaw() ? kind.clause() + ", " + counting : kind.clause();
    String ofStretch = reading.koreanLaw() ? counting : kind.clause();
    Text reason = reason(period, exclusions, extensions);
    if (inHours) {
      Instant due = runHours(receivedAt, hoursOf(period), ofStretch);
      for (Extension extension : extensions) {
        due = extendedHours(due, extension, ofStretch);
      }
      return new Due(due, due, clause, reason, trace.until(due));
    }
    LocalDate last = runDays(firstDay(receivedAt, ofStretch), receivedAt, period, ofStretch);
    for (Extension extension : extensions) {
      last = extendedDays(last, extension, ofStretch);
    }
    return onDay(last, clause, reason);
  }

  private boolean isInHours(Period period) {
    return switch (period.unit()) {
      case AT_ONCE, HOURS -> true;
      case DAYS -> period.amount() <= reading.daysInHoursUpTo();
      case WEEKS, MONTHS, YEARS -> false;
    };
  }

  private String counting(Period period) {
    return switch (period.unit()) {
      case AT_ONCE -> "민원처리법 시행령 제19조";
      case HOURS -> "민원처리법 제19조제1항";
      case DAYS -> isInHours(period) ? "민원처리법 제19조제1항" : "민원처리법 제19조제2항";
      case WEEKS, MONTHS, YEARS -> "민원처리법 제19조제3항";
    };
  }

  private Duration hoursOf(Period period) {
    return Duration.ofHours(
        switch (period.unit()) {
          case AT_ONCE -> reading.atOnceHours();
          case DAYS -> (long) period.amount() * reading.hoursInDay();
          case HOURS, WEEKS, MONTHS, YEARS -> period.amount();
        });
  }

  private Text reason(Period period, List<Exclusion> exclusions, List<Extension> extensions) {
    String ko = period.words().ko();
    String en = period.words().en();
    if (isInHours(period) && period.unit() != Period.Unit.HOURS) {
      long hours = hoursOf(period).toHours();
      ko += "(%d근무시간)".formatted(hours);
      en += " (%d working hours)".formatted(hours);
    }
    String within = ko + " 안에 처리합니다.";
    Text how =
        switch (period.unit()) {
          case AT_ONCE -> new Text(ko + " 처리합니다.", "Due " + en + ".");
          case HOURS -> new Text(within, "Due within " + en + ".");
          case DAYS ->
              isInHours(period)
                  ? new Text(
                      within + " 토요일과 공휴일은 세지 않습니다.",
                      "Due within " + en + "; weekends and holidays do not count.")
                  : new Text(
                      within
                          + (reading.firstDayCounted() ? " 접수한 날을 첫날로 하고" : " 접수한 다음 날부터 세며")
                          + " 토요일과 공휴일은 세지 않습니다.",
                      "Due within "
                          + en
                          + ", the day of receipt "
                          + (reading.firstDayCounted() ? "being the first" : "not counted")
                          + "; weekends and holidays do not count.");
          case WEEKS, MONTHS, YEARS ->
              new Text(
                  within + " 마지막 날이 쉬는 날이면 다음 근무일까지입니다.",
                  "Due within " + en + " by the calendar; a last day without work moves on.");
        };
    Text less =
        exclusions.isEmpty()
            ? new Text("", "")
            : new Text(
                " 보완·이송·현장조사 기간은 뺐습니다.",
                " Time for supplements, transfers or on-site work is left out.");
    Text more =
        extensions.isEmpty()
            ? new Text("", "")
            : new Text(
                " 기간을 %d번 연장했습니다.".formatted(extensions.size()),
                " Extended %s.".formatted(extensions.size() == 1 ? "once" : "twice"));
    return new Text(how.ko() + less.ko() + more.ko(), how.en() + less.en() + more.en());
  }

  /** Runs the working hours off, and says when they are used up. */
  private Instant runHours(Instant from, Duration amount, String clause) {
    Duration left = amount;
    boolean usedUp = false;
    LocalDate day = city.localDate(from);
    for (int days = 0; days < TEN_YEARS; days++, day = day.plusDays(1)) {
      trace.passing(day);
      for (Timeline.Piece piece : timeline.pieces(day)) {
        Instant start = later(piece.from(), from);
        if (!start.isBefore(piece.to())) {
          continue;
        }
        if (!piece.running()) {
          trace.add(
              start, piece.to(), Stretch.Kind.SKIPPED, piece.why(), source(piece.source(), clause));
          continue;
        }
        if (usedUp) {
          return start;
        }
        Instant end = start.plus(left);
        boolean fits = !end.isAfter(piece.to());
        Instant stop = fits ? end : piece.to();
        trace.add(start, stop, Stretch.Kind.COUNTED, piece.why(), clause);
        left = left.minus(Duration.between(start, stop));
        if (fits) {
          usedUp = !reading.hoursMayEndAtClose() && stop.equals(timeline.closeOfWork(day));
          if (!usedUp) {
            return stop;
          }
        }
      }
    }
    throw neverEnds();
  }

  private Instant extendedHours(Instant due, Extension extension, String clause) {
    Instant from = due;
    if (reading.extensionStart() == Interpretation.ExtensionStart.DECISION) {
      from = extension.decidedAt();
      trace.cutAt(from);
    }
    return later(due, runHours(from, hoursOf(extension.length()), clause(extension, clause)));
  }

  private LocalDate extendedDays(LocalDate last, Extension extension, String clause) {
    LocalDate first = last.plusDays(1);
    if (reading.extensionStart() == Interpretation.ExtensionStart.DECISION) {
      first = city.localDate(extension.decidedAt());
      trace.cutAt(timeline.startOf(first));
    }
    LocalDate extended =
        runDays(first, timeline.startOf(first), extension.length(), clause(extension, clause));
    return extended.isAfter(last) ? extended : last;
  }

  private String clause(Extension extension, String clause) {
    return reading.koreanLaw()
        ? "민원처리법 시행령 제21조" + (extension.withConsent() ? "(민원인 동의)" : "")
        : clause;
  }

  /** The day that the receipt belongs to, from which days are counted. */
  private LocalDate firstDay(Instant receivedAt, String clause) {
    LocalDate received = city.localDate(receivedAt);
    boolean late =
        reading.lateReceipt() == Interpretation.LateReceipt.NEXT_WORKING_TIME
            && timeline.isWorkingDay(received)
            && !receivedAt.isBefore(timeline.closeOfWork(received));
    LocalDate first = late ? received.plusDays(1) : received;
    skip(
        receivedAt,
        late ? timeline.startOf(first) : receivedAt,
        new Text("근무시간이 지난 뒤 접수", "received after working time"),
        clause);
    while (reading.lateReceipt() == Interpretation.LateReceipt.NEXT_WORKING_TIME
        && !timeline.isWorkingDay(first)) {
      trace.passing(first);
      skipDay(first, receivedAt, timeline.dayOff(first), clause);
      first = first.plusDays(1);
    }
    if (reading.firstDayCounted()) {
      return first;
    }
    skipDay(first, receivedAt, new Text("접수한 날", "the day of receipt"), clause);
    return first.plusDays(1);
  }

  /** Runs days, weeks, months or years off, and says which day is the last. */
  private LocalDate runDays(LocalDate first, Instant from, Period period, String clause) {
    return period.unit() == Period.Unit.DAYS
        ? runWorkingDays(first, from, period.amount(), clause)
        : runCalendar(first, from, period, clause);
  }

  private LocalDate runWorkingDays(LocalDate first, Instant from, int amount, String clause) {
    int counted = 0;
    LocalDate day = first;
    for (int days = 0; days < TEN_YEARS + 2 * amount; days++, day = day.plusDays(1)) {
      trace.passing(day);
      Optional<Text> excluded = timeline.excluded(day);
      if (!timeline.isWorkingDay(day)) {
        skipDay(day, from, timeline.dayOff(day), clause);
      } else if (excluded.isPresent()) {
        skipDay(day, from, excluded.get(), source(Timeline.Source.EXCLUSION, clause));
      } else {
        countDay(day, from, new Text("근무일", "working day"), clause);
        counted++;
        if (counted == amount) {
          return day;
        }
      }
    }
    throw neverEnds();
  }

  private LocalDate runCalendar(LocalDate first, Instant from, Period period, String clause) {
    long amount = ChronoUnit.DAYS.between(first, endByCalendar(first, period)) + 1;
    LocalDate day = first;
    for (long counted = 0; ; day = day.plusDays(1)) {
      trace.passing(day);
      Optional<Text> excluded = timeline.excluded(day);
      if (excluded.isPresent()) {
        skipDay(day, from, excluded.get(), source(Timeline.Source.EXCLUSION, clause));
      } else {
        countDay(day, from, new Text("달력 일수", "days of the calendar"), clause);
        counted++;
        if (counted == amount) {
          return movedOn(day, reading.koreanLaw() ? "민법 제161조" : clause);
        }
      }
    }
  }

  /**
   * The day before the one that corresponds to the first; where the last month has no such day, its
   * last day (민법 제160조).
   */
  private static LocalDate endByCalendar(LocalDate first, Period period) {
    return switch (period.unit()) {
      case WEEKS -> first.plusWeeks(period.amount()).minusDays(1);
      case MONTHS -> beforeCorresponding(first, first.plusMonths(period.amount()));
      case YEARS -> beforeCorresponding(first, first.plusYears(period.amount()));
      case AT_ONCE, HOURS, DAYS ->
          throw new IllegalArgumentException("Not counted by the calendar: " + period);
    };
  }

  private static LocalDate beforeCorresponding(LocalDate first, LocalDate corresponding) {
    return corresponding.getDayOfMonth() == first.getDayOfMonth()
        ? corresponding.minusDays(1)
        : corresponding;
  }

  private LocalDate movedOn(LocalDate last, String clause) {
    LocalDate day = last;
    for (int days = 0; days < TEN_YEARS; days++, day = day.plusDays(1)) {
      trace.passing(day);
      if (timeline.isWorkingDay(day)) {
        return day;
      }
      LocalDate next = day.plusDays(1);
      skip(
          timeline.startOf(next),
          timeline.startOf(next.plusDays(1)),
          new Text(
              "마지막 날이 쉬는 날(" + timeline.dayOff(day).ko() + ")",
              "the last day is off (" + timeline.dayOff(day).en() + ")"),
          clause);
    }
    throw neverEnds();
  }

  private Due onDay(LocalDate last, String clause, Text reason) {
    Instant limit = timeline.closeOfWork(last);
    Instant due =
        reading.dayEnd() == Interpretation.DayEnd.END_OF_DAY ? timeline.lastSecondOf(last) : limit;
    return new Due(due, limit, clause, reason, trace.until(due));
  }

  private void countDay(LocalDate day, Instant from, Text why, String clause) {
    trace.add(
        later(timeline.startOf(day), from),
        timeline.startOf(day.plusDays(1)),
        Stretch.Kind.COUNTED,
        why,
        clause);
  }

  private void skipDay(LocalDate day, Instant from, Text why, String clause) {
    skip(later(timeline.startOf(day), from), timeline.startOf(day.plusDays(1)), why, clause);
  }

  private void skip(Instant from, Instant to, Text why, String clause) {
    trace.add(from, to, Stretch.Kind.SKIPPED, why, clause);
  }

  private String source(Timeline.Source source, String clause) {
    if (!reading.koreanLaw()) {
      return clause;
    }
    return switch (source) {
      case PERIOD -> clause;
      case WORKING_TIME -> "지방공무원 복무규정 제2조";
      case EXCLUSION -> "민원처리법 시행령 제20조";
    };
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static IllegalStateException neverEnds() {
    return new IllegalStateException("The city does not work within ten years.");
  }
}
