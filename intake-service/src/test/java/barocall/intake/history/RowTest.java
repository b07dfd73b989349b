package barocall.intake.history;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.city.Cities;
import barocall.city.City;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RowTest {
  private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

  private final City city = Cities.load(Path.of("../cities")).city("gyeongju").orElseThrow();

  @Test
  void theSameRowIsTheSameEventWheneverItIsTold() {
    Row row = row("2018-01-02T00:00:00Z");
    assertThat(row.read(city, NOON)).isEqualTo(row.read(city, NOON.plusSeconds(86_400)));
  }

  /** Under one id compaction would keep the later time, and a rebuild would show another day. */
  @Test
  void aTimeTakenAsAnotherNowMakesAnotherEventOfTheSameRow() {
    Row row = row("2099-01-01T00:00:00Z");
    Row.Told first = row.read(city, NOON);
    Row.Told again = row.read(city, NOON.plusSeconds(86_400));
    assertThat(first.takenAsNow()).containsExactly("resolution.at");
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.event().id()).isNotEqualTo(first.event().id());
    assertThat(row.read(city, NOON).event()).isEqualTo(first.event());
  }

  private static Row row(String resolvedAt) {
    return new Row(
        "1",
        "web",
        "2018-01-01T00:00:00Z",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new Row.Resolution(resolvedAt, "done", "department", null));
  }
}
