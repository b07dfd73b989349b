package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** By which way a department is told. */
public enum Way implements WireName {
  @JsonProperty("inbox")
  INBOX,
  @JsonProperty("email")
  EMAIL,
  @JsonProperty("webhook")
  WEBHOOK;
}
