package barocall.intake.citizen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FormLimitTest {
  private final AtomicLong nanos = new AtomicLong();
  private final FormLimit limit = new FormLimit(nanos::get);

  @Test
  void anAddressMaySendOnlySoMuchInAWhile() {
    for (int i = 0; i < FormLimit.MOST; i++) {
      assertThat(limit.maySend("one")).isTrue();
    }
    assertThat(limit.maySend("one")).isFalse();
    assertThat(limit.maySend("another")).isTrue();
    nanos.addAndGet(FormLimit.WHILE.toNanos() + 1);
    assertThat(limit.maySend("one")).isTrue();
  }

  @Test
  void whatWasNotAcceptedDoesNotCount() {
    for (int i = 0; i < 100; i++) {
      assertThat(limit.maySend("one")).isTrue();
      limit.wasNotAccepted("one");
    }
  }
}
