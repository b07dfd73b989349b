package barocall.testkit.model;

import java.util.List;

/**
 * A state in which something is not as promised.
 *
 * @param what is wrong
 * @param schedule the steps to it, of which no shorter list leads to anything wrong
 */
public record Finding(String what, List<String> schedule) {
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(what);
    for (int i = 0; i < schedule.size(); i++) {
      text.append(String.format("%n%3d. ", i + 1)).append(schedule.get(i));
    }
    return text.toString();
  }
}
