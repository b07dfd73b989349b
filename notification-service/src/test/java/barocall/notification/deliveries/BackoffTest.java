package barocall.notification.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");
  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(5), 3, Duration.ofMinutes(1), 4, 0.2);

  @Test
  void waitsGrowUpToALimitAndAreScattered() {
    assertThat(backoff.after(1, 0.5)).isEqualTo(Duration.ofSeconds(5));
    assertThat(backoff.after(2, 0.5)).isEqualTo(Duration.ofSeconds(15));
    assertThat(backoff.after(3, 0.5)).isEqualTo(Duration.ofSeconds(45));
    assertThat(backoff.after(9, 0.5)).isEqualTo(Duration.ofMinutes(1));
    assertThat(backoff.after(1, 0)).isEqualTo(Duration.ofSeconds(4));
    assertThat(backoff.after(1, 1)).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void theLastFailureGivesUpAndAPersonBeginsAnew() {
    Delivery delivery =
        Delivery.of(
            "complaint-escalated/i/1",
            "gyeongju",
            "i",
            null,
            1,
            "escalated",
            Delivery.Means.EMAIL,
            "roads",
            NOON);
    for (int attempt = 1; attempt < 4; attempt++) {
      delivery = delivery.failed("away", backoff, 0.5, NOON);
      assertThat(delivery.state()).isEqualTo(Delivery.State.PENDING);
      assertThat(delivery.nextAt()).isAfter(NOON);
    }
    delivery = delivery.failed("away", backoff, 0.5, NOON);
    assertThat(delivery.state()).isEqualTo(Delivery.State.GIVEN_UP);
    assertThat(delivery.attempts()).isEqualTo(4);
    assertThat(delivery.settledAt()).isEqualTo(NOON);

    Delivery again = delivery.again(NOON);
    assertThat(again.state()).isEqualTo(Delivery.State.PENDING);
    assertThat(again.attempts()).isZero();
    assertThat(again.sending()).isEqualTo(2);
    assertThat(again.id()).isEqualTo(delivery.id());
  }

  @Test
  void nonsenseInTheSettingsIsRefusedWithTheirNames() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, 0.5, Duration.ZERO, 1, 0))
        .hasMessageContaining("barocall.delivery");
  }
}
