package barocall.analytics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.analytics.figures.AgainstTarget.Verdict;
import barocall.city.Target;
import barocall.city.Targets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AgainstTargetTest {
  private static final Targets TARGETS =
      new Targets(
          Map.of(
              Target.RESPONSE_RATE, 95.0,
              Target.AVERAGE_SPEED_OF_ANSWER, 20.0,
              Target.ABANDON_RATE, 5.0),
          Map.of());

  @ParameterizedTest
  @CsvSource({
    "RESPONSE_RATE, 95.0, MET",
    "RESPONSE_RATE, 94.9, MISSED",
    "RESPONSE_RATE, , FEW",
    "AVERAGE_SPEED_OF_ANSWER, 20, MET",
    "AVERAGE_SPEED_OF_ANSWER, 21, MISSED",
    "ABANDON_RATE, 5.1, MISSED"
  })
  void aValueIsJudgedAsItIsShown(Measure measure, @Nullable Double value, Verdict verdict) {
    AgainstTarget against = AgainstTarget.of(TARGETS, measure, value);
    assertThat(against).isNotNull().extracting(AgainstTarget::verdict).isEqualTo(verdict);
  }

  @Test
  void whereTheCityWantsNothingNothingIsJudged() {
    assertThat(AgainstTarget.of(TARGETS, Measure.SATISFACTION, 10.0)).isNull();
    assertThat(AgainstTarget.of(Targets.NONE, Measure.RESPONSE_RATE, 10.0)).isNull();
    assertThat(AgainstTarget.of(TARGETS, Measure.RECEIVED, 10.0)).isNull();
  }

  /** But for how long somebody waits at this moment, which is no figure of a period. */
  @ParameterizedTest
  @EnumSource(value = Target.class, names = "LONGEST_WAIT", mode = EnumSource.Mode.EXCLUDE)
  void everyTargetIsThatOfAFigureInTheSameUnit(Target target) {
    assertThat(Measure.values())
        .filteredOn(measure -> measure.id().equals(target.id()))
        .singleElement()
        .satisfies(
            measure -> {
              assertThat(measure.isRate()).isTrue();
              assertThat(measure.unit().name()).isEqualTo(target.unit().name());
            });
  }
}
