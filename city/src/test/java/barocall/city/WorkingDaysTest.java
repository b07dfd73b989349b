package barocall.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingDaysTest {
  @ParameterizedTest
  @ValueSource(strings = {"gyeongju", "cheonan", "losangeles", "newyork"})
  void saysTheSameAsGoingThroughTheDays(String id) {
    City city = SomeCities.named(id);
    WorkingDays days = new WorkingDays(city);
    Random random = new Random(7);
    long first = Instant.parse("2024-12-20T00:00:00Z").getEpochSecond();

    for (int i = 0; i < 300; i++) {
      Instant from =
          Instant.ofEpochSecond(
              first + random.nextInt(86_400 * 800), random.nextInt(1_000_000_000));
      Instant to = from.plusSeconds(random.nextInt(86_400 * (i % 3 == 0 ? 700 : 5)) - 86_400);

      assertThat(days.between(from, to))
          .as("%s to %s", from, to)
          .isEqualTo(LegalClock.workingTimeBetween(from, to, city));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3_600})
  void nothingLiesBetweenAMomentAndOneThatIsNotAfterIt(int secondsBack) {
    Instant at = SomeCities.kst("2026-11-24T10:00");

    assertThat(new WorkingDays(SomeCities.GYEONGJU).between(at, at.minusSeconds(secondsBack)))
        .isEqualTo(Duration.ZERO);
  }
}
