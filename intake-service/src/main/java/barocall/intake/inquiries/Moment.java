package barocall.intake.inquiries;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something happened: as the sender says, unless that lies too far ahead of our clock.
 *
 * @param claimed what the sender said, where it was not taken
 */
public record Moment(Instant at, @Nullable Instant claimed) {
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /** As the sender says, or now. */
  public static Moment of(Instant said, Instant now) {
    return said.isAfter(now.plus(AHEAD)) ? new Moment(now, said) : new Moment(said, null);
  }
}
