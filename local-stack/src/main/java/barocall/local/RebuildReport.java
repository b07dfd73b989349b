package barocall.local;

import java.util.List;

/**
 * How far a rebuild is.
 *
 * @param running whether it goes on
 */
record RebuildReport(boolean running, List<Part> parts) {
  RebuildReport {
    parts = List.copyOf(parts);
  }

  /**
   * One service's part.
   *
   * @param read records that were read so far
   * @param of records that there were when it began
   * @param detail why it failed; else empty
   */
  record Part(String service, Phase phase, long read, long of, String detail) {
    /** In words. */
    String sentence() {
      return switch (phase) {
        case WAITING -> service + " waits for its turn.";
        case STARTING -> service + ": the rebuild starts.";
        case READING -> "%s: %,d of %,d records.".formatted(service, read, of);
        case SWITCHING -> service + ": caught up; it stops and comes back with what is new.";
        case DONE -> "%s is rebuilt from %,d records.".formatted(service, of);
        case FAILED -> "%s is not rebuilt: %s".formatted(service, detail);
      };
    }
  }

  enum Phase {
    WAITING,
    STARTING,
    READING,
    SWITCHING,
    DONE,
    FAILED
  }

  boolean isDone() {
    return parts.stream().allMatch(part -> part.phase() == Phase.DONE);
  }
}
