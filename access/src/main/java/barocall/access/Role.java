package barocall.access;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a person does here, and so what they may see. */
public enum Role {
  /** Answers citizens at the desk. */
  @JsonProperty("agent")
  AGENT,
  /** Works the inbox of one department. */
  @JsonProperty("department")
  DEPARTMENT,
  /** Watches over one city, or over all. */
  @JsonProperty("admin")
  ADMIN
}
