package barocall.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The holidays of the data files against the rules that governments wrote. */
class HolidaysTest {
  private static final HolidayCalendar KOREA = SomeCities.GYEONGJU.holidays();
  private static final HolidayCalendar CALIFORNIA = SomeCities.named("losangeles").holidays();

  /** 공휴일에 관한 규정 제3조: these have a substitute when on a Saturday, a Sunday or another holiday. */
  private static final Set<String> SUBSTITUTED =
      Set.of("삼일절", "광복절", "개천절", "한글날", "제헌절", "부처님오신날", "노동절", "어린이날", "성탄절");

  /** These only when on a Sunday or on another holiday. */
  private static final Set<String> OF_THREE_DAYS = Set.of("설날", "설날 연휴", "추석", "추석 연휴");

  @ParameterizedTest
  @ValueSource(ints = {2025, 2026, 2027})
  void substitutesFollowTheRule(int year) {
    Map<LocalDate, Integer> own = new TreeMap<>();
    List<Holiday> ofYear =
        KOREA.holidays().stream().filter(it -> it.date().getYear() == year).toList();
    ofYear.stream()
        .filter(it -> it.substituteFor() == null)
        .forEach(it -> own.merge(it.date(), 1, Integer::sum));
    Set<LocalDate> taken = new TreeSet<>(own.keySet());
    Set<LocalDate> computed = new TreeSet<>();
    Set<LocalDate> shared = new TreeSet<>();
    for (Holiday holiday : ofYear) {
      if (holiday.substituteFor() != null) {
        continue;
      }
      LocalDate date = holiday.date();
      boolean sunday = date.getDayOfWeek() == DayOfWeek.SUNDAY;
      boolean saturday = date.getDayOfWeek() == DayOfWeek.SATURDAY;
      boolean twice = !sunday && !saturday && own.get(date) > 1;
      String name = holiday.name().ko();
      boolean moved =
          SUBSTITUTED.contains(name)
              ? sunday || saturday || (twice && shared.add(date))
              : OF_THREE_DAYS.contains(name) && (sunday || twice);
      if (moved) {
        LocalDate substitute = date.plusDays(1);
        while (substitute.getDayOfWeek() == DayOfWeek.SATURDAY
            || substitute.getDayOfWeek() == DayOfWeek.SUNDAY
            || taken.contains(substitute)) {
          substitute = substitute.plusDays(1);
        }
        taken.add(substitute);
        computed.add(substitute);
      }
    }

    assertThat(ofYear.stream().filter(it -> it.substituteFor() != null).map(Holiday::date).toList())
        .containsExactlyElementsOf(computed);
  }

  @ParameterizedTest
  @ValueSource(ints = {2025, 2026, 2027})
  void everyYearHasItsFixedDays(int year) {
    Map<String, String> fixed = new HashMap<>();
    fixed.put("01-01", "신정");
    fixed.put("03-01", "삼일절");
    fixed.put("05-05", "어린이날");
    fixed.put("06-06", "현충일");
    fixed.put("08-15", "광복절");
    fixed.put("10-03", "개천절");
    fixed.put("10-09", "한글날");
    fixed.put("12-25", "성탄절");
    if (year >= 2026) {
      fixed.put("05-01", "노동절");
      fixed.put("07-17", "제헌절");
    }
    fixed.forEach(
        (day, name) ->
            assertThat(KOREA.nameOf(LocalDate.parse(year + "-" + day)).orElseThrow().ko())
                .contains(name));
  }

  @Test
  void labourDayAndConstitutionDayWereNoHolidaysBefore2026() {
    assertThat(KOREA.isHoliday(LocalDate.parse("2025-05-01"))).isFalse();
    assertThat(KOREA.isHoliday(LocalDate.parse("2025-07-17"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-01-29, 설날", "2026-02-17, 설날", "2027-02-07, 설날",
    "2025-10-06, 추석", "2026-09-25, 추석", "2027-09-15, 추석",
  })
  void seollalAndChuseokHaveADayBeforeAndADayAfter(LocalDate day, String name) {
    assertThat(KOREA.nameOf(day)).map(Text::ko).hasValue(name);
    assertThat(KOREA.nameOf(day.minusDays(1))).map(Text::ko).hasValue(name + " 연휴");
    assertThat(KOREA.nameOf(day.plusDays(1))).map(Text::ko).hasValue(name + " 연휴");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-05-05", "2026-05-24", "2027-05-13"})
  void buddhasBirthdayFollowsTheMoon(LocalDate day) {
    assertThat(KOREA.nameOf(day).orElseThrow().ko()).contains("부처님오신날");
  }

  @Test
  void twoHolidaysOnOneDayAreNamedTogether() {
    assertThat(KOREA.nameOf(LocalDate.parse("2025-05-05"))).map(Text::ko).hasValue("어린이날 · 부처님오신날");
  }

  @ParameterizedTest
  @ValueSource(ints = {2025, 2026, 2027})
  void federalHolidaysFollowTheirRule(int year) {
    LocalDate first = LocalDate.of(year, Month.JANUARY, 1);
    assertThat(
            List.of(
                nth(year, Month.JANUARY, 3, DayOfWeek.MONDAY),
                nth(year, Month.FEBRUARY, 3, DayOfWeek.MONDAY),
                LocalDate.of(year, Month.MAY, 1)
                    .with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)),
                nth(year, Month.SEPTEMBER, 1, DayOfWeek.MONDAY),
                nth(year, Month.OCTOBER, 2, DayOfWeek.MONDAY),
                nth(year, Month.NOVEMBER, 4, DayOfWeek.THURSDAY),
                observed(first),
                observed(LocalDate.of(year, Month.JUNE, 19)),
                observed(LocalDate.of(year, Month.JULY, 4)),
                observed(LocalDate.of(year, Month.NOVEMBER, 11)),
                observed(LocalDate.of(year, Month.DECEMBER, 25))))
        .allMatch(CALIFORNIA::isHoliday);
    if (observed(first.plusYears(1)).getYear() == year) {
      assertThat(CALIFORNIA.isHoliday(observed(first.plusYears(1)))).isTrue();
    }
  }

  private static LocalDate nth(int year, Month month, int nth, DayOfWeek day) {
    return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(nth, day));
  }

  private static LocalDate observed(LocalDate date) {
    return switch (date.getDayOfWeek()) {
      case SATURDAY -> date.minusDays(1);
      case SUNDAY -> date.plusDays(1);
      case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> date;
    };
  }
}
