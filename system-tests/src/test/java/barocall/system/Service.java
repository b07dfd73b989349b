package barocall.system;

import java.util.Locale;

/** The four services, in the order of their ports. */
enum Service {
  INTAKE,
  ROUTING,
  NOTIFICATION,
  ANALYTICS;

  /** From the port base. */
  int offset() {
    return ordinal() + 1;
  }

  /** As the launcher calls its process. */
  String process() {
    return name().toLowerCase(Locale.ROOT) + "-service";
  }
}
