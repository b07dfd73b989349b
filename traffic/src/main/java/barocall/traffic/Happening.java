package barocall.traffic;

import java.time.Duration;
import java.util.Optional;

/** Something that happens on a day of a demonstration. */
sealed interface Happening {

  /** Since midnight. */
  Duration at();

  /** What somebody says, and what it is about. */
  record Said(
      String category,
      String department,
      String subject,
      String text,
      String answer,
      Place place) {}

  record Place(String address, double latitude, double longitude) {}

  /** A citizen; not anybody's name or number. */
  record Contact(String name, String telephone) {}

  /** A call comes in; without a number when it is withheld. */
  record Rings(Duration at, String callId, Optional<String> calling) implements Happening {}

  record Answered(Duration at, String callId, String agent, int waitSeconds) implements Happening {}

  /** The agent writes down what the caller says. */
  record Described(Duration at, String callId, String agent, Said said) implements Happening {}

  /** An answered call ends, put through to a department or not. */
  record Ended(
      Duration at, String callId, String agent, CallFigures figures, Optional<String> connectedTo)
      implements Happening {}

  /** A call ends that nobody answered: {@code abandoned}, or {@code callback}. */
  record GivenUp(Duration at, String callId, String outcome, int waitSeconds)
      implements Happening {}

  /** The agent answers for good. */
  record Resolved(Duration at, String callId, String agent, Said said) implements Happening {}

  /** The agent passes it on in writing. */
  record Escalated(Duration at, String callId, String agent, Said said) implements Happening {}

  record AgentState(Duration at, String agent, String state) implements Happening {}

  /** Somebody writes. */
  record Written(Duration at, String key, String channel, Said said, Optional<Contact> contact)
      implements Happening {}
}
