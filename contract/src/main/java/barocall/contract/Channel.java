package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** By which way a citizen got in touch. */
public enum Channel implements WireName {
  @JsonProperty("telephone")
  TELEPHONE,
  @JsonProperty("web")
  WEB,
  @JsonProperty("mobile")
  MOBILE,
  @JsonProperty("sms")
  SMS,
  @JsonProperty("fax")
  FAX,
  @JsonProperty("email")
  EMAIL,
  @JsonProperty("counter")
  COUNTER,
  @JsonProperty("crew")
  CREW,
  @JsonProperty("open311")
  OPEN311,
  @JsonProperty("other")
  OTHER;
}
