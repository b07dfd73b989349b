package barocall.city;

import java.time.Instant;

/**
 * Time that is not counted (시행령 제20조). One that has not ended yet is passed with the present moment
 * as its end; the due time is then the earliest possible.
 *
 * @param to for whole days any moment of the last one
 */
public record Exclusion(Reason reason, Instant from, Instant to) {

  public Exclusion {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("An exclusion ends before it begins: " + from + ", " + to);
    }
  }

  /** Why time is not counted. */
  public enum Reason {
    /** The petitioner supplements the papers; the days of request and of arrival are included. */
    SUPPLEMENT,
    /** Papers are on their way to a distant office. */
    DISTANT_TRANSFER,
    /** An on-site investigation: at most 14 days (시행령 제17조). */
    ON_SITE,
    /** Its one continuation: at most 7 days more (시행령 제17조). */
    ON_SITE_CONTINUED
  }
}
