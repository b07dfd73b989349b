package barocall.intake.spool;

import java.io.IOException;

/** There is no room left in the spool, by its own limit. */
final class SpoolFullException extends IOException {
  SpoolFullException() {
    super("the spool is full");
  }
}
