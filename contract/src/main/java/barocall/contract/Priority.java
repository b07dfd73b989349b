package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How urgent a complaint is. */
public enum Priority implements WireName {
  @JsonProperty("normal")
  NORMAL,
  @JsonProperty("high")
  HIGH,
  @JsonProperty("urgent")
  URGENT;
}
