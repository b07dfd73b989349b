package barocall.analytics.facts;

/** What is counted. The stored names are short because they stand in every rollup. */
public enum Count {
  RECEIVED("received"),
  RESOLVED("resolved"),
  RESOLVED_AT_FIRST_CONTACT("firstContact"),
  ESCALATED("escalated"),
  ABANDONED("abandoned"),
  /** Calls placed in the queue. */
  OFFERED("offered"),
  /** Calls that an agent took: consultations. */
  ANSWERED("answered"),
  /** Abandoned while the centre was open and before anybody answered: those that were offered. */
  ABANDONED_IN_QUEUE("abandonedInQueue"),
  /** Of those, past calls: like answers after an unknown wait, nothing for a service level. */
  ABANDONED_IN_THE_PAST("abandonedInThePast"),
  /** Left the queue in under 5 s. */
  SHORT_ABANDONED("shortAbandoned"),
  /** Answered within 20 s. */
  ANSWERED_SOON("answeredSoon"),
  /** Left the queue for any reason within 20 s. */
  LEFT_SOON("leftSoon"),
  CALLBACKS("callbacks"),
  /** Answered, and it is known after how long; with the sum of it. */
  ANSWERED_TIMED("answeredTimed"),
  WAIT_SECONDS("waitSeconds"),
  /** Calls whose handling time is known, and the sum of talk, hold and after-call work. */
  HANDLED("handled"),
  HANDLE_SECONDS("handleSeconds"),
  /** Came while the centre was closed; what we ring does not come. */
  OUT_OF_HOURS("outOfHours"),
  OUTGOING("outgoing"),
  /** Seconds of agents on calls or at after-call work, and available for the next call. */
  BUSY_SECONDS("busySeconds"),
  IDLE_SECONDS("idleSeconds"),
  /** Put through live to an officer. */
  CONNECTED("connected"),
  /** Ended by an agent without a department, neither put through nor left undescribed. */
  SOLVED_BY_AGENT("solvedByAgent"),
  /** Of those, the ones about which the same person came back within 7 days. */
  REPEATED_SOON("repeatedSoon"),
  /**
   * Of both, calls that nobody had answered: the caller asked to be rung or hung up, or we rang.
   * They are no part of what the answered calls came to.
   */
  SOLVED_UNANSWERED("solvedUnanswered"),
  REPEATED_UNANSWERED("repeatedUnanswered"),
  /** Ended by a rule's answer. */
  ANSWERED_BY_RULE("answeredByRule"),
  ACKNOWLEDGED("acknowledged"),
  RETURNED("returned"),
  TRANSFERRED("transferred"),
  /** Complaints that changed department three times or more. */
  TRANSFERRED_OFTEN("transferredOften"),
  /** Ends of complaints with a due time, by it or after it; each end of one that was reopened. */
  ON_TIME("onTime"),
  LATE("late"),
  REMINDED("reminded"),
  CHASED("chased"),
  TELLING_GIVEN_UP("tellingGivenUp"),
  REOPENED("reopened"),
  /** Within 30 days of the resolution. */
  REOPENED_SOON("reopenedSoon"),
  RATED("rated"),
  /** Ratings of 4 or 5. */
  SATISFIED("satisfied"),
  /** An end that lies before its beginning: kept at its own time, left out of durations. */
  END_BEFORE_BEGINNING("endBeforeBeginning");

  private final String stored;

  Count(String stored) {
    this.stored = stored;
  }

  /** Its name in the store and in JSON. */
  public String stored() {
    return stored;
  }
}
