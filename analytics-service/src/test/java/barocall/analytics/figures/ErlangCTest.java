package barocall.analytics.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErlangCTest {
  @Test
  void agreesWithAPublishedExample() {
    ErlangC queue = new ErlangC(720, 240, 55);

    assertThat(queue.load()).isEqualTo(48);
    assertThat(queue.waiting()).isCloseTo(0.2387, within(0.00005));
    assertThat(queue.serviceLevel(15)).isCloseTo(0.8459, within(0.00005));
    assertThat(queue.averageSpeedOfAnswer()).isCloseTo(8.18, within(0.005));
  }

  @Test
  void tellsWhatAStormDayNeedsInGyeongju() {
    ErlangC storm = new ErlangC(91.5, 180, 6);

    assertThat(storm.serviceLevel(20)).isCloseTo(0.620, within(0.0005));
    assertThat(storm.with(7).serviceLevel(20)).isCloseTo(0.823, within(0.0005));
    assertThat(ErlangC.needed(91.5, 180, 0.8, 20)).isEqualTo(storm.with(7));
  }

  @Test
  void aQueueThatGrowsWithoutEndAnswersNobodyInTime() {
    ErlangC queue = new ErlangC(720, 240, 48);

    assertThat(queue.waiting()).isEqualTo(1);
    assertThat(queue.occupancy()).isEqualTo(1);
    assertThat(queue.serviceLevel(20)).isZero();
    assertThat(queue.averageSpeedOfAnswer()).isInfinite();
  }

  @Test
  void withoutCallsNobodyWaitsAndOneAgentIsEnough() {
    ErlangC queue = ErlangC.needed(0, 180, 0.8, 20);

    assertThat(queue.agents()).isEqualTo(1);
    assertThat(queue.waiting()).isZero();
    assertThat(queue.averageSpeedOfAnswer()).isZero();
  }

  @Test
  void aLargeCentreDoesNotOverflow() {
    assertThat(ErlangC.needed(30_000, 240, 0.8, 20).agents()).isBetween(2_001, 2_100);
  }

  @Test
  void aQueueWithoutAHandlingTimeIsNone() {
    assertThatThrownBy(() -> new ErlangC(10, 0, 3)).isInstanceOf(IllegalArgumentException.class);
  }
}
