package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** State of an agent's telephone. */
public enum AgentState implements WireName {
  @JsonProperty("available")
  AVAILABLE,
  @JsonProperty("ringing")
  RINGING,
  @JsonProperty("on-call")
  ON_CALL,
  @JsonProperty("after-call")
  AFTER_CALL,
  @JsonProperty("break")
  BREAK,
  @JsonProperty("off")
  OFF;
}
