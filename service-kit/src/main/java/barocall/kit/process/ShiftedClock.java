package barocall.kit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A clock that runs as far ahead of another as a file says, e.g. {@code PT60S}, and follows it when
 * the file changes; without the file, or with one that says nothing of use, it is the other. For
 * tests of what happens when a machine's clock jumps.
 */
public final class ShiftedClock extends Clock {
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(200);

  private final Clock machine;
  private final Path file;
  private final LongSupplier nanos;
  private volatile Shift shift;

  private record Shift(Duration by, long readAt) {}

  ShiftedClock(Clock base, Path file, LongSupplier nanos) {
    this.machine = base;
    this.file = file;
    this.nanos = nanos;
    this.shift = read();
  }

  /**
   * The clock of a process.
   *
   * @param file of {@code barocall.clock.offset-file}; empty, as it always is but in tests, for the
   *     machine's own clock
   */
  public static Clock of(String file) {
    return file.isEmpty()
        ? Clock.systemUTC()
        : new ShiftedClock(Clock.systemUTC(), Path.of(file), System::nanoTime);
  }

  @Override
  public Instant instant() {
    Shift known = shift;
    if (nanos.getAsLong() - known.readAt() > LOOK_EVERY) {
      known = read();
      shift = known;
    }
    return machine.instant().plus(known.by());
  }

  private Shift read() {
    long now = nanos.getAsLong();
    try {
      return new Shift(Duration.parse(Files.readString(file).strip()), now);
    } catch (IOException | DateTimeParseException none) {
      return new Shift(Duration.ZERO, now);
    }
  }

  @Override
  public ZoneId getZone() {
    return machine.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new ShiftedClock(machine.withZone(zone), file, nanos);
  }
}
