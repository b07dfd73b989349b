package barocall.notification.inbox;

import barocall.city.City;
import barocall.contract.WireName;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Which lines of an inbox somebody wants to see. */
enum InboxFilter implements WireName {
  /** All that the department still has to do. */
  OPEN,
  /** Nobody has taken it (미접수). */
  ESCALATED,
  /** Somebody works on it (처리 중). */
  ACKNOWLEDGED,
  /** Due today or tomorrow (기한 임박). */
  DUE_SOON,
  /** Overdue (기한 경과). */
  OVERDUE,
  /** Answered lately (처리완료). */
  RESOLVED,
  /** Sent back lately (반송). */
  RETURNED,
  /** Taken back by the desk lately (회수). */
  RECALLED;

  /** Whether these are among what was done, not among what is open. */
  boolean isOfDone() {
    return this == RESOLVED || this == RETURNED || this == RECALLED;
  }

  boolean fits(InboxItem item, Instant now, City city) {
    OffsetDateTime due = item.dueAt();
    return switch (this) {
      case OPEN -> true;
      case ESCALATED, ACKNOWLEDGED, RESOLVED, RETURNED, RECALLED -> item.state().equals(wireName());
      case OVERDUE -> due != null && due.toInstant().isBefore(now);
      case DUE_SOON ->
          due != null
              && !due.toInstant().isBefore(now)
              && !city.localDate(due.toInstant()).isAfter(city.localDate(now).plusDays(1));
    };
  }
}
