package barocall.city;

import static barocall.city.SomeCities.GYEONGJU;
import static barocall.city.SomeCities.kst;
import static barocall.city.SomeCities.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegalClockTest {
  private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

  @ParameterizedTest
  @CsvSource({
    // the worked examples of the specification
    "immediately, 2026-11-24T09:30, 2026-11-24T13:30, lunch",
    "immediately, 2026-11-27T16:40, 2026-11-30T10:40, weekend",
    "3 days, 2026-12-04T15:00, 2026-12-09T15:00, weekend",
    // the edges of a working day
    "immediately, 2026-11-24T03:00, 2026-11-24T12:00, before opening; ends exactly at lunch",
    "immediately, 2026-11-24T12:00, 2026-11-24T16:00, received in the break",
    "immediately, 2026-11-24T15:00, 2026-11-24T18:00, ends exactly at the close",
    "immediately, 2026-11-24T15:00:01, 2026-11-25T09:00:01, one second over",
    "immediately, 2026-11-24T18:00, 2026-11-25T12:00, received at the close",
    "immediately, 2026-11-24T17:59:59, 2026-11-25T11:59:59, received one second before",
    "immediately, 2026-11-24T23:59:59, 2026-11-25T12:00, received at night",
    "immediately, 2026-12-31T17:00, 2027-01-04T11:00, over New Year and a weekend",
    "immediately, 2026-02-13T17:00, 2026-02-19T11:00, over Seollal",
    "immediately, 2027-02-05T17:00, 2027-02-10T11:00, over Seollal with a substitute",
    "immediately, 2025-10-02T17:30, 2025-10-10T11:30, a week of holidays with a substitute",
    "immediately, 2026-04-30T17:00, 2026-05-04T11:00, Labour Day is a holiday from 2026",
    "immediately, 2025-04-30T17:00, 2025-05-01T11:00, and was none before",
    "immediately, 2026-07-16T17:00, 2026-07-20T11:00, Constitution Day is a holiday from 2026",
    "immediately, 2025-07-16T17:00, 2025-07-17T11:00, and was none before",
    "5 days, 2026-11-23T09:00, 2026-11-27T18:00, 5 days are 40 hours",
    "1 day, 2026-11-23T11:00, 2026-11-24T11:00, a day is 8 hours",
    "4 hours, 2026-11-23T10:00, 2026-11-23T15:00, hours as such",
  })
  void hoursRunInWorkingTime(
      String period, LocalDateTime received, LocalDateTime due, String what) {
    assertThat(local(due(period, received).dueAt(), GYEONGJU)).as(what).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({
    // the worked examples of the specification
    "7 days, 2026-09-23T10:00, 2026-10-06, Chuseok and a substitute for October 3",
    "14 days, 2027-02-06T23:10, 2027-03-02, Seollal with a substitute and March 1",
    // six days are the first that run in days
    "6 days, 2026-11-23T09:00, 2026-11-30, the first day is counted",
    "6 days, 2026-11-23T17:59:59, 2026-11-30, late on the first day",
    "6 days, 2026-11-23T18:00, 2026-12-01, received at the close",
    "6 days, 2026-11-21T12:00, 2026-11-30, received on a Saturday",
    "6 days, 2026-11-23T06:00, 2026-11-30, received before opening",
    "7 days, 2026-12-29T10:00, 2027-01-07, over the end of the year",
    "7 days, 2025-04-30T10:00, 2025-05-12, two holidays on one day and their substitute",
    "7 days, 2026-05-22T10:00, 2026-06-02, a substitute on Monday",
    "7 days, 2027-12-23T10:00, 2028-01-03, a substitute for Christmas; beyond the calendar",
  })
  void daysAreWorkingDaysTheFirstCounted(
      String period, LocalDateTime received, LocalDate due, String what) {
    Due result = due(period, received);

    assertThat(local(result.dueAt(), GYEONGJU)).as(what).isEqualTo(due.atTime(END_OF_DAY));
    assertThat(local(result.staffLimit(), GYEONGJU)).isEqualTo(due.atTime(18, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "1 week, 2026-11-23T10:00, 2026-11-30, the seventh day is a Sunday",
    "2 weeks, 2026-11-25T10:00, 2026-12-08, ends the day before the corresponding one",
    "1 month, 2026-11-02T10:00, 2026-12-01, day before the corresponding one",
    "1 month, 2026-12-01T10:00, 2026-12-31, from the beginning of a month to its end",
    "1 month, 2027-01-29T10:00, 2027-03-02, no February 29: its last day is a Sunday; March 1 is off",
    "2 months, 2026-12-30T10:00, 2027-03-02, no February 30 either",
    "1 month, 2026-03-31T10:00, 2026-04-30, no April 31",
    "3 months, 2026-11-24T10:00, 2027-02-23, a quarter",
    "1 year, 2026-11-24T10:00, 2027-11-23, a year",
    "1 year, 2025-03-01T10:00, 2026-03-03, received on a holiday: counted from March 4",
  })
  void weeksMonthsAndYearsEndByTheCalendar(
      String period, LocalDateTime received, LocalDate due, String what) {
    assertThat(local(due(period, received).dueAt(), GYEONGJU).toLocalDate())
        .as(what)
        .isEqualTo(due);
  }

  @Test
  void aSupplementStopsTheClockForWholeDays() {
    var supplement =
        new Exclusion(
            Exclusion.Reason.SUPPLEMENT, kst("2026-11-04T16:00"), kst("2026-11-10T09:10"));

    Due due = due("7 days", "2026-11-02T10:00", List.of(supplement), List.of());

    assertThat(local(due.dueAt(), GYEONGJU).toLocalDate()).isEqualTo("2026-11-17");
    assertThat(due.trace())
        .contains(
            new Stretch(
                kst("2026-11-04T00:00"),
                kst("2026-11-07T00:00"),
                Stretch.Kind.SKIPPED,
                new Text("보완 기간", "supplement of papers"),
                "민원처리법 시행령 제20조"));
  }

  @Test
  void aSupplementStopsHoursForWholeDaysToo() {
    var supplement =
        new Exclusion(
            Exclusion.Reason.SUPPLEMENT, kst("2026-11-24T17:00"), kst("2026-11-25T09:10"));

    assertThat(dueAt("3 days", "2026-11-23T15:00", List.of(supplement), List.of()))
        .isEqualTo("2026-11-30T15:00");
  }

  @Test
  void aDistantTransferStopsTheClockToTheMinute() {
    var transfer =
        new Exclusion(
            Exclusion.Reason.DISTANT_TRANSFER, kst("2026-11-24T10:00"), kst("2026-11-24T11:00"));

    assertThat(dueAt("immediately", "2026-11-24T09:30", List.of(transfer), List.of()))
        .isEqualTo("2026-11-24T14:30");
  }

  @Test
  void aDistantTransferTakesADayOnlyIfItTakesAllOfIt() {
    var partOfDays =
        new Exclusion(
            Exclusion.Reason.DISTANT_TRANSFER, kst("2026-11-24T10:00"), kst("2026-11-26T11:00"));

    assertThat(dueAt("6 days", "2026-11-23T10:00", List.of(partOfDays), List.of()))
        .isEqualTo("2026-12-01T23:59:59");
  }

  @Test
  void onSiteWorkIsExcludedForFourteenDaysOfTheCalendarAndSevenMore() {
    var onSite =
        new Exclusion(Exclusion.Reason.ON_SITE, kst("2026-11-24T09:00"), kst("2026-12-31T18:00"));
    var continued =
        new Exclusion(
            Exclusion.Reason.ON_SITE_CONTINUED, kst("2026-12-08T09:00"), kst("2026-12-31T18:00"));

    // 11-23 is the first day; the investigation takes 11-24 to 12-07.
    assertThat(dueAt("7 days", "2026-11-23T10:00", List.of(onSite), List.of()))
        .isEqualTo("2026-12-15T23:59:59");
    assertThat(dueAt("7 days", "2026-11-23T10:00", List.of(onSite, continued), List.of()))
        .isEqualTo("2026-12-22T23:59:59");
  }

  @Test
  void anExtensionRunsFromTheDueTimeInTheSameUnit() {
    assertThat(dueAt("7 days", "2026-09-23T10:00", List.of(), List.of(more("7 days", false))))
        .isEqualTo("2026-10-16T23:59:59");
    assertThat(dueAt("immediately", "2026-11-24T09:30", List.of(), List.of(more("2 hours", false))))
        .isEqualTo("2026-11-24T15:30");
    assertThat(dueAt("1 month", "2026-11-02T10:00", List.of(), List.of(more("1 month", false))))
        .isEqualTo("2027-01-04T23:59:59");
    assertThat(
            dueAt(
                "7 days",
                "2026-11-23T10:00",
                List.of(),
                List.of(more("7 days", false), more("1 day", true))))
        .isEqualTo("2026-12-11T23:59:59");
  }

  @Test
  void extensionsThatTheLawDoesNotKnowAreRefused() {
    PetitionKind week = kind("7 days");

    assertThat(LegalClock.refusal(week, List.of(more("8 days", false)), GYEONGJU)).isPresent();
    assertThat(LegalClock.refusal(week, List.of(more("7 hours", false)), GYEONGJU)).isPresent();
    assertThat(
            LegalClock.refusal(week, List.of(more("1 day", true), more("1 day", false)), GYEONGJU))
        .isPresent();
    assertThat(
            LegalClock.refusal(
                week,
                List.of(more("1 day", true), more("1 day", true), more("1 day", true)),
                GYEONGJU))
        .isPresent();
    assertThat(LegalClock.refusal(week, List.of(more("7 days", false)), GYEONGJU)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> due("7 days", "2026-11-23T10:00", List.of(), List.of(more("8 days", false))));
  }

  @Test
  void webPetitionsAreReceivedWithinEightWorkingHours() {
    Due due = LegalClock.receiveBy(kst("2027-02-06T23:10"), GYEONGJU);

    assertThat(local(due.dueAt(), GYEONGJU)).isEqualTo("2027-02-10T18:00");
    assertThat(due.clause()).isEqualTo("민원처리법 시행령 제6조제7항");
  }

  @ParameterizedTest
  @CsvSource({
    "DEPARTMENT, 2026-11-23T11:30, 2026-11-23T13:30",
    "DISTANT_DEPARTMENT, 2026-11-23T11:30, 2026-11-23T15:30",
    "OFFICE, 2026-11-23T16:00, 2026-11-24T10:00",
    "AGENCY, 2026-11-23T16:00, 2026-11-24T16:00",
  })
  void papersAreHandedOnInWorkingHours(
      Transfer.Distance distance, LocalDateTime at, LocalDateTime by) {
    assertThat(
            local(LegalClock.handOverBy(kst(at.toString()), distance, GYEONGJU).dueAt(), GYEONGJU))
        .isEqualTo(by);
  }

  @Test
  void onlyAnotherAgencyStartsTheClockAnew() {
    Instant received = kst("2026-11-23T10:00");
    Instant inside = kst("2026-11-24T10:00");
    Instant outside = kst("2026-11-25T10:00");
    var toOffice = new Transfer(Transfer.Distance.OFFICE, inside);
    var toAgency = new Transfer(Transfer.Distance.AGENCY, outside);

    assertThat(LegalClock.startedAt(received, List.of(toOffice), GYEONGJU)).isEqualTo(received);
    assertThat(LegalClock.startedAt(received, List.of(toOffice, toAgency), GYEONGJU))
        .isEqualTo(outside);
    City restarting =
        SomeCities.reading(
            GYEONGJU,
            new Interpretation(
                true,
                5,
                8,
                3,
                true,
                Interpretation.LateReceipt.NEXT_WORKING_TIME,
                Interpretation.DayEnd.END_OF_DAY,
                Interpretation.ExtensionStart.DUE_TIME,
                true,
                Interpretation.OnSiteDays.CALENDAR,
                true));
    assertThat(LegalClock.startedAt(received, List.of(toOffice), restarting)).isEqualTo(inside);
  }

  @Test
  void supplementsAreDueByTheCalendarTheFirstDayNotCounted() {
    assertThat(supplement("2026-11-02T10:00", 7, List.of())).isEqualTo("2026-11-09T23:59:59");
    assertThat(supplement("2026-11-07T10:00", 7, List.of())).isEqualTo("2026-11-16T23:59:59");
    assertThat(supplement("2026-09-17T10:00", 7, List.of())).isEqualTo("2026-09-28T23:59:59");
    assertThat(supplement("2026-11-02T10:00", 7, List.of(7, 3))).isEqualTo("2026-11-19T23:59:59");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> supplement("2026-11-02T10:00", 7, List.of(1, 1, 1)));
  }

  @Test
  void progressIsToldEveryThirtyDays() {
    assertThat(
            LegalClock.progressNotices(kst("2026-11-01T10:00"), kst("2027-01-15T18:00"), GYEONGJU))
        .containsExactly(LocalDate.parse("2026-12-01"), LocalDate.parse("2026-12-31"));
    assertThat(
            LegalClock.progressNotices(kst("2026-11-01T10:00"), kst("2026-11-30T18:00"), GYEONGJU))
        .isEmpty();
  }

  @Test
  void workingTimeIsMeasuredAndGoneBack() {
    assertThat(
            LegalClock.workingTimeBetween(
                kst("2026-11-27T16:40"), kst("2026-11-30T10:40"), GYEONGJU))
        .isEqualTo(Duration.ofHours(3));
    assertThat(
            LegalClock.workingTimeBetween(
                kst("2026-11-28T10:00"), kst("2026-11-29T10:00"), GYEONGJU))
        .isZero();
    assertThat(
            LegalClock.workingTimeBetween(
                kst("2026-11-30T10:00"), kst("2026-11-29T10:00"), GYEONGJU))
        .isZero();
    assertThat(LegalClock.workingTimeBefore(kst("2026-11-30T10:40"), Duration.ofHours(3), GYEONGJU))
        .isEqualTo(kst("2026-11-27T16:40"));
  }

  @Test
  void theTraceNamesEachStretchWithItsClause() {
    assertThat(due("immediately", LocalDateTime.parse("2026-11-27T16:40")).trace())
        .containsExactly(
            counted("2026-11-27T16:40", "2026-11-27T18:00"),
            skipped("2026-11-27T18:00", "2026-11-28T00:00", "근무시간 외", "outside working time"),
            weekend("2026-11-28T00:00", "2026-11-29T00:00", "토요일", "Saturday"),
            weekend("2026-11-29T00:00", "2026-11-30T00:00", "일요일", "Sunday"),
            skipped("2026-11-30T00:00", "2026-11-30T09:00", "근무시간 외", "outside working time"),
            counted("2026-11-30T09:00", "2026-11-30T10:40"));
  }

  @Test
  void theTraceHasNoGapFromReceiptToTheEnd() {
    for (String period : List.of("immediately", "3 days", "7 days", "14 days", "1 month")) {
      for (String received :
          List.of("2027-02-05T20:00", "2026-09-23T10:00", "2026-12-31T17:59", "2026-11-28T12:00")) {
        List<Stretch> trace = due(period, LocalDateTime.parse(received)).trace();

        assertThat(trace.get(0).from()).isEqualTo(kst(received));
        for (int next = 1; next < trace.size(); next++) {
          assertThat(trace.get(next).from()).isEqualTo(trace.get(next - 1).to());
        }
      }
    }
  }

  @Test
  void theClauseNamesThePeriodAndTheCounting() {
    LocalDateTime received = LocalDateTime.parse("2026-11-23T10:00");

    assertThat(due("7 days", received).clause()).isEqualTo("시험 제1조, 민원처리법 제19조제2항");
    assertThat(due("5 days", received).clause()).isEqualTo("시험 제1조, 민원처리법 제19조제1항");
    assertThat(due("1 month", received).clause()).isEqualTo("시험 제1조, 민원처리법 제19조제3항");
    assertThat(due("immediately", received).clause()).isEqualTo("시험 제1조, 민원처리법 시행령 제19조");
    assertThat(due("7 days", received).reason().ko())
        .isEqualTo("7일 안에 처리합니다. 접수한 날을 첫날로 하고 토요일과 공휴일은 세지 않습니다.");
    assertThat(due("immediately", received).reason().en())
        .isEqualTo("Due at once (3 working hours).");
  }

  @Test
  void pastTheCalendarOnlyWeekendsAreSkippedAndTheTraceSaysSo() {
    Due due = due("7 days", LocalDateTime.parse("2028-01-31T10:00"));

    assertThat(local(due.dueAt(), GYEONGJU)).isEqualTo("2028-02-08T23:59:59");
    assertThat(due.passesCalendar()).isTrue();
    assertThat(due("7 days", LocalDateTime.parse("2026-11-23T10:00")).passesCalendar()).isFalse();
  }

  @Test
  void eachReadingOfTheLawCanBeChanged() {
    City other =
        SomeCities.reading(
            GYEONGJU,
            new Interpretation(
                true,
                5,
                8,
                3,
                true,
                Interpretation.LateReceipt.SAME_DAY,
                Interpretation.DayEnd.CLOSE_OF_WORK,
                Interpretation.ExtensionStart.DECISION,
                false,
                Interpretation.OnSiteDays.WORKING,
                false));

    assertThat(dueAt(other, "immediately", "2026-11-24T15:00", List.of(), List.of()))
        .isEqualTo("2026-11-25T09:00");
    assertThat(dueAt(other, "7 days", "2026-11-23T20:00", List.of(), List.of()))
        .isEqualTo("2026-12-01T18:00");
    assertThat(
            dueAt(
                other,
                "7 days",
                "2026-11-23T10:00",
                List.of(),
                List.of(new Extension(kst("2026-11-30T10:00"), period("7 days"), false))))
        .isEqualTo("2026-12-08T18:00");
    assertThat(
            dueAt(
                other,
                "7 days",
                "2026-11-23T10:00",
                List.of(
                    new Exclusion(
                        Exclusion.Reason.ON_SITE,
                        kst("2026-11-24T09:00"),
                        kst("2026-12-31T18:00"))),
                List.of()))
        .isEqualTo("2026-12-21T18:00");
    City withoutLunch =
        SomeCities.working(
            GYEONGJU,
            new WorkingTime(
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                List.of(new TimeRange(LocalTime.of(9, 0), LocalTime.of(18, 0)))));
    assertThat(dueAt(withoutLunch, "immediately", "2026-11-24T09:30", List.of(), List.of()))
        .isEqualTo("2026-11-24T12:30");
  }

  @Test
  void aChangeOfClocksIsNoWorkingTime() {
    City roundTheClock =
        SomeCities.working(
            SomeCities.in(ZoneId.of("America/New_York"), GYEONGJU),
            new WorkingTime(
                EnumSet.allOf(DayOfWeek.class),
                List.of(new TimeRange(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT))));
    Instant beforeSpring = SomeCities.at("2026-03-08T01:00", roundTheClock);
    Instant beforeAutumn = SomeCities.at("2026-11-01T00:30", roundTheClock);

    assertThat(LegalClock.due(kind("immediately"), beforeSpring, roundTheClock).dueAt())
        .isEqualTo(beforeSpring.plus(Duration.ofHours(3)));
    assertThat(
            local(
                LegalClock.due(kind("immediately"), beforeSpring, roundTheClock).dueAt(),
                roundTheClock))
        .isEqualTo("2026-03-08T05:00");
    assertThat(
            local(
                LegalClock.due(kind("immediately"), beforeAutumn, roundTheClock).dueAt(),
                roundTheClock))
        .isEqualTo("2026-11-01T02:30");
  }

  private static LocalDateTime supplement(String asked, int days, List<Integer> extensions) {
    return local(LegalClock.supplementBy(kst(asked), days, extensions, GYEONGJU).dueAt(), GYEONGJU);
  }

  private static Stretch counted(String from, String to) {
    return new Stretch(
        kst(from),
        kst(to),
        Stretch.Kind.COUNTED,
        new Text("근무시간", "working time"),
        "민원처리법 시행령 제19조");
  }

  private static Stretch skipped(String from, String to, String ko, String en) {
    return new Stretch(
        kst(from), kst(to), Stretch.Kind.SKIPPED, new Text(ko, en), "지방공무원 복무규정 제2조");
  }

  private static Stretch weekend(String from, String to, String ko, String en) {
    return new Stretch(
        kst(from), kst(to), Stretch.Kind.SKIPPED, new Text(ko, en), "민원처리법 시행령 제19조");
  }

  private static Extension more(String length, boolean withConsent) {
    return new Extension(kst("2026-11-24T10:00"), period(length), withConsent);
  }

  private static Period period(String written) {
    return Period.parse(written).orElseThrow();
  }

  private static PetitionKind kind(String period) {
    return new PetitionKind("kind", new Text("시험", "test"), period(period), "시험 제1조");
  }

  private static Due due(String period, LocalDateTime received) {
    return due(period, received.toString(), List.of(), List.of());
  }

  private static Due due(
      String period, String received, List<Exclusion> exclusions, List<Extension> extensions) {
    return LegalClock.due(kind(period), kst(received), GYEONGJU, exclusions, extensions);
  }

  private static LocalDateTime dueAt(
      String period, String received, List<Exclusion> exclusions, List<Extension> extensions) {
    return dueAt(GYEONGJU, period, received, exclusions, extensions);
  }

  private static LocalDateTime dueAt(
      City city,
      String period,
      String received,
      List<Exclusion> exclusions,
      List<Extension> extensions) {
    return local(
        LegalClock.due(kind(period), kst(received), city, exclusions, extensions).dueAt(), city);
  }
}
