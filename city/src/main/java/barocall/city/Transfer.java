package barocall.city;

import java.time.Instant;

/** Papers that were handed on, and when they arrived there. */
public record Transfer(Distance distance, Instant at) {

  /** How far papers go, and the working hours that the law allows for it (시행령 제13조). */
  public enum Distance {
    /** From the front office to a department. */
    DEPARTMENT(1),
    /** From the front office to a department far away. */
    DISTANT_DEPARTMENT(3),
    /** Between the offices of one agency. */
    OFFICE(3),
    /** To another agency; the petitioner is told. */
    AGENCY(8);

    private final int workingHours;

    Distance(int workingHours) {
      this.workingHours = workingHours;
    }

    /** The working hours within which papers are handed on. */
    public int workingHours() {
      return workingHours;
    }
  }
}
