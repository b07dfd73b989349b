package barocall.kit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LifeWatchTest {
  private static final Optional<String> DEAD = Optional.of("A thread that reads events has ended.");
  private static final Optional<String> WELL = Optional.empty();

  @Test
  void endsAtTheSecondLookInARowAtWhichItIsDead() {
    Deque<Optional<String>> looks = new ArrayDeque<>(List.of(WELL, DEAD, WELL, DEAD, DEAD, WELL));
    AtomicInteger ended = new AtomicInteger();

    new LifeWatch(looks::pop, Duration.ZERO, ended::incrementAndGet).run();

    assertThat(ended).hasValue(1);
    assertThat(looks).containsExactly(WELL);
  }
}
