package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of telling a department. */
public enum Telling implements WireName {
  @JsonProperty("told")
  TOLD,
  @JsonProperty("given-up")
  GIVEN_UP;
}
