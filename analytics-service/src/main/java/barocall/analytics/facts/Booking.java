package barocall.analytics.facts;

import barocall.contract.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where something is counted: what, in the bucket of which time, and in which row of which
 * breakdown.
 *
 * @param breakdown the whole, or one of the breakdowns
 * @param row the channel, category, department, agent or class of durations; empty for the whole
 */
public record Booking(Count count, Instant at, Breakdown breakdown, String row) {

  /** By what a figure is broken down. */
  public enum Breakdown {
    WHOLE("n"),
    CHANNEL("ch"),
    CATEGORY("ca"),
    DEPARTMENT("de"),
    AGENT("ag"),
    /** By {@link DurationClass} of the working time from the escalation. */
    ACKNOWLEDGED_AFTER("ta"),
    RESOLVED_AFTER("tr");

    private final String stored;

    Breakdown(String stored) {
      this.stored = stored;
    }

    /** Distributions are wide, and nobody asks for those of an hour. */
    public boolean onlyOfDays() {
      return this == ACKNOWLEDGED_AFTER || this == RESOLVED_AFTER;
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
