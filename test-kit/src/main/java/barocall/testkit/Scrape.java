package barocall.testkit;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service's {@code /actuator/prometheus} said at one moment. */
public record Scrape(String text) {
  private static final Pattern LINE =
      Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{([^}]*)})? (\\S+)$");

  /**
   * The sum over all series of that name with all those labels.
   *
   * @param labels as they stand there: {@code city="gyeongju"}
   * @return empty if there is none
   */
  public OptionalDouble find(String name, String... labels) {
    Matcher line = LINE.matcher(text);
    double sum = 0;
    boolean found = false;
    while (line.find()) {
      String its = "," + (line.group(2) == null ? "" : line.group(2)) + ",";
      if (line.group(1).equals(name)
          && Arrays.stream(labels).allMatch(label -> its.contains("," + label + ","))) {
        sum += Double.parseDouble(line.group(3).replace("+Inf", "Infinity"));
        found = true;
      }
    }
    return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  /** As {@link #find}, and 0 where there is none yet. */
  public double value(String name, String... labels) {
    return find(name, labels).orElse(0);
  }
}
