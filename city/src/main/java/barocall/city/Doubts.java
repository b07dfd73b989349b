package barocall.city;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks a city over for what is allowed and yet doubtful. */
final class Doubts {
  /** Holidays of a year are decreed in the middle of the one before. */
  private static final int MONTHS_AHEAD = 6;

  private final City city;
  private final String file;
  private final Map<String, Integer> lines;
  private final List<CityDoubt> doubts = new ArrayList<>();

  /**
   * @param lines where what stands, by key, or by list and id as in {@code departments/roads}
   */
  private Doubts(City city, String file, Map<String, Integer> lines) {
    this.city = city;
    this.file = file;
    this.lines = lines;
  }

  static List<CityDoubt> of(City city, String file, Map<String, Integer> lines, LocalDate today) {
    Doubts doubts = new Doubts(city, file, lines);
    doubts.holidays(today);
    doubts.numbers();
    doubts.targets();
    doubts.departments();
    doubts.categories();
    return List.copyOf(doubts.doubts);
  }

  private void holidays(LocalDate today) {
    LocalDate end = city.holidays().to();
    if (end.isBefore(today.plusMonths(MONTHS_AHEAD))) {
      add(
          "holidays",
          new Text(
              "공휴일 달력이 %s에 끝납니다".formatted(end),
              "The holidays of %s end on %s".formatted(city.name().en(), end)),
          new Text(
              "공휴일 폴더의 달력에 다음 해를 더하십시오. 그 뒤의 처리기한은 주말만 빼고 셉니다.",
              "Add the next years to its calendar in the folder \"holidays\"; beyond it, due times"
                  + " skip only weekends."));
    }
  }

  private void numbers() {
    if (city.numbers().stream().allMatch(TelephoneNumber::former)) {
      add(
          "numbers",
          new Text("시민에게 알릴 전화번호가 없습니다", "There is no telephone number to print"),
          new Text(
              "numbers에 상담 전화번호를 적으십시오.", "Add the number that citizens ring to \"numbers\"."));
    }
  }

  private void targets() {
    if (city.targets().equals(Targets.NONE)) {
      add(
          "targets",
          new Text("수치의 목표가 없습니다", "The figures have no targets"),
          new Text(
              "좋고 나쁨을 가릴 수 있도록 targets에 목표를 적으십시오.",
              "Add \"targets:\", so that good and bad can be told apart."));
    }
  }

  private void departments() {
    for (Department department : city.departments()) {
      if (department.email() == null && department.webhook() == null) {
        add(
            "departments/" + department.id(),
            new Text(
                "부서 \"%s\"에는 메일도 웹훅도 없습니다".formatted(department.name().ko()),
                "The department \"%s\" has neither mail nor webhook"
                    .formatted(department.name().en())),
            new Text(
                "email을 적으십시오. 없으면 처리함을 열 때에만 새 민원을 알게 됩니다.",
                "Add \"email:\"; without it the department learns of a complaint only when it opens"
                    + " its inbox."));
      }
    }
  }

  private void categories() {
    Set<String> decided = new HashSet<>();
    city.rules().forEach(rule -> decided.addAll(rule.categories()));
    for (Category category : city.categories()) {
      if (category.department() == null && !decided.contains(category.id())) {
        add(
            "categories/" + category.id(),
            new Text(
                "분류 \"%s\"에는 맡는 부서도 규칙도 없습니다".formatted(category.name().ko()),
                "The category \"%s\" has neither a department nor a rule"
                    .formatted(category.name().en())),
            new Text(
                "상담사가 그때그때 부서를 정하는 분류가 아니면 department를 적으십시오.",
                "Add \"department:\", unless agents shall choose each time."));
      }
    }
    if (city.categories().stream().noneMatch(Category::common)) {
      add(
          "categories",
          new Text("시민의 민원 신청 화면에 분류 단추가 없습니다", "The citizens' form has no buttons"),
          new Text(
              "자주 찾는 분류에 common: true를 적으십시오.",
              "Add \"common: true\" to the categories that are asked for most."));
    }
  }

  private void add(String place, Text message, Text remedy) {
    doubts.add(new CityDoubt(file, lines.getOrDefault(place, 1), message, remedy));
  }
}
