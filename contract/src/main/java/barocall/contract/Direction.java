package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who rang whom: in, a citizen rang the centre; out, the centre rang a citizen. */
public enum Direction implements WireName {
  @JsonProperty("in")
  IN,
  @JsonProperty("out")
  OUT;
}
