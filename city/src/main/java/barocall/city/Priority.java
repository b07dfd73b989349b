package barocall.city;

/** How soon a department should look at a complaint. */
public enum Priority {
  NORMAL,
  HIGH,
  URGENT
}
