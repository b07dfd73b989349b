package barocall.analytics.facts;

import barocall.contract.By;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Direction;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.How;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the figures need of one thing that happened to an inquiry; never words, contacts or answers.
 *
 * @param key its event's identity within the inquiry: topic/step(/counter), or {@code history/kind}
 * @param origin the record that first brought it
 * @param step the change of hands that it belongs to; of history 0 receipt, 1 escalation, 2 end
 * @param at when it happened
 * @param flag of a receipt whether the centre was closed or, in history, the call abandoned; of a
 *     resolution whether at first contact, null in history
 * @param waitSeconds of an answer or end of a call: how long the caller queued
 * @param handleSeconds of an answered end: talk, hold and after-call work
 * @param number of an escalation the transfers before it, of a rating the score
 * @param by of a resolution who ended it
 * @param dueAt of an escalation
 */
public record Fact(
    String key,
    Origin origin,
    Kind kind,
    int step,
    Instant at,
    @Nullable Channel channel,
    @Nullable String category,
    @Nullable String department,
    @Nullable String agent,
    @Nullable String word,
    @Nullable Boolean flag,
    @Nullable Integer waitSeconds,
    @Nullable Integer handleSeconds,
    @Nullable Integer number,
    @Nullable By by,
    @Nullable Instant dueAt) {

  /** What kind of thing happened. */
  public enum Kind {
    RECEIVED,
    ANSWERED,
    ENDED,
    ASSIGNED,
    RESOLVED,
    ESCALATED,
    ACKNOWLEDGED,
    RETURNED,
    REMINDED,
    TOLD,
    REOPENED,
    REPEATED,
    RATED,
    /** Of an agent's telephone, not of an inquiry. */
    STATE
  }

  /** Words that a fact's {@link #word} can say beside {@link How}'s and {@link CallOutcome}'s. */
  static final String OUTGOING = Direction.OUT.wireName();

  /** Of a receipt: an agent opened it, so a call among them was taken by that agent. */
  static final String BY_HAND = "by-hand";

  private static final int DAY_SECONDS = 86_400;

  boolean isHistory() {
    return key.startsWith("history/");
  }

  boolean says(String what) {
    return what.equals(word);
  }

  /** The facts that an event brings: usually one, of history up to four, of descriptions none. */
  public static List<Fact> of(Event event, Origin origin) {
    if (event instanceof Event.AgentStateChanged changed) {
      return List.of(state(changed, origin));
    }
    return event instanceof Event.InquiryEvent about ? ofInquiry(about, origin) : List.of();
  }

  private static Fact state(Event.AgentStateChanged changed, Origin origin) {
    return new Fact(
        changed.key(),
        origin,
        Kind.STATE,
        0,
        changed.at(),
        null,
        null,
        null,
        changed.agent(),
        changed.state().wireName(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static List<Fact> ofInquiry(Event.InquiryEvent event, Origin origin) {
    Draft draft = new Draft(event, origin);
    if (event instanceof Event.CallReceived e) {
      draft.flag = e.outOfHours();
      draft.word = e.direction() == null ? null : e.direction().wireName();
      if (e.door() == Door.DESK && e.direction() != Direction.OUT) {
        draft.word = BY_HAND;
        draft.agent = e.agent();
      }
      return draft.as(Kind.RECEIVED);
    } else if (event instanceof Event.CallAnswered e) {
      draft.agent = e.agent();
      draft.waitSeconds = capped(e.waitSeconds());
      return draft.as(Kind.ANSWERED);
    } else if (event instanceof Event.CallEnded e) {
      draft.agent = e.agent();
      draft.word = e.outcome().wireName();
      draft.department = e.connectedTo();
      draft.waitSeconds = e.waitSeconds() == null ? null : capped(e.waitSeconds());
      if (e.talkSeconds() != null) {
        draft.handleSeconds =
            capped(e.talkSeconds()) + capped(e.holdSeconds()) + capped(e.afterCallSeconds());
      }
      return draft.as(Kind.ENDED);
    } else if (event instanceof Event.InquiryAssigned e) {
      draft.agent = e.agent();
      return draft.as(Kind.ASSIGNED);
    } else if (event instanceof Event.InquiryResolved e) {
      draft.agent = e.by() == By.AGENT ? e.who() : null;
      draft.department = e.department();
      draft.word = e.how().wireName();
      draft.flag = e.atFirstContact();
      draft.by = e.by();
      return draft.as(Kind.RESOLVED);
    } else if (event instanceof Event.ComplaintEscalated e) {
      draft.agent = e.agent();
      draft.department = e.department();
      draft.number = e.transfers();
      draft.dueAt = e.dueAt();
      return draft.as(Kind.ESCALATED);
    } else if (event instanceof Event.ComplaintAcknowledged e) {
      draft.department = e.department();
      return draft.as(Kind.ACKNOWLEDGED);
    } else if (event instanceof Event.ComplaintReturned e) {
      draft.department = e.department();
      return draft.as(Kind.RETURNED);
    } else if (event instanceof Event.ComplaintReminded e) {
      draft.department = e.department();
      draft.word = e.reminder().wireName();
      return draft.as(Kind.REMINDED);
    } else if (event instanceof Event.DepartmentTold e) {
      draft.department = e.department();
      draft.word = e.outcome().wireName();
      return draft.as(Kind.TOLD);
    } else if (event instanceof Event.InquiryReopened) {
      return draft.as(Kind.REOPENED);
    } else if (event instanceof Event.InquiryRepeated) {
      return draft.as(Kind.REPEATED);
    } else if (event instanceof Event.SatisfactionRated e) {
      draft.number = e.score();
      return draft.as(Kind.RATED);
    } else if (event instanceof Event.HistoryRecorded e) {
      return ofHistory(e, draft);
    }
    return List.of();
  }

  /**
   * Every part of a past inquiry is a fact of its own, so that a later export adds only what is
   * new.
   */
  private static List<Fact> ofHistory(Event.HistoryRecorded event, Draft draft) {
    List<Fact> facts = new ArrayList<>(4);
    draft.flag = event.abandoned();
    facts.addAll(draft.past(Kind.RECEIVED, 0, event.inquiry().receivedAt()));
    draft.flag = null;
    Event.PastEscalation escalation = event.escalation();
    if (escalation != null) {
      draft.department = escalation.department();
      facts.addAll(draft.past(Kind.ESCALATED, 1, escalation.at()));
    }
    if (event.acknowledgedAt() != null) {
      facts.addAll(draft.past(Kind.ACKNOWLEDGED, 1, event.acknowledgedAt()));
    }
    Event.PastResolution resolution = event.resolution();
    if (resolution != null) {
      if (resolution.by() != By.DEPARTMENT) {
        draft.department = null;
      }
      draft.agent = resolution.by() == By.AGENT ? resolution.who() : null;
      draft.word = resolution.how().wireName();
      draft.by = resolution.by();
      facts.addAll(draft.past(Kind.RESOLVED, 2, resolution.at()));
    }
    return facts;
  }

  /** No call is longer than a day; whatever an event says, the sums stay right. */
  private static int capped(@Nullable Integer seconds) {
    return seconds == null ? 0 : Math.max(0, Math.min(seconds, DAY_SECONDS));
  }

  /** Collects a fact's parts; what most facts have in common is set from the event. */
  private static final class Draft {
    private final Event.InquiryEvent event;
    private final Origin origin;
    private @Nullable String department;
    private @Nullable String agent;
    private @Nullable String word;
    private @Nullable Boolean flag;
    private @Nullable Integer waitSeconds;
    private @Nullable Integer handleSeconds;
    private @Nullable Integer number;
    private @Nullable By by;
    private @Nullable Instant dueAt;

    Draft(Event.InquiryEvent event, Origin origin) {
      this.event = event;
      this.origin = origin;
    }

    List<Fact> as(Kind kind) {
      String counter = event.counter();
      String key =
          event.topic().wireName() + "/" + event.step() + (counter == null ? "" : "/" + counter);
      return List.of(build(key, kind, event.step(), event.at()));
    }

    List<Fact> past(Kind kind, int step, @Nullable Instant at) {
      return at == null
          ? List.of()
          : List.of(
              build("history/" + kind.name().toLowerCase(java.util.Locale.ROOT), kind, step, at));
    }

    private Fact build(String key, Kind kind, int step, Instant at) {
      return new Fact(
          key,
          origin,
          kind,
          step,
          at,
          event.inquiry().channel(),
          event.inquiry().category(),
          department,
          agent,
          word,
          flag,
          waitSeconds,
          handleSeconds,
          number,
          by,
          dueAt);
    }
  }
}
