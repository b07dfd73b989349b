package barocall.kit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParentWatchTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);

  private ParentWatch watch(int looksAlive, boolean hangs) {
    var looks = new AtomicInteger();
    return new ParentWatch(
        1,
        () -> looks.incrementAndGet() <= looksAlive,
        SHORT,
        Duration.ofSeconds(5),
        new ParentWatch.Ending() {
          @Override
          public void orderly() {
            done.add("orderly after " + looks);
            if (hangs) {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
          }

          @Override
          public void atOnce() {
            done.add("at once");
          }
        });
  }

  @Test
  void endsOrderlyWhenTheParentIsGone() {
    watch(3, false).run();
    assertThat(done).containsExactly("orderly after 4");
  }

  @Test
  void endsAtOnceWhenTheOrderlyEndHangs() {
    watch(0, true).run();
    assertThat(done).containsExactly("orderly after 1", "at once");
    never.countDown();
  }

  @Test
  void seesAProcessEnd() throws Exception {
    Process child = new ProcessBuilder("sleep", "60").start();
    var life = ParentWatch.lifeOf(child.pid());
    assertThat(life.getAsBoolean()).isTrue();
    child.destroyForcibly();
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(life.getAsBoolean()).isFalse();
    assertThat(ParentWatch.lifeOf(child.pid()).getAsBoolean()).isFalse();
  }
}
