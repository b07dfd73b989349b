package barocall.intake.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RememberedTest {
  @Test
  void theLastMillionIsRememberedAndOlderOnesAreForgotten() {
    Remembered remembered = new Remembered();
    LongStream.rangeClosed(1, 2_500_000)
        .forEach(row -> remembered.addAll(List.of(Remembered.fingerprint("row-" + row))));
    assertThat(remembered.contains(Remembered.fingerprint("row-2500000"))).isTrue();
    assertThat(remembered.contains(Remembered.fingerprint("row-1600000"))).isTrue();
    assertThat(remembered.contains(Remembered.fingerprint("row-1"))).isFalse();
    assertThat(remembered.contains(Remembered.fingerprint("row-3000000"))).isFalse();
  }
}
