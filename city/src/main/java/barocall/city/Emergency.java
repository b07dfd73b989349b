package barocall.city;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The words of danger to life, and whom to ring. An inquiry with one never gets an answer by rule.
 */
public record Emergency(List<Group> groups) {

  public Emergency {
    groups = List.copyOf(groups);
  }

  /**
   * Words that call for one number.
   *
   * @param number e.g. 119
   * @param name who answers it
   * @param harmless phrases in which a word means nothing of the kind, e.g. fire insurance
   */
  public record Group(String number, Text name, List<String> words, List<String> harmless) {
    public Group {
      words = words.stream().map(Words::folded).toList();
      // The longest first, so that a shorter phrase inside it leaves no half of it behind.
      harmless =
          harmless.stream()
              .map(Words::folded)
              .sorted(Comparator.comparing(String::length).reversed())
              .toList();
    }
  }

  /** The words found in subject and text, in the order of the city file; empty if none. */
  public List<EmergencyHit> found(String text) {
    String folded = Words.folded(text);
    List<EmergencyHit> hits = new ArrayList<>();
    for (Group group : groups) {
      String rest = folded;
      for (String phrase : group.harmless) {
        rest = Words.without(phrase, rest);
      }
      for (String word : group.words) {
        if (Words.stands(word, rest)) {
          hits.add(new EmergencyHit(group.number, word));
        }
      }
    }
    return List.copyOf(hits);
  }
}
