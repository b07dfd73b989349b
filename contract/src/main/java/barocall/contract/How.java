package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an inquiry ends. */
public enum How implements WireName {
  @JsonProperty("answered")
  ANSWERED,
  @JsonProperty("done")
  DONE,
  @JsonProperty("connected")
  CONNECTED,
  @JsonProperty("cancelled")
  CANCELLED,
  @JsonProperty("referred")
  REFERRED,
  @JsonProperty("undescribed")
  UNDESCRIBED,
  @JsonProperty("abandoned")
  ABANDONED;
}
