package barocall.notification.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole case as its department sees it.
 *
 * @param contact how to reach the citizen; absent when the department no longer holds the case
 * @param history what happened, the earliest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CaseView(
    @JsonUnwrapped InboxItem item, @Nullable OpenedContact contact, List<HistoryEntry> history) {

  /** The citizen's own data, opened for this one answer. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OpenedContact(@Nullable String name, @Nullable String telephone, @Nullable String email) {
    /** Never into a log. */
    @Override
    public String toString() {
      return "OpenedContact[]";
    }
  }

  /**
   * One thing that happened.
   *
   * @param what {@code received}, {@code described}, {@code at-desk}, {@code escalated}, {@code
   *     acknowledged}, {@code returned}, {@code recall-requested}, {@code recalled}, {@code
   *     reminder}, {@code chaser}, {@code resolved}, {@code corrected} or {@code reopened}
   * @param by user name or agent's id
   * @param words a reason, an answer or a sentence that explains
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record HistoryEntry(
      OffsetDateTime at,
      String what,
      int step,
      @Nullable String department,
      @Nullable String departmentName,
      @Nullable String by,
      @Nullable String words) {}
}
