package barocall.city;

import static barocall.city.SomeCities.FOLDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CitiesTest {
  private static final String HOLIDAYS =
      """
      from: 2026-01-01
      to: 2026-12-31
      holidays:
        - {date: 2026-03-01, name: {ko: 삼일절, en: Independence Movement Day}}
        - {date: 2026-03-02, name: 대체공휴일, substituteFor: 2026-03-01}
      """;
  private static final String TOWN =
      """
      name: {ko: 시험시, en: Testtown}
      timeZone: Asia/Seoul
      numbers:
        - {number: "02-000-1234"}
      openingHours:
        week:
          - {days: mon-fri, from: "08:30", to: "18:30"}
      holidays:
        calendar: kr
      workingTime:
        days: mon-fri
        hours:
          - {from: "09:00", to: "12:00"}
          - {from: "13:00", to: "18:00"}
      baseline: {count: 10, date: 2026-01-02, opened: 2026-01-01}
      coordinatingDepartment: audit
      defaultPetitionKind: week
      petitionKinds:
        - id: week
          name: {ko: 고충민원, en: Grievance}
          period: 7 days
          clause: 시행령 제17조
      departments:
        - id: audit
          name: {ko: 감사관, en: Audit}
          email: audit@town.example
        - id: roads
          name: {ko: 도로과, en: Roads}
          webhook: https://roads.town.example/barocall
      categories:
        - id: road
          name: {ko: 도로, en: Roads}
          department: roads
          imported: ["Street Condition"]
      rules:
        - id: holes
          when: {categories: [road], any: [포트홀]}
          escalate: {department: roads, priority: high}
          why: {ko: 이유, en: reason}
        - id: rest
          when: {channels: [web]}
          desk: {departments: [audit]}
          why: {ko: 이유, en: reason}
      agents:
        - {id: agent-1, name: 가나다}
      emergency:
        - number: "119"
          name: {ko: 소방, en: Fire}
          words: [불이야]
      """;

  @TempDir private Path folder;

  @BeforeEach
  void aTown() throws IOException {
    Files.createDirectory(folder.resolve("holidays"));
    Files.writeString(folder.resolve("holidays/kr.yml"), HOLIDAYS);
    Files.writeString(folder.resolve("town.yml"), TOWN);
  }

  @Test
  void theCitiesOfTheRepositoryHaveNoProblem() {
    assertThat(Cities.check(FOLDER)).isEmpty();
    assertThat(Cities.load(FOLDER).all())
        .extracting(City::id)
        .containsExactly("cheonan", "gyeongju", "losangeles", "newyork");
  }

  @Test
  void aFileIsReadAsItStands() {
    City town = Cities.load(folder).city("town").orElseThrow();

    assertThat(town.name()).isEqualTo(new Text("시험시", "Testtown"));
    assertThat(town.baseline())
        .isEqualTo(new Baseline(10, LocalDate.parse("2026-01-02"), LocalDate.parse("2026-01-01")));
    assertThat(town.interpretation()).isEqualTo(Interpretation.KOREAN);
    assertThat(town.category("Street Condition")).isEqualTo(town.category("road")).isPresent();
    assertThat(town.department("unheard-of")).isEmpty();
    assertThat(town.petitionKindOf("road").id()).isEqualTo("week");
    assertThat(town.petitionKindOf("unheard-of").id()).isEqualTo("week");
    assertThat(town.petitionKindOf(null).id()).isEqualTo("week");
    assertThat(town.rules().get(0).decision())
        .isEqualTo(new Decision.Escalate("roads", null, Priority.HIGH));
    assertThat(town.holidays().isHoliday(LocalDate.parse("2026-03-02"))).isTrue();
  }

  @Test
  void targetsAreWhatTheCitySays() throws IOException {
    Files.writeString(
        folder.resolve("town.yml"),
        TOWN
            + """
            targets:
              responseRate: 92.5
              longestWait: 120
              onTimeRate: 95
              departments:
                - {department: roads, onTimeRate: 80}
            """);

    Targets targets = Cities.load(folder).city("town").orElseThrow().targets();

    assertThat(targets.of(Target.RESPONSE_RATE)).contains(92.5);
    assertThat(targets.of(Target.LONGEST_WAIT)).contains(120.0);
    assertThat(targets.of(Target.SATISFACTION)).isEmpty();
    assertThat(targets.onTimeOf("roads")).contains(80.0);
    assertThat(targets.onTimeOf("audit")).contains(95.0);
  }

  @Test
  void withoutTargetsThereAreNone() {
    assertThat(Cities.load(folder).city("town").orElseThrow().targets()).isEqualTo(Targets.NONE);
    assertThat(Targets.NONE.onTimeOf("roads")).isEmpty();
  }

  @Test
  void aTargetThatIsJustReachedIsMet() {
    assertThat(Target.RESPONSE_RATE.isMet(95, 95)).isTrue();
    assertThat(Target.RESPONSE_RATE.isMet(94.9, 95)).isFalse();
    assertThat(Target.LONGEST_WAIT.isMet(120, 120)).isTrue();
    assertThat(Target.LONGEST_WAIT.isMet(121, 120)).isFalse();
  }

  static Stream<Arguments> problems() {
    return Stream.of(
        Arguments.of(
            "agents:",
            "targets: {responseRate: 95%, longestWait: 0, onTimeRat: 90}\nagents:",
            List.of(
                "town.yml:44: \"responseRate\" of \"targets\" is not a percentage: 95% — Write a"
                    + " number from 0 to 100 without a sign behind it, e.g. 95 or 92.5.",
                "town.yml:44: \"longestWait\" of \"targets\" is not a time in seconds: 0 — Write"
                    + " whole seconds, from 1 to 86400.",
                "town.yml:44: \"onTimeRat\" is not known in \"targets\" — Did you mean"
                    + " \"onTimeRate\"?")),
        Arguments.of(
            "agents:",
            "targets:\n"
                + "  departments:\n"
                + "    - {department: roads, onTimeRate: 101}\n"
                + "    - {department: road, onTimeRate: 90}\n"
                + "    - {department: audit, onTimeRate: 90}\n"
                + "    - {department: audit, onTimeRate: 80}\n"
                + "    - {department: audit}\n"
                + "agents:",
            List.of(
                "town.yml:46: \"onTimeRate\" of \"departments\" no. 1 is not a percentage: 101 —"
                    + " Write a number from 0 to 100 without a sign behind it, e.g. 95 or 92.5.",
                "town.yml:47: There is no department \"road\" — Did you mean \"roads\"?",
                "town.yml:49: The department \"audit\" has two targets — Keep one of them.",
                "town.yml:50: \"onTimeRate\" is missing in \"departments\" no. 5 — Add"
                    + " \"onTimeRate:\" with a percentage.")),
        Arguments.of(
            "timeZone: Asia/Seoul",
            "timezone: Asia/Seoul",
            List.of(
                "town.yml:1: \"timeZone\" is missing in the file — Add \"timeZone:\" with a time"
                    + " zone.",
                "town.yml:2: \"timezone\" is not known in the file — Did you mean \"timeZone\"?")),
        Arguments.of(
            "timeZone: Asia/Seoul",
            "timeZone: Asia/Soul",
            List.of(
                "town.yml:2: \"timeZone\" of the file is not a time zone: Asia/Soul — Write a name"
                    + " of the time zone database such as Asia/Seoul.")),
        Arguments.of(
            "to: \"18:30\"}",
            "to: \"25:30\"}",
            List.of(
                "town.yml:7: \"to\" of \"week\" no. 1 is not a time of day: 25:30 — Write it like"
                    + " \"08:30\", in quotes.")),
        Arguments.of(
            "days: mon-fri, from: \"08:30\", to: \"18:30\"}",
            "days: mon-fry, from: \"08:30\", to: \"08:30\"}",
            List.of(
                "town.yml:7: \"days\" of \"week\" no. 1 is not days of the week: mon-fry — Write a"
                    + " day or a range such as mon-fri, or daily; days are mon, tue, wed, thu, fri,"
                    + " sat, sun.",
                "town.yml:7: The stretch from 08:30 to 08:30 has no length — Let it end after it"
                    + " begins; one that passes midnight is two stretches.")),
        Arguments.of(
            "  calendar: kr",
            "  calendar: us",
            List.of(
                "town.yml:9: There is no calendar \"us\" — Add holidays/us.yml to the folder of"
                    + " cities.")),
        Arguments.of(
            "    - {from: \"13:00\"",
            "    - {from: \"11:00\"",
            List.of(
                "town.yml:14: \"hours\" no. 2 begins before the one above ends — Give the hours of"
                    + " the day in order; the gaps are breaks.")),
        Arguments.of(
            "count: 10, date: 2026-01-02",
            "count: 1.000, date: 2026-02-30",
            List.of(
                "town.yml:15: \"count\" of \"baseline\" is not a count: 1.000 — Write digits only,"
                    + " without separators.",
                "town.yml:15: \"date\" of \"baseline\" is not a date: 2026-02-30 — Write it like"
                    + " 2026-05-25; the day must exist.")),
        Arguments.of(
            "  week:\n    - {days: mon-fri, from: \"08:30\", to: \"18:30\"}",
            "  week: []",
            List.of(
                "town.yml:6: The call centre never opens — Add \"week:\" with at least one entry"
                    + " such as {days: mon-fri, from: \"09:00\", to: \"18:00\"}.")),
        Arguments.of(
            "coordinatingDepartment: audit",
            "coordinatingDepartment: audits",
            List.of("town.yml:16: There is no department \"audits\" — Did you mean \"audit\"?")),
        Arguments.of(
            "defaultPetitionKind: week",
            "defaultPetitionKind: month",
            List.of("town.yml:17: There is no petition kind \"month\" — Use one of: week.")),
        Arguments.of(
            "period: 7 days",
            "period: a week",
            List.of(
                "town.yml:21: \"period\" of \"petitionKinds\" no. 1 is not a period: a week — Write"
                    + " immediately, or a number with hours, days, weeks, months or years, e.g. 7"
                    + " days.")),
        Arguments.of(
            "email: audit@town.example",
            "email: audit at town",
            List.of(
                "town.yml:26: \"email\" of \"departments\" no. 1 is not an e-mail address: audit at"
                    + " town — Write it like roads@city.example, or leave it out.")),
        Arguments.of(
            "webhook: https://roads.town.example/barocall",
            "webhook: http://roads.town.example/barocall",
            List.of(
                "town.yml:29: \"webhook\" of \"departments\" no. 2 is not an address for a webhook:"
                    + " http://roads.town.example/barocall — Write an https address; http only for"
                    + " this machine (127.0.0.1 or localhost).")),
        Arguments.of(
            "  - id: roads",
            "  - id: audit",
            List.of(
                "town.yml:27: \"departments\" has the id \"audit\" twice — Give one of them another"
                    + " id; the first is in line 24.",
                "town.yml:33: There is no department \"roads\" — Use one of: audit.",
                "town.yml:38: There is no department \"roads\" — Use one of: audit.")),
        Arguments.of(
            "  - id: road\n",
            "  - id: 도로\n",
            List.of(
                "town.yml:31: \"도로\" is not an id — Use 1 to 64 ASCII letters, digits and hyphens,"
                    + " with no hyphen at either end.",
                "town.yml:37: There is no category \"road\" — Use one of: 도로.")),
        Arguments.of(
            "channels: [web]",
            "channels: [web, phone]",
            List.of(
                "town.yml:41: There is no channel \"phone\" — Use one of: telephone, web, mobile,"
                    + " sms, fax, email, counter, crew, open311, other.")),
        Arguments.of(
            "priority: high",
            "priority: hihg",
            List.of(
                "town.yml:38: \"priority\" of \"escalate\" of \"rules\" no. 1 is not one of normal,"
                    + " high, urgent: hihg — Did you mean \"high\"?")),
        Arguments.of(
            "    desk: {departments: [audit]}\n",
            "",
            List.of(
                "town.yml:40: The rule \"rest\" decides nothing — Give it exactly one of answer,"
                    + " escalate and desk.")),
        Arguments.of(
            "    desk: {departments: [audit]}\n",
            "    desk: {departments: [audit]}\n    answer: {ko: 네, en: yes}\n",
            List.of(
                "town.yml:40: The rule \"rest\" decides more than one thing: answer, desk — Give it"
                    + " exactly one of answer, escalate and desk.")),
        Arguments.of(
            "when: {categories: [road], any: [포트홀]}",
            "when: {}",
            List.of(
                "town.yml:40: The rule \"rest\" can never match, because \"holes\" in line 36 takes"
                    + " all its inquiries — Move it above that rule, or remove it.")),
        Arguments.of(
            "  - {id: agent-1, name: 가나다}",
            "  - {id: agent-1, name: 가나다, name: 나다라}",
            List.of(
                "town.yml:45: \"name\" stands twice in \"agents\" no. 1 — Keep one of them; the"
                    + " first is in line 45.")),
        Arguments.of(
            "    words: [불이야]\n",
            "",
            List.of(
                "town.yml:47: \"words\" is missing in \"emergency\" no. 1 — Add the words for which"
                    + " this number is shown.")),
        Arguments.of(
            "agents:\n  - {id: agent-1, name: 가나다}\n",
            "",
            List.of("town.yml:1: \"agents\" has no entry — Add \"agents:\" with at least one.")),
        Arguments.of(
            "agents:\n  - {id: agent-1, name: 가나다}\n",
            "agents: []\n",
            List.of("town.yml:44: \"agents\" has no entry — Add \"agents:\" with at least one.")),
        Arguments.of(
            "categories:\n",
            "categories:\n"
                + IntStream.rangeClosed(1, 7)
                    .mapToObj(it -> "  - {id: c%d, name: 분야, common: true}\n".formatted(it))
                    .collect(Collectors.joining()),
            List.of(
                "town.yml:30: 7 categories are common, but the form has 6 buttons — Leave"
                    + " \"common: true\" to the 6 that are asked for most.")),
        Arguments.of(
            "imported: [\"Street Condition\"]",
            "imported: [\"Street Condition\"]\n  - {id: bus, name: 버스, imported: [\"Street Condition\"]}",
            List.of(
                "town.yml:30: \"Street Condition\" is a spelling of both \"road\" and \"bus\" — Keep it"
                    + " under \"imported\" of one of them.")),
        Arguments.of(
            "openingHours:\n  week:\n    - {days: mon-fri, from: \"08:30\", to: \"18:30\"}",
            "openingHours:\n  week:\n    - {days: daily, from: \"00:00\", to: \"24:00\"}\n  onHolidays: true",
            List.of()),
        Arguments.of(
            "name: {ko: 시험시, en: Testtown}",
            "name: {ko: 시험시, en: }",
            List.of("town.yml:1: \"en\" is missing in \"name\" — Add \"en:\" with a text.")));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void eachProblemIsNamedWithItsLineAndRemedy(String right, String wrong, List<String> expected)
      throws IOException {
    assertThat(TOWN).contains(right);
    Files.writeString(folder.resolve("town.yml"), TOWN.replace(right, wrong));

    assertThat(Cities.check(folder))
        .extracting(CityProblem::toString)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void aCityCannotBeNamedAsAPathThatLeadsElsewhere() throws IOException {
    for (String name :
        List.of(
            "receipts",
            "login",
            "logout",
            "api",
            "v3",
            "actuator",
            "assets",
            "webjars",
            "error",
            "operations")) {
      Path file = Files.writeString(folder.resolve(name + ".yml"), TOWN);

      assertThat(Cities.check(folder))
          .extracting(CityProblem::toString)
          .singleElement()
          .asString()
          .startsWith(name + ".yml:1: \"" + name + "\" cannot be a city's id")
          .contains("/" + name);
      Files.delete(file);
    }
    Files.writeString(folder.resolve("login-city.yml"), TOWN.replace("02-000-1234", "02-000-1235"));
    assertThat(Cities.check(folder)).isEmpty();
  }

  @Test
  void allProblemsOfAllFilesAreReportedTogether() throws IOException {
    Files.writeString(folder.resolve("town.yml"), TOWN.replace("Asia/Seoul", "Nowhere"));
    Files.writeString(
        folder.resolve("village.yml"), TOWN.replace("period: 7 days", "period: 0 days"));
    Files.writeString(
        folder.resolve("holidays/kr.yml"), HOLIDAYS.replace("substituteFor: 2026-03-01", "sub: x"));

    assertThatExceptionOfType(InvalidCityException.class)
        .isThrownBy(() -> Cities.load(folder))
        .satisfies(
            all ->
                assertThat(all.problems())
                    .extracting(it -> it.file() + ":" + it.line())
                    .containsExactly("holidays/kr.yml:5", "town.yml:2", "village.yml:21"));
  }

  @Test
  void whatIsNoYamlIsNamedByItsLine() throws IOException {
    Files.writeString(folder.resolve("town.yml"), TOWN.replace("numbers:", "numbers: [1, 2"));

    assertThat(Cities.check(folder))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isBetween(3, 5);
              assertThat(problem.message()).startsWith("This is not YAML: ");
            });
  }

  @Test
  void anotherCharacterSetIsNamedByItsLine() throws IOException {
    Files.write(
        folder.resolve("town.yml"), ("# a line\n" + TOWN).getBytes(Charset.forName("EUC-KR")));

    assertThat(Cities.check(folder))
        .containsExactly(
            new CityProblem("town.yml", 2, "The file is not UTF-8", "Save it in UTF-8."));
  }

  @Test
  void emptyFilesListsAndTextsAreProblemsToo() throws IOException {
    Files.writeString(folder.resolve("empty.yml"), "");
    Files.writeString(folder.resolve("list.yml"), "- a\n- b\n");
    Files.writeString(folder.resolve("other.yaml"), TOWN);
    Files.writeString(folder.resolve("나라.yml"), TOWN);

    assertThat(Cities.check(folder))
        .extracting(it -> it.file() + ": " + it.message())
        .containsExactly(
            "empty.yml: The file is empty",
            "list.yml: The file is not a list of keys and values",
            "other.yaml: The file is not read",
            "나라.yml: \"나라\" cannot be a city's id");
  }

  @Test
  void aFolderWithoutCitiesIsAProblem(@TempDir Path empty) {
    assertThat(Cities.check(empty))
        .extracting(CityProblem::message)
        .containsExactly("There is no city in this folder");
    assertThat(Cities.check(empty.resolve("none")))
        .extracting(CityProblem::message)
        .containsExactly("There is no such folder of cities");
  }

  @Test
  void doubtsSayWhenACalendarIsAboutToEnd() {
    Cities cities = Cities.load(folder);

    assertThat(doubts(cities, "2026-06-30")).noneMatch(it -> it.contains("holidays"));
    assertThat(doubts(cities, "2026-07-01"))
        .contains(
            "town.yml:8: The holidays of Testtown end on 2026-12-31 — Add the next years to its"
                + " calendar in the folder \"holidays\"; beyond it, due times skip only weekends.");
  }

  @Test
  void whatIsAllowedAndYetDoubtfulIsNamedWithItsLine() throws IOException {
    Files.writeString(
        folder.resolve("town.yml"),
        TOWN.replace("    email: audit@town.example\n", "")
            .replace("    department: roads\n    imported", "    imported")
            .replace(
                "rules:\n",
                "  - id: noise\n    name: {ko: 소음, en: Noise}\n    common: true\nrules:\n")
            .replace("- {number: \"02-000-1234\"}", "- {number: \"02-000-1234\", former: true}")
            .replace("agents:\n", "targets: {onTimeRate: 90}\nagents:\n"));

    assertThat(doubts(Cities.load(folder), "2026-01-05"))
        .containsExactly(
            "town.yml:3: There is no telephone number to print — Add the number that citizens ring"
                + " to \"numbers\".",
            "town.yml:24: The department \"Audit\" has neither mail nor webhook — Add \"email:\";"
                + " without it the department learns of a complaint only when it opens its inbox.",
            "town.yml:33: The category \"Noise\" has neither a department nor a rule — Add"
                + " \"department:\", unless agents shall choose each time.");
  }

  @Test
  void aCityWithoutTargetsOrButtonsIsDoubtful() {
    assertThat(doubts(Cities.load(folder), "2026-01-05"))
        .containsExactly(
            "town.yml:1: The figures have no targets — Add \"targets:\", so that good and bad can be"
                + " told apart.",
            "town.yml:30: The citizens' form has no buttons — Add \"common: true\" to the categories"
                + " that are asked for most.");
  }

  private static List<String> doubts(Cities cities, String today) {
    return cities.doubts(LocalDate.parse(today)).stream().map(CityDoubt::toString).toList();
  }
}
