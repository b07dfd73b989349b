package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A reminder comes before the due time, a chaser (독촉장, 민원 처리에 관한 법률 시행령 22) after it. */
public enum Reminder implements WireName {
  @JsonProperty("reminder")
  REMINDER,
  @JsonProperty("chaser")
  CHASER;
}
