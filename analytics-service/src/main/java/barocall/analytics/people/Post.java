package barocall.analytics.people;

import barocall.access.Person;
import barocall.access.Role;
import barocall.city.City;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody does for a city: administrator, one of its agents, or officer of a department.
 *
 * @param department for the role department
 * @param agent for the role agent
 */
record Post(Role role, @Nullable String department, @Nullable String agent) {
  private static final String ADMIN = "admin";
  private static final String AGENT = "agent:";
  private static final String DEPARTMENT = "department:";

  static Post of(Person person) {
    return new Post(person.role(), person.department(), person.agent());
  }

  /** Reads what {@link #word} writes; empty if the city has no such post. */
  static Optional<Post> parse(String word, City city) {
    if (word.equals(ADMIN)) {
      return Optional.of(new Post(Role.ADMIN, null, null));
    }
    if (word.startsWith(AGENT)) {
      return city.agent(word.substring(AGENT.length()))
          .map(it -> new Post(Role.AGENT, null, it.id()));
    }
    return word.startsWith(DEPARTMENT)
        ? city.department(word.substring(DEPARTMENT.length()))
            .map(it -> new Post(Role.DEPARTMENT, it.id(), null))
        : Optional.empty();
  }

  /** As it goes through a form and into the record: {@code admin}, {@code agent:agent-1}. */
  String word() {
    return switch (role) {
      case ADMIN -> ADMIN;
      case AGENT -> AGENT + agent;
      case DEPARTMENT -> DEPARTMENT + department;
    };
  }
}
