package barocall.contract;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the records' components. Messages name the component, never its value: it may be
 * personal.
 */
final class Require {
  private static final Instant YEAR_1 = Instant.parse("0001-01-02T00:00:00Z");
  private static final Instant YEAR_9999 = Instant.parse("9999-12-30T00:00:00Z");

  /** More often than that no inquiry changes hands; the next step must still be a number. */
  private static final int MOST_STEPS = 100_000;

  private Require() {}

  static void begin(Event.@Nullable Inquiry inquiry, @Nullable Instant at, int step) {
    present(inquiry, "inquiry");
    time(at, "at");
    notNegative(step, "step");
    if (step > MOST_STEPS) {
      throw new IllegalArgumentException("step must not be above " + MOST_STEPS);
    }
  }

  static void present(@Nullable Object value, String name) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
  }

  /** A time that is there and lies in the years 1 to 9999, as stores and calendars can hold it. */
  static void time(@Nullable Instant value, String name) {
    present(value, name);
    possible(value, name);
  }

  static void possible(@Nullable Instant value, String name) {
    if (value != null && (value.isBefore(YEAR_1) || value.isAfter(YEAR_9999))) {
      throw new IllegalArgumentException(name + " is out of range");
    }
  }

  static void text(@Nullable String value, String name) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing");
    }
  }

  static void zero(int step) {
    if (step != 0) {
      throw new IllegalArgumentException("step must be 0");
    }
  }

  static void notNegative(@Nullable Integer value, String name) {
    if (value != null && value < 0) {
      throw new IllegalArgumentException(name + " must not be negative");
    }
  }

  static void range(@Nullable Double value, double least, double most, String name) {
    if (value != null && !(value >= least && value <= most)) {
      throw new IllegalArgumentException(name + " must lie between " + least + " and " + most);
    }
  }

  static List<String> list(@Nullable List<String> values) {
    return values == null ? List.of() : List.copyOf(values);
  }
}
