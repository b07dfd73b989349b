package barocall.contract;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the records' components. Messages name the component, never its value: it may be
 * personal.
 */
final class Require {
  private Require() {}

  static void begin(Event.@Nullable Inquiry inquiry, @Nullable Instant at, int step) {
    present(inquiry, "inquiry");
    present(at, "at");
    notNegative(step, "step");
  }

  static void present(@Nullable Object value, String name) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
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
