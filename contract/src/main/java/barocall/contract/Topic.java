package barocall.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The topics: each the home of one event. They are declared here and nowhere else. */
public enum Topic implements WireName {
  CALL_RECEIVED(Event.CallReceived.class),
  CALL_ANSWERED(Event.CallAnswered.class),
  CALL_ENDED(Event.CallEnded.class),
  AGENT_STATE_CHANGED(Event.AgentStateChanged.class),
  INQUIRY_DESCRIBED(Event.InquiryDescribed.class),
  INQUIRY_ASSIGNED(Event.InquiryAssigned.class),
  INQUIRY_RESOLVED(Event.InquiryResolved.class),
  ANSWER_CORRECTED(Event.AnswerCorrected.class),
  COMPLAINT_ESCALATED(Event.ComplaintEscalated.class),
  COMPLAINT_ACKNOWLEDGED(Event.ComplaintAcknowledged.class),
  COMPLAINT_RETURNED(Event.ComplaintReturned.class),
  RECALL_REQUESTED(Event.RecallRequested.class),
  COMPLAINT_RECALLED(Event.ComplaintRecalled.class),
  COMPLAINT_REMINDED(Event.ComplaintReminded.class),
  DEPARTMENT_TOLD(Event.DepartmentTold.class),
  INQUIRY_REOPENED(Event.InquiryReopened.class),
  INQUIRY_REPEATED(Event.InquiryRepeated.class),
  SATISFACTION_RATED(Event.SatisfactionRated.class),
  HISTORY_RECORDED(Event.HistoryRecorded.class),
  ACCESS_RECORDED(Event.AccessRecorded.class),
  ACCOUNT_RECORDED(Event.AccountRecorded.class);

  /** The version of every event that this release writes, and the only one that it reads. */
  public static final int VERSION = 1;

  private static final Map<String, Topic> BY_WIRE_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Topic::wireName, Function.identity()));

  private final Class<? extends Event> record;
  private final String wireName;

  Topic(Class<? extends Event> record) {
    this.record = record;
    this.wireName = WireName.super.wireName();
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** The record that lives there. */
  public Class<? extends Event> record() {
    return record;
  }

  /** The CloudEvents type, e.g. {@code barocall.call-received.v1}. */
  public String type() {
    return "barocall." + wireName + ".v" + VERSION;
  }

  /** Where a service puts records of this topic that could not be read or were refused. */
  public String deadLetters(String service) {
    return wireName + "." + service + ".dead";
  }

  /** The topic of that name, if it is one of ours. */
  public static Optional<Topic> find(String wireName) {
    return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
  }

  /** All wire names, for a consumer of everything. */
  public static List<String> wireNames() {
    return Arrays.stream(values()).map(Topic::wireName).toList();
  }
}
