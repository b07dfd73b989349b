package barocall.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import barocall.city.Cities;
import barocall.city.City;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoDayTest {

  private static final Cities CITIES = Cities.load(RepositoryFiles.root().resolve("cities"));
  private static final DemoScript SCRIPT = DemoScript.load();

  @Test
  void theSameSeedMakesTheSameDay() {
    assertThat(day("gyeongju", DayOfWeek.MONDAY, 1))
        .isEqualTo(day("gyeongju", DayOfWeek.MONDAY, 1));
    assertThat(day("gyeongju", DayOfWeek.MONDAY, 1))
        .isNotEqualTo(day("gyeongju", DayOfWeek.MONDAY, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "cheonan, MONDAY, 1974",
    "cheonan, THURSDAY, 1630",
    "cheonan, SATURDAY, 167",
    "gyeongju, WEDNESDAY, 485"
  })
  void aDayHasAsManyCallsAsWerePublished(String city, DayOfWeek day, int published) {
    double mean =
        days(city, day).stream()
            .mapToLong(d -> of(d, Happening.Rings.class).size())
            .average()
            .orElseThrow();

    assertThat(mean).isCloseTo(published, within(4 * Math.sqrt(published / 8.0)));
  }

  @ParameterizedTest
  @CsvSource({"cheonan, 0.9134, 0.012", "gyeongju, 0.9927, 0.006"})
  void asManyAreAnsweredAsWasPublished(String city, double published, double tolerance) {
    List<Happening> all = days(city, DayOfWeek.TUESDAY).stream().flatMap(List::stream).toList();

    double answered =
        (double) of(all, Happening.Answered.class).size() / of(all, Happening.Rings.class).size();

    assertThat(answered).isCloseTo(published, within(tolerance));
  }

  @Test
  void gyeongjuPassesOn42PercentMostOfThemLive() {
    List<Happening> all =
        days("gyeongju", DayOfWeek.MONDAY).stream().flatMap(List::stream).toList();
    double answered = of(all, Happening.Answered.class).size();
    double live =
        of(all, Happening.Ended.class).stream().filter(e -> e.connectedTo().isPresent()).count();
    double written = of(all, Happening.Escalated.class).size();

    assertThat((live + written) / answered).isCloseTo(0.42, within(0.02));
    assertThat(live).isGreaterThan(8 * written);
  }

  @Test
  void lunchIsTheQuietestHour() {
    List<Happening> all = days("cheonan", DayOfWeek.MONDAY).stream().flatMap(List::stream).toList();
    Map<Long, Long> byHour =
        of(all, Happening.Rings.class).stream()
            .collect(Collectors.groupingBy(call -> call.at().toHours(), Collectors.counting()));

    assertThat((double) byHour.get(12L) / byHour.get(10L)).isCloseTo(0.364, within(0.03));
    assertThat(byHour.values())
        .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(byHour.get(10L)));
    assertThat(byHour.keySet()).allMatch(hour -> hour >= 8 && hour <= 18);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gyeongju", "cheonan"})
  void noAgentIsOnTwoCallsAtOnce(String city) {
    Map<String, List<Duration[]>> busy = new HashMap<>();
    Map<String, Duration> answered = new HashMap<>();
    for (Happening happening : day(city, DayOfWeek.MONDAY, 1)) {
      if (happening instanceof Happening.Answered call) {
        answered.put(call.callId(), call.at());
      } else if (happening instanceof Happening.Ended call) {
        busy.computeIfAbsent(call.agent(), agent -> new ArrayList<>())
            .add(new Duration[] {answered.get(call.callId()), call.at()});
      }
    }

    assertThat(busy.keySet())
        .isEqualTo(
            CITIES.city(city).orElseThrow().agents().stream()
                .map(a -> a.id())
                .collect(Collectors.toSet()));
    for (List<Duration[]> calls : busy.values()) {
      for (int i = 1; i < calls.size(); i++) {
        assertThat(calls.get(i)[0]).isGreaterThanOrEqualTo(calls.get(i - 1)[1]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gyeongju", "cheonan"})
  void everyTopicIsKnownToTheCityAndNobodyIsReal(String id) {
    City city = CITIES.city(id).orElseThrow();
    Set<String> categories = new TreeSet<>();
    for (Happening.Said said : saidOn(id)) {
      assertThat(city.category(said.category())).isPresent();
      assertThat(city.department(said.department())).isPresent();
      assertThat(said.text()).doesNotContain("{", "}").isNotBlank();
      categories.add(said.category());
    }
    List<Happening> all = days(id, DayOfWeek.MONDAY).stream().flatMap(List::stream).toList();

    assertThat(categories).hasSizeGreaterThanOrEqualTo(18);
    assertThat(
            Stream.concat(
                of(all, Happening.Rings.class).stream().flatMap(c -> c.calling().stream()),
                of(all, Happening.Written.class).stream()
                    .flatMap(w -> w.contact().stream())
                    .map(Happening.Contact::telephone)))
        .isNotEmpty()
        .allMatch(number -> number.matches("010-0000-\\d{4}"));
    assertThat(of(all, Happening.Written.class))
        .anyMatch(written -> !city.emergency().found(written.said().text()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "gyeongju, 2026-11-23T05:00:00Z, MONDAY, 14:00",
    "gyeongju, 2026-11-22T05:00:00Z, MONDAY, 10:00",
    "gyeongju, 2026-11-24T12:00:00Z, MONDAY, 10:00",
    "cheonan, 2026-11-22T05:00:00Z, SUNDAY, 14:00",
    "cheonan, 2026-11-22T12:00:00Z, MONDAY, 10:00"
  })
  void aClosedCentreIsShownAtABusyHour(String city, Instant now, DayOfWeek day, LocalTime time) {
    assertThat(DemoTime.at(CITIES.city(city).orElseThrow(), SCRIPT.cities().get(city), now))
        .isEqualTo(new DemoTime(day, time));
  }

  @Test
  void afterFridayGyeongjuGoesOnWithMonday() {
    assertThat(
            new DemoTime(DayOfWeek.FRIDAY, LocalTime.NOON)
                .next(SCRIPT, SCRIPT.cities().get("gyeongju")))
        .isEqualTo(new DemoTime(DayOfWeek.MONDAY, LocalTime.of(8, 30)));
  }

  private static List<Happening.Said> saidOn(String city) {
    return days(city, DayOfWeek.MONDAY).stream()
        .flatMap(List::stream)
        .flatMap(
            happening -> {
              if (happening instanceof Happening.Written written) {
                return Stream.of(written.said());
              }
              return happening instanceof Happening.Described described
                  ? Stream.of(described.said())
                  : Stream.empty();
            })
        .toList();
  }

  /** A few days of the same kind. */
  private static List<List<Happening>> days(String city, DayOfWeek day) {
    return Stream.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L).map(seed -> day(city, day, seed)).toList();
  }

  private static List<Happening> day(String city, DayOfWeek day, long seed) {
    return DemoDay.of(CITIES.city(city).orElseThrow(), SCRIPT, day, "day", seed);
  }

  private static <T> List<T> of(List<Happening> all, Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
