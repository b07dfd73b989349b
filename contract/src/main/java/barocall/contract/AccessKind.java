package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody was shown, or did, of what concerns citizens. */
public enum AccessKind implements WireName {
  /** A list of inquiries: at the desk or in an inbox, also one that changes by itself. */
  @JsonProperty("list")
  LIST,
  /** One inquiry whole, with what else came from the same telephone. */
  @JsonProperty("case")
  CASE,
  /** How far an inquiry is, with its answer. */
  @JsonProperty("receipt")
  RECEIPT,
  /** A record that was put aside, with what a citizen wrote. */
  @JsonProperty("dead-letter")
  DEAD_LETTER,
  @JsonProperty("open")
  OPEN,
  @JsonProperty("describe")
  DESCRIBE,
  /** Somebody ended it, or put right the answer with which it ended. */
  @JsonProperty("resolve")
  RESOLVE,
  @JsonProperty("escalate")
  ESCALATE,
  @JsonProperty("acknowledge")
  ACKNOWLEDGE,
  /** A department sent it back, or the desk took it back from a department. */
  @JsonProperty("return")
  RETURN,
  @JsonProperty("reopen")
  REOPEN,
  @JsonProperty("rate")
  RATE,
  @JsonProperty("send-again")
  SEND_AGAIN,
  @JsonProperty("erase")
  ERASE;
}
