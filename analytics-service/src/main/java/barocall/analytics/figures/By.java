package barocall.analytics.figures;

import barocall.analytics.facts.Booking.Breakdown;

/** By what rows are broken down; its name is the name of the row's field. */
public enum By {
  CHANNEL(Breakdown.CHANNEL),
  CATEGORY(Breakdown.CATEGORY),
  DEPARTMENT(Breakdown.DEPARTMENT),
  AGENT(Breakdown.AGENT);

  private final Breakdown breakdown;

  By(Breakdown breakdown) {
    this.breakdown = breakdown;
  }

  /** Its part of a rollup. */
  String stored() {
    return breakdown.stored();
  }
}
