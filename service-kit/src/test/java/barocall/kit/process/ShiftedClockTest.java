package barocall.kit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShiftedClockTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  @TempDir Path folder;

  @Test
  void followsTheFileAndGoesRightWithoutIt() throws Exception {
    Path file = folder.resolve("offset");
    AtomicLong nanos = new AtomicLong();
    Clock clock = new ShiftedClock(Clock.fixed(NOON, ZoneOffset.UTC), file, nanos::get);
    assertThat(clock.instant()).isEqualTo(NOON);

    Files.writeString(file, "PT60S\n");
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(60));

    Files.writeString(file, "a minute");
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(clock.instant()).isEqualTo(NOON);

    Files.writeString(file, "-PT60S");
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(60));
  }

  @Test
  void isTheMachinesOwnClockUnlessAFileIsNamed() {
    assertThat(ShiftedClock.of("")).isEqualTo(Clock.systemUTC());
  }
}
