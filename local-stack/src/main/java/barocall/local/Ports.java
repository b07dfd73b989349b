package barocall.local;

/** Where everything listens: all move together with the port base. */
record Ports(int base) {
  static final int DEFAULT_BASE = 8080;
  private static final int LOWEST = 1024;
  private static final int HIGHEST = 65_525;
  private static final int BETWEEN_INSTANCES = 10;

  Ports {
    if (base < LOWEST || base > HIGHEST) {
      throw LaunchException.wrongUsage(
          "The port base %d is out of range; choose one from %d to %d."
              .formatted(base, LOWEST, HIGHEST));
    }
  }

  /**
   * Where an instance of a service listens: the first ones side by side, each next instance ten
   * higher.
   *
   * @param place of the service among the services, from 0
   */
  int service(int place, int instance) {
    return base + 1 + place + BETWEEN_INSTANCES * instance;
  }

  int intake() {
    return base + 1;
  }

  int routing() {
    return base + 2;
  }

  int notification() {
    return base + 3;
  }

  int analytics() {
    return base + 4;
  }

  int catcher() {
    return base + 6;
  }

  int smtp() {
    return base + 7;
  }

  int broker() {
    return base + 8;
  }

  int controller() {
    return base + 9;
  }

  int store() {
    return base + 10;
  }
}
