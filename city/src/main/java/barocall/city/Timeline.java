package barocall.city;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A city's days, cut into the stretches in which the clock runs and those in which it stands. */
final class Timeline {
  private static final int ON_SITE_DAYS = 14;
  private static final int ON_SITE_CONTINUED_DAYS = 7;
  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);
  private static final Text WORKING = new Text("근무시간", "working time");
  private static final Text BREAK = new Text("점심시간", "break");
  private static final Text CLOSED = new Text("근무시간 외", "outside working time");

  private final City city;
  private final Map<LocalDate, Text> excludedDays = new HashMap<>();
  private final List<Exclusion> excludedTimes = new ArrayList<>();

  /** A part of a day; {@code running} if it is working time that nothing excludes. */
  record Piece(Instant from, Instant to, boolean running, Text why, Source source) {}

  /** Which rule a piece follows. */
  enum Source {
    PERIOD,
    WORKING_TIME,
    EXCLUSION
  }

  Timeline(City city, List<Exclusion> exclusions) {
    this.city = city;
    int onSite = 0;
    int continued = 0;
    for (Exclusion exclusion : exclusions) {
      switch (exclusion.reason()) {
        case SUPPLEMENT ->
            excludeDays(exclusion, Integer.MAX_VALUE, new Text("보완 기간", "supplement of papers"));
        case DISTANT_TRANSFER -> excludedTimes.add(exclusion);
        case ON_SITE ->
            onSite +=
                excludeDays(exclusion, ON_SITE_DAYS - onSite, new Text("현장조사", "on-site work"));
        case ON_SITE_CONTINUED ->
            continued +=
                excludeDays(
                    exclusion,
                    ON_SITE_CONTINUED_DAYS - continued,
                    new Text("현장조사 연장", "continued on-site work"));
      }
    }
  }

  /** Excludes the days of an exclusion as far as allowed, and says how many of those it took. */
  private int excludeDays(Exclusion exclusion, int allowed, Text why) {
    boolean calendar =
        exclusion.reason() == Exclusion.Reason.SUPPLEMENT
            || city.interpretation().onSiteDays() == Interpretation.OnSiteDays.CALENDAR;
    int taken = 0;
    LocalDate last = city.localDate(exclusion.to());
    for (LocalDate day = city.localDate(exclusion.from());
        !day.isAfter(last) && taken < allowed;
        day = day.plusDays(1)) {
      excludedDays.putIfAbsent(day, why);
      if (calendar || isWorkingDay(day)) {
        taken++;
      }
    }
    return taken;
  }

  boolean isWorkingDay(LocalDate day) {
    return city.workingTime().isWorkingDay(day, city.holidays());
  }

  /** Why the whole day does not count; empty if it does. */
  Optional<Text> excluded(LocalDate day) {
    Text why = excludedDays.get(day);
    if (why != null) {
      return Optional.of(why);
    }
    boolean allInTransit =
        isWorkingDay(day)
            && excludedTimes.stream()
                .anyMatch(
                    it ->
                        !it.from().isAfter(at(day, city.workingTime().ranges().get(0).from()))
                            && !it.to().isBefore(closeOfWork(day)));
    return allInTransit ? Optional.of(inTransit()) : Optional.empty();
  }

  private static Text inTransit() {
    return new Text("원거리 이송", "transfer to a distant office");
  }

  /** Why nobody works on that day. */
  Text dayOff(LocalDate day) {
    return city.holidays()
        .nameOf(day)
        .orElseGet(
            () ->
                new Text(
                    day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.KOREAN),
                    day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
  }

  Instant startOf(LocalDate day) {
    return day.atStartOfDay(city.timeZone()).toInstant();
  }

  Instant lastSecondOf(LocalDate day) {
    return at(day, LAST_SECOND);
  }

  /** The end of working time, as far as a day has one. */
  Instant closeOfWork(LocalDate day) {
    TimeRange last = city.workingTime().last();
    return last.endsWithDay() ? lastSecondOf(day) : at(day, last.to());
  }

  private Instant at(LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(city.timeZone()).toInstant();
  }

  /** The whole day from midnight to midnight in pieces, in order. */
  List<Piece> pieces(LocalDate day) {
    Instant start = startOf(day);
    Instant end = startOf(day.plusDays(1));
    Text whole = excludedDays.get(day);
    if (!isWorkingDay(day)) {
      return List.of(new Piece(start, end, false, dayOff(day), Source.PERIOD));
    }
    if (whole != null) {
      return List.of(new Piece(start, end, false, whole, Source.EXCLUSION));
    }
    List<Piece> pieces = new ArrayList<>();
    Instant done = start;
    for (TimeRange range : city.workingTime().ranges()) {
      Instant from = at(day, range.from());
      Instant to = range.endsWithDay() ? end : at(day, range.to());
      if (done.isBefore(from)) {
        pieces.add(
            new Piece(done, from, false, pieces.isEmpty() ? CLOSED : BREAK, Source.WORKING_TIME));
      }
      pieces.addAll(withoutTransit(from, to));
      done = to;
    }
    if (done.isBefore(end)) {
      pieces.add(new Piece(done, end, false, CLOSED, Source.WORKING_TIME));
    }
    return pieces;
  }

  private List<Piece> withoutTransit(Instant from, Instant to) {
    List<Piece> pieces = new ArrayList<>();
    Instant done = from;
    while (done.isBefore(to)) {
      Instant here = done;
      Optional<Exclusion> now =
          excludedTimes.stream()
              .filter(it -> !it.from().isAfter(here) && it.to().isAfter(here))
              .findFirst();
      Instant until =
          now.map(Exclusion::to)
              .orElseGet(
                  () ->
                      excludedTimes.stream()
                          .map(Exclusion::from)
                          .filter(it -> it.isAfter(here))
                          .min(Instant::compareTo)
                          .orElse(to));
      Instant next = until.isBefore(to) ? until : to;
      pieces.add(
          now.isPresent()
              ? new Piece(done, next, false, inTransit(), Source.EXCLUSION)
              : new Piece(done, next, true, WORKING, Source.PERIOD));
      done = next;
    }
    return pieces;
  }
}
