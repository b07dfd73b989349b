package barocall.city;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that Barocall knows about a city, from its file.
 *
 * @param id name of the file without its ending; stands in addresses and events
 * @param language what the city speaks to a citizen who did not choose
 * @param coordinatingDepartment decides where a complaint belongs that was passed on too often
 * @param defaultPetitionKind the kind of a complaint whose category and rule name none
 * @param targets what its figures should reach
 */
public record City(
    String id,
    Text name,
    Locale language,
    ZoneId timeZone,
    List<TelephoneNumber> numbers,
    OpeningHours hours,
    HolidayCalendar holidays,
    WorkingTime workingTime,
    Interpretation interpretation,
    List<Department> departments,
    List<Category> categories,
    List<Rule> rules,
    List<PetitionKind> petitionKinds,
    List<Agent> agents,
    Emergency emergency,
    Baseline baseline,
    String coordinatingDepartment,
    String defaultPetitionKind,
    Targets targets) {

  public City {
    numbers = List.copyOf(numbers);
    departments = List.copyOf(departments);
    categories = List.copyOf(categories);
    rules = List.copyOf(rules);
    petitionKinds = List.copyOf(petitionKinds);
    agents = List.copyOf(agents);
  }

  /** The department of that id; empty for one that only an imported file knows. */
  public Optional<Department> department(String id) {
    return first(departments, it -> it.id().equals(id));
  }

  /** The category of that id, or that an imported file spells so. */
  public Optional<Category> category(String idOrSpelling) {
    return first(categories, it -> it.isCalled(idOrSpelling));
  }

  /** The petition kind of that id. */
  public Optional<PetitionKind> petitionKind(String id) {
    return first(petitionKinds, it -> it.id().equals(id));
  }

  /**
   * The petition kind of an inquiry of that category: the category's own, else the city's default.
   */
  public PetitionKind petitionKindOf(@Nullable String category) {
    return Optional.ofNullable(category)
        .flatMap(this::category)
        .map(Category::petitionKind)
        .or(() -> Optional.of(defaultPetitionKind))
        .flatMap(this::petitionKind)
        .orElseThrow(() -> new IllegalStateException("No petition kind " + defaultPetitionKind));
  }

  /** The agent of that id. */
  public Optional<Agent> agent(String id) {
    return first(agents, it -> it.id().equals(id));
  }

  /** The number that a caller reached who dialled this; empty if it does not ring here. */
  public Optional<TelephoneNumber> number(String dialled) {
    return first(numbers, it -> it.isReachedBy(dialled));
  }

  /** The rule that decides an inquiry, see {@link Rule#matches}; empty if none does. */
  public Optional<Rule> rule(
      String channel, @Nullable String category, String words, boolean open) {
    String folded = Words.folded(words);
    return first(rules, it -> it.matchesFolded(channel, category, folded, open));
  }

  /** The categories whose keywords stand in what a citizen wrote, the most keywords first. */
  public List<Category> categoriesIn(String words) {
    String folded = Words.folded(words);
    Map<Category, Long> found = new LinkedHashMap<>();
    for (Category category : categories) {
      long count = category.keywordsIn(folded);
      if (count > 0) {
        found.put(category, count);
      }
    }
    return found.entrySet().stream()
        .sorted(Map.Entry.<Category, Long>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether the call centre takes calls at that moment. */
  public boolean isOpen(Instant at) {
    return hours.isOpen(LocalDateTime.ofInstant(at, timeZone), holidays);
  }

  /** That moment if the call centre is open, else when it opens next. */
  public Instant nextOpening(Instant at) {
    return hours.nextOpening(at.atZone(timeZone), holidays).toInstant();
  }

  /** The city's date at that moment. */
  public LocalDate localDate(Instant at) {
    return LocalDate.ofInstant(at, timeZone);
  }

  private static <T> Optional<T> first(List<T> all, Predicate<T> wanted) {
    return all.stream().filter(wanted).findFirst();
  }
}
