package barocall.routing.triage;

import java.util.List;

/**
 * Departments that may be in charge, the likeliest first.
 *
 * @param wellFounded named by a rule or by the category that the inquiry has
 * @param guessed found only by words that stand in the inquiry
 */
public record Suggestions(List<String> wellFounded, List<String> guessed) {
  private static final int AT_MOST = 3;

  public Suggestions {
    wellFounded = List.copyOf(wellFounded);
    guessed = List.copyOf(guessed);
  }

  /** The first few, each once. */
  public List<String> first() {
    return java.util.stream.Stream.concat(wellFounded.stream(), guessed.stream())
        .distinct()
        .limit(AT_MOST)
        .toList();
  }
}
