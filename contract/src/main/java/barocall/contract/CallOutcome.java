package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a call ended: answered, the caller left, or the caller asks to be rung back. */
public enum CallOutcome implements WireName {
  @JsonProperty("answered")
  ANSWERED,
  @JsonProperty("abandoned")
  ABANDONED,
  @JsonProperty("callback")
  CALLBACK;
}
