package barocall.city;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule does with an inquiry: exactly one of these. */
public sealed interface Decision {

  /** Answers the citizen at once. */
  record Answer(Text text) implements Decision {}

  /**
   * Hands the inquiry to a department.
   *
   * @param petitionKind null for the category's or the city's default
   */
  record Escalate(String department, @Nullable String petitionKind, Priority priority)
      implements Decision {}

  /**
   * Puts the inquiry on the agents' desk.
   *
   * @param departments suggested to the agent, best first
   */
  record Desk(List<String> departments) implements Decision {
    public Desk {
      departments = List.copyOf(departments);
    }
  }
}
