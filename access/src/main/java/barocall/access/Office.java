package barocall.access;

import java.util.List;

/** Of a city, what its first keys and people are made from. */
public record Office(String city, List<Seat> agents, List<Seat> departments) {

  public Office {
    agents = List.copyOf(agents);
    departments = List.copyOf(departments);
  }

  /** An agent or a department: its id in the city file, and its name as people read it. */
  public record Seat(String id, String name) {}
}
