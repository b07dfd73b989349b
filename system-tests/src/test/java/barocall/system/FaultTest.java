package barocall.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
  /** A hundred rounds are to meet everything, whatever the seed. */
  @ParameterizedTest
  @ValueSource(longs = {27, 28, 42, 1_764_200_000})
  void eachFaultHappensInAHundredRoundsOfASeed(long seed) {
    assertThat(
            IntStream.rangeClosed(1, 100).mapToObj(round -> Fault.drawn(Fault.random(seed, round))))
        .contains(Fault.values());
  }
}
