package barocall.city;

/** A person who answers calls and works at the desk. */
public record Agent(String id, String name) {}
