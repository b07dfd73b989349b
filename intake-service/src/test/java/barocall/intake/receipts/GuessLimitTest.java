package barocall.intake.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuessLimitTest {
  private final AtomicLong nanos = new AtomicLong();
  private final GuessLimit limit = new GuessLimit(nanos::get);

  @Test
  void aNumberMayBeGuessedFiveTimesWhoeverAsks() {
    assertThat(allowed(8, "1", true)).isEqualTo(5);
    nanos.addAndGet(Duration.ofMinutes(16).toNanos());
    assertThat(limit.mayTry("another", "1", true)).isTrue();
  }

  @Test
  void aNumberMayBeGuessedTwentyTimesADay() {
    int allowed = 0;
    for (int quarter = 0; quarter < 20; quarter++) {
      allowed += allowed(8, "1", true);
      nanos.addAndGet(Duration.ofMinutes(16).toNanos());
    }
    assertThat(allowed).isEqualTo(20);
  }

  @Test
  void anAddressMayBeWrongTwentyTimesOverAllNumbers() {
    long allowed =
        IntStream.range(0, 40)
            .filter(number -> limit.mayTry("one", Integer.toString(number), false))
            .count();
    assertThat(allowed).isEqualTo(20);
    assertThat(limit.mayTry("another", "1", false)).isTrue();
  }

  @Test
  void whoIsRightIsNeverStopped() {
    for (int i = 0; i < 100; i++) {
      assertThat(limit.mayTry("one", "1", true)).isTrue();
      limit.wasRight("one", "1", true);
    }
  }

  private int allowed(int tries, String number, boolean fewDigits) {
    int allowed = 0;
    for (int i = 0; i < tries; i++) {
      allowed += limit.mayTry("address-" + i, number, fewDigits) ? 1 : 0;
    }
    return allowed;
  }
}
