package barocall.city;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an inquiry can be about.
 *
 * @param keywords words by which a citizen finds it
 * @param department the department that usually handles it; null if that depends
 * @param petitionKind the kind of petition that it usually is; null for the city's default
 * @param common true for those that the citizen's form shows as buttons
 * @param imported how files of past inquiries spell it
 */
public record Category(
    String id,
    Text name,
    List<String> keywords,
    @Nullable String department,
    @Nullable String petitionKind,
    boolean common,
    List<String> imported) {

  public Category {
    keywords = List.copyOf(keywords);
    imported = List.copyOf(imported);
  }

  boolean isCalled(String idOrSpelling) {
    return id.equals(idOrSpelling) || imported.contains(idOrSpelling);
  }

  /** Its keywords that stand in what a citizen wrote. */
  public List<String> keywordsStandingIn(String words) {
    String folded = Words.folded(words);
    return keywords.stream().filter(it -> Words.stands(Words.folded(it), folded)).toList();
  }

  long keywordsIn(String folded) {
    return keywords.stream().filter(it -> Words.stands(Words.folded(it), folded)).count();
  }
}
