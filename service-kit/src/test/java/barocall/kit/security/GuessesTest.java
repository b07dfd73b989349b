package barocall.kit.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuessesTest {
  private final Town.Hands clock = new Town.Hands();
  private final Guesses guesses = new Guesses(clock);

  @Test
  void aTryCountsFromItsBeginning() {
    for (int i = 0; i < 5; i++) {
      assertThat(guesses.begin("kim")).isZero();
    }
    assertThat(guesses.begin("kim")).isEqualTo(Duration.ofSeconds(1));
    assertThat(guesses.begin("lee")).isZero();
  }

  @Test
  void aTryThatFitsIsTakenBack() {
    for (int i = 0; i < 50; i++) {
      assertThat(guesses.begin("kim")).isZero();
      guesses.succeeded("kim");
    }
  }

  @Test
  void thePauseDoublesUpToFiveMinutes() {
    for (int i = 0; i < 5; i++) {
      guesses.begin("kim");
    }
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
      assertThat(guesses.begin("kim")).isEqualTo(Duration.ofSeconds(seconds));
      clock.forward(Duration.ofSeconds(seconds));
      assertThat(guesses.begin("kim")).isZero();
    }
  }

  @Test
  void nobodyIsRememberedForMoreThanAnHour() {
    guesses.begin("kim");
    clock.forward(Duration.ofMinutes(59));
    assertThat(guesses.remembered()).isOne();
    clock.forward(Duration.ofMinutes(2));
    assertThat(guesses.remembered()).isZero();
  }
}
