package barocall.city;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of a city's routing rules; the first that matches decides. A condition that is empty or null
 * holds for every inquiry.
 *
 * @param channels names of channels as they go over the wire, e.g. {@code telephone}
 * @param categories ids of categories, with the spellings of imported files
 * @param any at least one of these words must stand in the inquiry
 * @param all every one of these words must stand in the inquiry
 * @param outOfHours true: only while the centre is closed; false: only while it is open
 * @param why a sentence for people who ask why
 */
public record Rule(
    String id,
    Set<String> channels,
    Set<String> categories,
    List<String> any,
    List<String> all,
    @Nullable Boolean outOfHours,
    Decision decision,
    Text why) {

  public Rule {
    channels = Set.copyOf(channels);
    categories = Set.copyOf(categories);
    any = any.stream().map(Words::folded).toList();
    all = all.stream().map(Words::folded).toList();
  }

  /**
   * Whether the rule decides this inquiry.
   *
   * @param category null if nobody named one
   * @param words subject and text
   * @param open whether the centre was open when the inquiry came
   */
  public boolean matches(String channel, @Nullable String category, String words, boolean open) {
    return matchesFolded(channel, category, Words.folded(words), open);
  }

  boolean matchesFolded(String channel, @Nullable String category, String words, boolean open) {
    return (channels.isEmpty() || channels.contains(channel))
        && (categories.isEmpty() || (category != null && categories.contains(category)))
        && (outOfHours == null || outOfHours != open)
        && (any.isEmpty() || any.stream().anyMatch(word -> Words.stands(word, words)))
        && all.stream().allMatch(word -> Words.stands(word, words));
  }

  /** Whether this rule, standing before the other, certainly takes every inquiry from it. */
  boolean covers(Rule later) {
    return (channels.isEmpty()
            || (!later.channels.isEmpty() && channels.containsAll(later.channels)))
        && (categories.isEmpty()
            || (!later.categories.isEmpty() && categories.containsAll(later.categories)))
        && (outOfHours == null || outOfHours.equals(later.outOfHours))
        && (any.isEmpty() || coversAny(later))
        && all.stream()
            .allMatch(word -> later.all.stream().anyMatch(more -> Words.stands(word, more)));
  }

  private boolean coversAny(Rule later) {
    boolean everyAlternative = !later.any.isEmpty() && later.any.stream().allMatch(this::hasWordIn);
    return everyAlternative || later.all.stream().anyMatch(this::hasWordIn);
  }

  private boolean hasWordIn(String text) {
    return any.stream().anyMatch(word -> Words.stands(word, text));
  }
}
