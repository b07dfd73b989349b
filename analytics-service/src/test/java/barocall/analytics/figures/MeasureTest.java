package barocall.analytics.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import barocall.analytics.facts.Booking.Breakdown;
import barocall.analytics.facts.Count;
import barocall.analytics.facts.DurationClass;
import barocall.analytics.figures.Measure.Measured;
import barocall.city.Targets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;

class MeasureTest {
  /** Gyeongju's published year 2019, with invented details where it publishes none. */
  private static final Counts YEAR =
      counts(
          Map.ofEntries(
              Map.entry(Count.RECEIVED, 89_986L),
              Map.entry(Count.OFFERED, 88_986L),
              Map.entry(Count.ANSWERED, 88_339L),
              Map.entry(Count.ABANDONED, 700L),
              Map.entry(Count.ABANDONED_IN_QUEUE, 600L),
              Map.entry(Count.SHORT_ABANDONED, 86L),
              Map.entry(Count.CALLBACKS, 47L),
              Map.entry(Count.ANSWERED_TIMED, 88_339L),
              Map.entry(Count.ANSWERED_SOON, 80_010L),
              Map.entry(Count.LEFT_SOON, 80_210L),
              Map.entry(Count.WAIT_SECONDS, 1_060_068L),
              Map.entry(Count.HANDLED, 100L),
              Map.entry(Count.HANDLE_SECONDS, 18_049L),
              Map.entry(Count.SOLVED_UNANSWERED, 1_000L),
              Map.entry(Count.REPEATED_UNANSWERED, 200L),
              Map.entry(Count.ANSWERED_BY_RULE, 31L),
              Map.entry(Count.CONNECTED, 33_000L),
              Map.entry(Count.ESCALATED, 4_000L),
              Map.entry(Count.TRANSFERRED, 500L),
              Map.entry(Count.TRANSFERRED_OFTEN, 20L),
              Map.entry(Count.ON_TIME, 3_000L),
              Map.entry(Count.LATE, 900L),
              Map.entry(Count.RESOLVED, 60_000L),
              Map.entry(Count.REOPENED, 320L),
              Map.entry(Count.REOPENED_SOON, 300L),
              Map.entry(Count.BUSY_SECONDS, 18_000L),
              Map.entry(Count.IDLE_SECONDS, 6_000L),
              Map.entry(Count.RATED, 1_200L),
              Map.entry(Count.SATISFIED, 900L),
              Map.entry(Count.OUT_OF_HOURS, 7L)),
          Map.of(
              Count.RECEIVED, 88_986L,
              Count.SOLVED_BY_AGENT, 52_237L,
              Count.REPEATED_SOON, 2_851L,
              Count.OUT_OF_HOURS, 5L),
          100);

  @ParameterizedTest
  @CsvSource({
    "RECEIVED, 89986, 89986",
    "RESPONSE_RATE, 99.3, 88986",
    "ABANDONED, 600, 600",
    "SHORT_ABANDONED, 86, 86",
    "ABANDON_RATE, 0.6, 88900",
    "SERVICE_LEVEL_ANSWERED, 90.0, 88900",
    "SERVICE_LEVEL_QUEUE, 90.1, 88986",
    "AVERAGE_SPEED_OF_ANSWER, 12, 88339",
    "AVERAGE_HANDLING_TIME, 180, 100",
    "OCCUPANCY, 75.0, 24000",
    "FIRST_CONTACT_RATE, 58.0, 88339",
    "FIRST_CONTACT_RATE_7_DAYS, 55.0, 88339",
    "ANSWERED_BY_RULE, 31, 31",
    "CONNECTED_RATE, 37.4, 88339",
    "ESCALATED_RATE, 4.5, 89339",
    "ON_TIME_RATE, 75.0, 4000",
    "TRANSFERS, 0.13, 4000",
    "TRANSFERRED_OFTEN_RATE, 0.5, 4000",
    "REOPEN_RATE, 0.5, 60000",
    "SATISFACTION, 75.0, 1200",
    "SATISFACTION_ANSWER_RATE, 2.0, 60000",
    "CALLBACKS, 47, 47",
    "LATE, 900, 900",
    "OUT_OF_HOURS, 7, 7",
    "OUT_OF_HOURS_CALLS, 5, 5"
  })
  void aYearInFigures(Measure measure, double value, long n) {
    assertThat(measure.of(YEAR)).isEqualTo(new Measured(value, n));
  }

  @Test
  void mediansAndPercentilesAreTrueToAFewPerCent() {
    NavigableMap<Integer, Long> classes = new TreeMap<>();
    for (int hours = 1; hours <= 100; hours++) {
      classes.merge(DurationClass.of(Duration.ofHours(hours)), 1L, Long::sum);
    }
    Counts counts = Counts.NONE.with(Map.of(Breakdown.RESOLVED_AFTER, classes));
    assertThat(Measure.MEDIAN_TIME_TO_RESOLVE.of(counts).n()).isEqualTo(100);
    assertThat(Measure.MEDIAN_TIME_TO_RESOLVE.of(counts).value())
        .isCloseTo(50, withinPercentage(5));
    assertThat(Measure.LONG_TIME_TO_RESOLVE.of(counts).value()).isCloseTo(90, withinPercentage(5));
    assertThat(Measure.MEDIAN_TIME_TO_ACKNOWLEDGE.of(counts)).isEqualTo(new Measured(null, 0));
  }

  @Test
  void fewerThanFiveCasesGiveNoRate() {
    assertThat(Measure.RESPONSE_RATE.of(offered(4, 4))).isEqualTo(new Measured(null, 4));
    assertThat(Measure.RESPONSE_RATE.of(offered(5, 5))).isEqualTo(new Measured(100.0, 5));
    assertThat(Measure.RECEIVED.of(Counts.NONE)).isEqualTo(new Measured(0.0, 0));
  }

  @Test
  void callsOfUnknownWaitSayNothingOfTheServiceLevel() {
    assertThat(Measure.SERVICE_LEVEL_ANSWERED.of(offered(1_000, 1_000)))
        .isEqualTo(new Measured(null, 0));
  }

  /** Of 10 calls 4 were answered soon; nobody told how long the others had waited who left. */
  @Test
  void whoLeftAfterAnUnknownWaitCountsAgainstTheServiceLevel() {
    Counts counts =
        counts(
            Map.of(
                Count.OFFERED, 10L,
                Count.ANSWERED, 4L,
                Count.ANSWERED_TIMED, 4L,
                Count.ANSWERED_SOON, 4L,
                Count.LEFT_SOON, 5L,
                Count.ABANDONED_IN_QUEUE, 6L,
                Count.SHORT_ABANDONED, 1L),
            null,
            0);
    assertThat(Measure.SERVICE_LEVEL_ANSWERED.of(counts)).isEqualTo(new Measured(44.4, 9));
    assertThat(Measure.SERVICE_LEVEL_QUEUE.of(counts)).isEqualTo(new Measured(50.0, 10));
  }

  /** 100 past calls beside 10 of today, one of them answered after an unknown wait. */
  @Test
  void pastCallsSayNothingOfTheServiceLevel() {
    Counts counts =
        counts(
            Map.of(
                Count.OFFERED, 110L,
                Count.ANSWERED, 100L,
                Count.ANSWERED_TIMED, 9L,
                Count.ANSWERED_SOON, 9L,
                Count.LEFT_SOON, 9L,
                Count.ABANDONED_IN_QUEUE, 10L,
                Count.ABANDONED_IN_THE_PAST, 10L),
            null,
            0);
    assertThat(Measure.SERVICE_LEVEL_ANSWERED.of(counts)).isEqualTo(new Measured(100.0, 9));
    assertThat(Measure.SERVICE_LEVEL_QUEUE.of(counts)).isEqualTo(new Measured(100.0, 9));
  }

  @ParameterizedTest
  @EnumSource(Measure.class)
  void everyMeasureHasItsWordsInBothLanguages(Measure measure) {
    ReloadableResourceBundleMessageSource words = new ReloadableResourceBundleMessageSource();
    words.setBasename("classpath:messages");
    words.setDefaultEncoding("UTF-8");
    words.setFallbackToSystemLocale(false);
    KeyFigure korean = KeyFigure.of(Targets.NONE, measure, Counts.NONE, words, Locale.KOREAN);
    KeyFigure english = KeyFigure.of(Targets.NONE, measure, Counts.NONE, words, Locale.ENGLISH);
    assertThat(korean.definition()).matches(".*[가-힣].*").isNotEqualTo(english.definition());
    assertThat(english.name() + english.definition() + english.note())
        .doesNotContainPattern("[가-힣]");
    if (measure.isRate()) {
      assertThat(korean.value()).isNull();
      assertThat(korean.note()).startsWith("사례가 5건 미만");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RECEIVED, 1306, 1166, '1,306', 12%, up",
    "RESPONSE_RATE, 97.2, 99.0, 97.2%, 1.8%p, down",
    "AVERAGE_SPEED_OF_ANSWER, 125, 120, 2:05, 0:05, up",
    "TRANSFERS, 0.13, 0.13, 0.13, 0, same",
    "LATE, 2, 0, 2, '', ''"
  })
  void valuesAndDifferencesAreWrittenForPeople(
      Measure measure, double value, double usual, String shown, String difference, String way) {
    Double differs = Shown.difference(measure.unit(), value, usual);
    assertThat(Shown.value(measure.unit(), value, Locale.KOREAN)).isEqualTo(shown);
    assertThat(differs == null ? "" : Shown.difference(measure.unit(), differs, Locale.KOREAN))
        .isEqualTo(difference);
    assertThat(differs == null ? "" : Shown.direction(measure.unit(), differs)).isEqualTo(way);
  }

  private static Counts offered(long offered, long answered) {
    return counts(Map.of(Count.OFFERED, offered, Count.ANSWERED, answered), null, 0);
  }

  private static Counts counts(
      Map<Count, Long> whole, @Nullable Map<Count, Long> telephone, long overdueOpen) {
    return new Counts(new HashMap<>(whole), telephone == null ? Map.of() : telephone, overdueOpen);
  }
}
