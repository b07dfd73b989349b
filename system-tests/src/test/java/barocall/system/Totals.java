package barocall.system;

import tools.jackson.databind.JsonNode;

/** A city's figures over all times, without the time at which they were read. */
record Totals(
    long received,
    long resolved,
    long resolvedAtFirstContact,
    long escalated,
    long open,
    long overdue,
    long abandoned,
    long sinceOpening) {

  static Totals of(JsonNode json) {
    return new Totals(
        json.path("received").asLong(-1),
        json.path("resolved").asLong(-1),
        json.path("resolvedAtFirstContact").asLong(-1),
        json.path("escalated").asLong(-1),
        json.path("open").asLong(-1),
        json.path("overdue").asLong(-1),
        json.path("abandoned").asLong(-1),
        json.path("sinceOpening").asLong(-1));
  }

  /** What came to pass since then. */
  Totals since(Totals before) {
    return new Totals(
        received - before.received,
        resolved - before.resolved,
        resolvedAtFirstContact - before.resolvedAtFirstContact,
        escalated - before.escalated,
        open - before.open,
        overdue - before.overdue,
        abandoned - before.abandoned,
        sinceOpening - before.sinceOpening);
  }
}
