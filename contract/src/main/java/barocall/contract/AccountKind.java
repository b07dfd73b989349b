package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody did at the log-in, or to what others may do there. */
public enum AccountKind implements WireName {
  @JsonProperty("log-in")
  LOG_IN,
  /** A log-in that was refused, or several of them. */
  @JsonProperty("log-in-refused")
  LOG_IN_REFUSED,
  @JsonProperty("log-out")
  LOG_OUT,
  @JsonProperty("add-person")
  ADD_PERSON,
  @JsonProperty("disable-person")
  DISABLE_PERSON,
  @JsonProperty("enable-person")
  ENABLE_PERSON,
  @JsonProperty("change-password")
  CHANGE_PASSWORD,
  @JsonProperty("add-key")
  ADD_KEY,
  @JsonProperty("remove-key")
  REMOVE_KEY,
  /** The key that seals how to reach a city's citizens. */
  @JsonProperty("rotate-key")
  ROTATE_KEY,
  /** What a check of these records found wrong was accepted. */
  @JsonProperty("accept-findings")
  ACCEPT_FINDINGS;
}
