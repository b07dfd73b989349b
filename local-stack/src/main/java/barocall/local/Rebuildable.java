package barocall.local;

import java.io.IOException;
import java.util.Map;

/** A service whose lists and figures can be made anew by another process of its kind. */
interface Rebuildable {
  /** As status shows it. */
  String name();

  /** Whether it should be running. */
  boolean isWanted();

  boolean isRunning();

  /** Starts the other process, to speak with by its input and output. */
  Process besides(Map<String, String> environment) throws IOException;
}
