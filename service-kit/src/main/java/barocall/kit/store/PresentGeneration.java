package barocall.kit.store;

/**
 * The generation of the database that was present when this process started, and that it works on.
 */
public record PresentGeneration(long number) {}
