package barocall.analytics.facts;

/**
 * The record that first brought a fact.
 *
 * @param partition topic and partition, e.g. {@code call-received-3}
 * @param offset the record's offset in it
 */
public record Origin(String partition, long offset) {}
