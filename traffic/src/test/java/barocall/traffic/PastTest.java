package barocall.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import barocall.city.Cities;
import barocall.city.City;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastTest {

  private static final Cities CITIES = Cities.load(RepositoryFiles.root().resolve("cities"));
  private static final City CHEONAN = CITIES.city("cheonan").orElseThrow();
  private static final City GYEONGJU = CITIES.city("gyeongju").orElseThrow();
  private static final DemoScript SCRIPT = DemoScript.load();
  private static final LocalDate OPENING = LocalDate.parse("2009-08-03");

  @Test
  void fourteenYearsOfCheonanAre531MillionCalls() {
    PastCalls calls = new PastCalls(CHEONAN, SCRIPT, 1);

    assertThat(OPENING.datesUntil(LocalDate.parse("2023-08-03")).mapToLong(calls::on).sum())
        .isEqualTo(5_310_000);
    assertThat(OPENING.datesUntil(OPENING.plusYears(1)).mapToLong(calls::on).sum())
        .isEqualTo(125_643);
    assertThat(
            days("2022-08-03", "2023-08-03").stream().mapToInt(calls::on).average().orElseThrow())
        .isCloseTo(1306, within(1.0));
  }

  @ParameterizedTest
  @CsvSource({"2016, 289115", "2017, 325696", "2018, 348621", "2019, 354696"})
  void calendarYearsComeNearWhatWasPublished(int year, int published) {
    PastCalls calls = new PastCalls(CHEONAN, SCRIPT, 1);
    long made = days(year + "-01-01", (year + 1) + "-01-01").stream().mapToInt(calls::on).sum();

    assertThat((double) made / published).isCloseTo(1, within(0.08));
  }

  @Test
  void aClosedCentreHasNoCallsAndAHolidayIsQuiet() {
    PastCalls gyeongju = new PastCalls(GYEONGJU, SCRIPT, 1);
    PastCalls cheonan = new PastCalls(CHEONAN, SCRIPT, 1);
    LocalDate seollal = LocalDate.parse("2026-02-17");

    assertThat(gyeongju.on(seollal)).isZero();
    assertThat(gyeongju.on(LocalDate.parse("2026-11-22"))).isZero();
    assertThat(gyeongju.on(LocalDate.parse("2026-11-24"))).isBetween(400, 620);
    assertThat(cheonan.on(seollal)).isBetween(50, 130);
  }

  @Test
  void aDayHasItsCallsInOrderEachEndedOnce() {
    LocalDate monday = LocalDate.parse("2023-07-31");
    List<HistoryLine> day = all(Past.of(CHEONAN, SCRIPT, monday, monday.plusDays(1), false, 1));

    assertThat(day).hasSize(new PastCalls(CHEONAN, SCRIPT, 1).on(monday));
    assertThat(day).isSortedAccordingTo((a, b) -> a.receivedAt().compareTo(b.receivedAt()));
    assertThat(day).extracting(HistoryLine::id).doesNotHaveDuplicates();
    assertThat(day).extracting(HistoryLine::channel).containsOnly("telephone");
    assertThat(day)
        .allSatisfy(
            call ->
                assertThat(Boolean.TRUE.equals(call.abandoned()))
                    .isEqualTo(call.resolution() == null));
    assertThat(day.stream().filter(call -> call.abandoned() == null).count() / (double) day.size())
        .isCloseTo(0.91, within(0.03));
    assertThat(day.stream().filter(call -> call.escalation() != null))
        .isNotEmpty()
        .allSatisfy(
            call -> {
              assertThat(call.acknowledgedAt()).isAfter(call.escalation().at());
              assertThat(call.resolution().at()).isAfter(call.acknowledgedAt());
              assertThat(call.resolution().by()).isEqualTo("department");
            });
  }

  @Test
  void whatIsShownFirstIsToldFirst() {
    assertThat(DemoCommand.soonestShown(16))
        .containsExactly(0, 7, 14, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 15);
  }

  @Test
  void theSameSeedWritesTheSamePast() {
    assertThat(all(week(1))).isEqualTo(all(week(1))).isNotEqualTo(all(week(2)));
  }

  @Test
  void whatIsBeforeNowHasHappened() {
    // A Friday at 15:00 in Gyeongju.
    OffsetDateTime until = OffsetDateTime.parse("2026-11-27T06:00:00Z");
    List<HistoryLine> today = all(Past.before(GYEONGJU, SCRIPT, until, 0, 1));
    List<HistoryLine> before = all(Past.before(GYEONGJU, SCRIPT, until, 7, 1));

    assertThat(today).hasSizeBetween(before.size() / 2, before.size() - 50);
    assertThat(today)
        .allSatisfy(
            line -> {
              assertThat(line.receivedAt()).isBefore(until);
              assertThat(line.resolution() == null || !line.resolution().at().isAfter(until))
                  .isTrue();
            });
    assertThat(before.get(0).receivedAt().getDayOfWeek()).isEqualTo(DayOfWeek.FRIDAY);
    Set<String> channels = new HashSet<>();
    before.forEach(line -> channels.add(line.channel()));
    assertThat(channels).contains("telephone", "web", "mobile");
  }

  @Test
  void aPastThatWasCutOffIsToldAgainToTheSameMomentAndThenNeverMore(@TempDir Path folder) {
    DemoPast past = new DemoPast(folder);
    Instant first = Instant.parse("2026-11-27T06:00:00Z");

    Optional<OffsetDateTime> until = past.until(first);
    assertThat(until.map(OffsetDateTime::toInstant)).contains(first);
    assertThat(past.until(first.plusSeconds(3600))).isEqualTo(until);

    past.told(until.orElseThrow());
    assertThat(past.until(first.plusSeconds(7200))).isEmpty();
  }

  private static Past week(long seed) {
    return Past.of(GYEONGJU, SCRIPT, OPENING, OPENING.plusDays(7), true, seed);
  }

  private static List<LocalDate> days(String from, String to) {
    return LocalDate.parse(from).datesUntil(LocalDate.parse(to)).toList();
  }

  private static List<HistoryLine> all(Past past) {
    List<HistoryLine> lines = new ArrayList<>();
    for (Optional<HistoryLine> line = past.inquiry(); line.isPresent(); line = past.inquiry()) {
      lines.add(line.get());
    }
    return lines;
  }
}
