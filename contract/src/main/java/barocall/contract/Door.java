package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Through which of our doors an inquiry came in. */
public enum Door implements WireName {
  @JsonProperty("calls")
  CALLS,
  @JsonProperty("inquiries")
  INQUIRIES,
  @JsonProperty("open311")
  OPEN311,
  @JsonProperty("desk")
  DESK;
}
