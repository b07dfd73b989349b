package barocall.traffic;

import barocall.access.Credentials;
import barocall.access.Person;
import barocall.access.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The people of one city as whom a command may work: those whose password stands in the file. */
final class Staff {

  private final List<Worker> agents = new ArrayList<>();
  private final Map<String, Worker> departments = new LinkedHashMap<>();

  /** Someone who works, by the agent's or the department's id, and how they log in. */
  record Worker(String id, String authorization) {}

  /**
   * The agents and departments of the city.
   *
   * @throws TrafficException if nobody there can log in with a generated password
   */
  static Staff of(Credentials credentials, String city) {
    Staff staff = new Staff();
    for (Person person : credentials.people()) {
      if (person.disabled() || person.password() == null || !city.equals(person.city())) {
        continue;
      }
      String basic = basic(person.user(), person.password());
      if (person.role() == Role.AGENT && person.agent() != null) {
        staff.agents.add(new Worker(person.agent(), basic));
      }
      if (person.role() == Role.DEPARTMENT && person.department() != null) {
        staff.departments.putIfAbsent(person.department(), new Worker(person.department(), basic));
      }
    }
    if (staff.agents.isEmpty()) {
      throw new TrafficException(
          "No agent of %s has a generated password in the credentials: start Barocall once so that it makes them."
              .formatted(city));
    }
    return staff;
  }

  List<Worker> agents() {
    return List.copyOf(agents);
  }

  List<Worker> departments() {
    return List.copyOf(departments.values());
  }

  Optional<Worker> department(String id) {
    return Optional.ofNullable(departments.get(id));
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }
}
