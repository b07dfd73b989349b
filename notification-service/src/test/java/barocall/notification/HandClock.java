package barocall.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs, and can be moved by hand. */
public final class HandClock extends Clock {
  private volatile Duration moved = Duration.ZERO;

  /** Moves it so that it shows this time now. */
  public void set(Instant now) {
    moved = Duration.between(Clock.systemUTC().instant(), now);
  }

  /** Lets it show the right time. */
  public void reset() {
    moved = Duration.ZERO;
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(moved);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
