package barocall.routing.triage;

import barocall.city.Category;
import barocall.city.Text;
import java.util.List;
import java.util.Objects;

/**
 * Why a department may be in charge.
 *
 * @param text what a rule says, or the name of a category
 * @param words the category's keywords that stand in the inquiry
 */
public record Reason(String department, Kind kind, Text text, List<String> words) {
  /** What it rests on, the best founded first. */
  public enum Kind {
    RULE,
    CATEGORY,
    WORDS
  }

  public Reason {
    words = List.copyOf(words);
  }

  static Reason of(Category category, Kind kind, List<String> words) {
    return new Reason(Objects.requireNonNull(category.department()), kind, category.name(), words);
  }
}
