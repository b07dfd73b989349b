package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who ended an inquiry. */
public enum By implements WireName {
  @JsonProperty("agent")
  AGENT,
  @JsonProperty("department")
  DEPARTMENT,
  @JsonProperty("rule")
  RULE;
}
