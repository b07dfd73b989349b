package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of reasons for a decision of routing. */
public enum WhyKind implements WireName {
  @JsonProperty("rule")
  RULE,
  @JsonProperty("no-rule")
  NO_RULE,
  @JsonProperty("emergency")
  EMERGENCY,
  @JsonProperty("agent")
  AGENT,
  @JsonProperty("returned")
  RETURNED,
  @JsonProperty("reopened")
  REOPENED,
  @JsonProperty("welfare-call")
  WELFARE_CALL,
  @JsonProperty("call-ended")
  CALL_ENDED;
}
