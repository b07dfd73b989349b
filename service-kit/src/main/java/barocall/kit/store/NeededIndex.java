package barocall.kit.store;

/**
 * An index that a query of a service needs, beside the one of {@code _id} that every collection
 * has. A bean of this kind is declared to the server at the start; the embedded store does without.
 *
 * @param field in ascending order
 */
public record NeededIndex(String collection, String field) {}
