package barocall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void isTheMiddleOneAndTheOutermost() {
    assertThat(Spread.of(List.of(5.0, 1.0, 3.0))).isEqualTo(new Spread(3, 1, 5));
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofRatiosComparesEachRepeatWithItsOwn() {
    assertThat(Spread.ofRatios(List.of(50.0, 30.0, 80.0), List.of(100.0, 100.0, 100.0)))
        .isEqualTo(new Spread(0.5, 0.3, 0.8));
    // The middle ones of both lists lie at 2 and 2: their own ratio would be 1.
    assertThat(Spread.ofRatios(List.of(1.0, 2.0, 3.0), List.of(2.0, 1.0, 3.0)))
        .isEqualTo(new Spread(1, 0.5, 2));
    assertThatThrownBy(() -> Spread.ofRatios(List.of(1.0), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void quantilesAreValuesThatWereSeen() {
    long[] hundred = LongStream.rangeClosed(1, 100).toArray();
    assertThat(Spread.quantile(hundred, 0.5)).isEqualTo(50);
    assertThat(Spread.quantile(hundred, 0.99)).isEqualTo(99);
    assertThat(Spread.quantile(new long[] {7}, 0.99)).isEqualTo(7);
  }

  @Test
  void isWrittenWithItsBounds() {
    assertThat(new Spread(1234.56, 999, 2000).rounded(0)).isEqualTo("1,235 (999–2,000)");
  }
}
