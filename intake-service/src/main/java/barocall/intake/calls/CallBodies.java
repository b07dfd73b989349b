package barocall.intake.calls;

import barocall.access.Contacts;
import barocall.access.IdentityNumbers;
import barocall.city.City;
import barocall.city.TelephoneNumber;
import barocall.contract.AgentState;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Direction;
import barocall.contract.Event;
import barocall.intake.inquiries.Draft;
import barocall.intake.inquiries.Moment;
import barocall.intake.words.Reach;
import barocall.intake.words.Reading;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an exchange posts, and how it is read. */
final class CallBodies {
  private CallBodies() {}

  /** A call rings. */
  record Call(
      @Nullable String callId,
      @Nullable String called,
      @Nullable String at,
      @Nullable String calling,
      @Nullable String direction,
      @Nullable String agent,
      @Nullable String subject,
      @Nullable String text,
      @Nullable String category) {

    Read read(City city) {
      Reading reading = new Reading();
      String id = reading.key("callId", callId);
      Instant when = reading.requiredTime("at", at);
      Direction way =
          direction == null ? Direction.IN : reading.oneOf("direction", Direction.class, direction);
      String dialled = reading.requiredLine("called", called);
      if (!dialled.isEmpty() && way == Direction.IN && !Contacts.isTelephone(dialled)) {
        reading.wrong("called", "intake.field.telephone");
      }
      // Of an outgoing call the citizen is the one who is called, and the caller is the centre.
      boolean outgoing = way == Direction.OUT;
      Reach reach =
          outgoing
              ? Reach.calling(reading, "called", called)
              : Reach.calling(reading, "calling", calling);
      IdentityNumbers.Pair words =
          IdentityNumbers.mask(reading.line("subject", subject), reading.text("text", text));
      Draft draft =
          new Draft(
              Channel.TELEPHONE,
              Draft.category(reading, category, city),
              words.first(),
              words.second(),
              null,
              reach,
              way,
              outgoing ? null : ours(dialled, city),
              reading.id("agent", agent));
      reading.check();
      return new Read(id, when, draft);
    }

    /**
     * As the city file writes it; a number that it does not know yet is no reason to lose a call.
     */
    private static String ours(String dialled, City city) {
      return city.number(dialled).map(TelephoneNumber::number).orElse(dialled);
    }

    @Override
    public String toString() {
      return "Call[…]";
    }
  }

  /** A call that was read. */
  record Read(String callId, Instant at, Draft draft) {}

  /** An agent answers. */
  record Answer(@Nullable String at, @Nullable String agent, @Nullable Integer waitSeconds) {

    Event.CallAnswered read(Event.Inquiry inquiry, Instant now) {
      Reading reading = new Reading();
      Instant when = reading.requiredTime("at", at);
      String who = required(reading, "agent", agent);
      int wait = reading.requiredSeconds("waitSeconds", waitSeconds);
      reading.check();
      Moment moment = Moment.of(when, now);
      return new Event.CallAnswered(inquiry, moment.at(), 0, who, wait, moment.claimed());
    }
  }

  /** A call is over. */
  record End(
      @Nullable String at,
      @Nullable String outcome,
      @Nullable Integer waitSeconds,
      @Nullable String agent,
      @Nullable Integer talkSeconds,
      @Nullable Integer holdSeconds,
      @Nullable Integer afterCallSeconds,
      @Nullable String connectedTo) {

    Event.CallEnded read(Event.Inquiry inquiry, City city, Instant now) {
      Reading reading = new Reading();
      Instant when = reading.requiredTime("at", at);
      CallOutcome how = reading.requiredOneOf("outcome", CallOutcome.class, outcome);
      boolean answered = how == CallOutcome.ANSWERED;
      String who = answered ? required(reading, "agent", agent) : reading.id("agent", agent);
      Integer wait = reading.seconds("waitSeconds", waitSeconds);
      Integer talk = reading.seconds("talkSeconds", talkSeconds);
      Integer hold = reading.seconds("holdSeconds", holdSeconds);
      Integer after = reading.seconds("afterCallSeconds", afterCallSeconds);
      String department = connectedTo == null || connectedTo.isBlank() ? null : connectedTo;
      String name = null;
      if (department != null && how != null && !answered) {
        reading.wrong("connectedTo", "intake.field.connected-unanswered");
      } else if (department != null) {
        var found = city.department(department);
        if (found.isEmpty()) {
          reading.wrong("connectedTo", "intake.field.department");
        } else {
          name = found.get().name().in(city.language());
        }
      }
      reading.check();
      Moment moment = Moment.of(when, now);
      return new Event.CallEnded(
          inquiry,
          moment.at(),
          0,
          how == null ? CallOutcome.ABANDONED : how,
          answered ? who : null,
          wait,
          answered ? talk : null,
          answered ? hold : null,
          answered ? after : null,
          department,
          name,
          moment.claimed());
    }
  }

  /** An agent's telephone is in another state. */
  record State(@Nullable String at, @Nullable String state) {

    Event.AgentStateChanged read(City city, String agent, Instant now) {
      Reading reading = new Reading();
      String who = required(reading, "agent", agent);
      if (!city.agents().isEmpty() && city.agent(agent).isEmpty()) {
        reading.wrong("agent", "intake.field.agent");
      }
      Instant when = reading.requiredTime("at", at);
      AgentState changed = reading.requiredOneOf("state", AgentState.class, state);
      reading.check();
      Moment moment = Moment.of(when, now);
      return new Event.AgentStateChanged(
          city.id(),
          who,
          moment.at(),
          changed == null ? AgentState.OFF : changed,
          moment.claimed());
    }
  }

  private static String required(Reading reading, String field, @Nullable String id) {
    if (id == null) {
      reading.wrong(field, "kit.field.missing");
      return "";
    }
    String read = reading.id(field, id);
    return read == null ? "" : read;
  }
}
