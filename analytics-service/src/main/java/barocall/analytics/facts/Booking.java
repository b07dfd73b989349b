package barocall.analytics.facts;

import barocall.contract.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where something is counted: what, in the bucket of which time, and in which row of which
 * breakdown.
 *
 * @param breakdown the whole, or one of the four breakdowns
 * @param row the channel, category, department or agent; empty for the whole
 */
public record Booking(Count count, Instant at, Breakdown breakdown, String row) {

  /** By what a figure is broken down. */
  public enum Breakdown {
    WHOLE("n"),
    CHANNEL("ch"),
    CATEGORY("ca"),
    DEPARTMENT("de"),
    AGENT("ag");

    private final String stored;

    Breakdown(String stored) {
      this.stored = stored;
    }

    /** The name of its part of a rollup. */
    public String stored() {
      return stored;
    }
  }

  static Booking whole(Count count, Instant at) {
    return new Booking(count, at, Breakdown.WHOLE, "");
  }

  static Booking byChannel(Count count, Instant at, Channel channel) {
    return new Booking(count, at, Breakdown.CHANNEL, channel.wireName());
  }

  static Booking by(Breakdown breakdown, Count count, Instant at, @Nullable String row) {
    return new Booking(count, at, breakdown, row == null ? "" : row);
  }
}
