package barocall.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.access.Credentials;
import barocall.access.Person;
import barocall.access.Role;
import barocall.city.Cities;
import barocall.city.City;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplayTest {

  private static final OffsetDateTime NOON = OffsetDateTime.parse("2018-01-01T12:00:00-08:00");

  @Test
  void rowsComeInTheOrderReceivedAndTheirGapsShrink() {
    List<HistoryLine> newestFirst =
        List.of(row("3", "web", 120, 660), row("2", "telephone", 60, 0), row("1", "web", 0, -30));

    List<ReplayPlan.Turn> turns = ReplayPlan.of(earliest(newestFirst, 9), 60, "run");

    assertThat(turns).extracting(turn -> turn.row().id()).containsExactly("1", "2", "3");
    assertThat(turns)
        .extracting(ReplayPlan.Turn::at)
        .containsExactly(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(2));
    assertThat(turns)
        .extracting(ReplayPlan.Turn::lasts)
        .containsExactly(
            Optional.of(Duration.ZERO), Optional.empty(), Optional.of(Duration.ofMinutes(11)));
    assertThat(turns)
        .extracting(turn -> turn.figures().isPresent())
        .containsExactly(false, true, false);
    assertThat(turns).extracting(ReplayPlan.Turn::key).containsExactly("run.1", "run.2", "run.3");
    assertThat(ReplayPlan.of(earliest(newestFirst, 2), 60, "run")).isEqualTo(turns.subList(0, 2));
  }

  @Test
  void departmentsAndAgentsDoWhatTheRulesLeaveThem() throws Exception {
    List<HistoryLine> rows =
        List.of(
            row("call", "telephone", 0, 60),
            row("graffiti", "web", 0, 60),
            row("open", "mobile", 0, 0));
    try (PretendedCity city =
        new PretendedCity("losangeles", told -> told.has("callId") ? "desk" : "OCB")) {
      city.busyOnce("/inquiries");

      List<String> report = play(city.addresses(), rows, "one");

      assertThat(city.received())
          .extracting(told -> told.path("text").asString(""))
          .contains("Words");
      assertThat(city.log())
          .contains("call answer one.call", "call end one.call")
          .filteredOn(line -> !line.startsWith("call "))
          .map(line -> line.replaceFirst(" inquiry-.*", ""))
          .containsExactlyInAnyOrder(
              "agent-1 escalate",
              "OCB acknowledge",
              "OCB resolve",
              "OCB acknowledge",
              "OCB resolve",
              "OCB acknowledge");
      assertThat(report.get(0))
          .isEqualTo(
              "3 posted (0 not), 1 calls answered, 3 escalated (1 by agents), 3 acknowledged, 2 resolved by departments, 0 by agents");
      assertThat(report).noneMatch(line -> line.contains("×"));
    }
  }

  @Test
  void repeatingARunAddsNothingAndANewRunDoes() throws Exception {
    List<HistoryLine> rows = List.of(row("1", "web", 0, 60), row("2", "telephone", 0, 60));
    try (PretendedCity city = new PretendedCity("losangeles", told -> "OCB")) {
      play(city.addresses(), rows, "one");
      play(city.addresses(), rows, "one");
      assertThat(city.received()).hasSize(2);

      play(city.addresses(), rows, "two");
      assertThat(city.received()).hasSize(4);
    }
  }

  @Test
  void whatCannotBePostedIsTold() throws Exception {
    Doors.Addresses nobody;
    try (PretendedCity city = new PretendedCity("losangeles", told -> "desk")) {
      nobody = city.addresses();
    }

    List<String> report = play(nobody, List.of(row("1", "web", 0, 60)), "one");

    assertThat(report.get(0)).startsWith("0 posted (1 not)");
    assertThat(report).anyMatch(line -> line.contains("posting: no answer"));
  }

  @Test
  void aDepartmentThatTheCityLacksIsReferredToByTheDesk() throws Exception {
    HistoryLine row = row("1", "web", 0, 60);
    HistoryLine elsewhere =
        new HistoryLine(
            row.id(),
            row.channel(),
            row.receivedAt(),
            row.category(),
            row.subject(),
            row.text(),
            null,
            null,
            new HistoryLine.Escalation(row.receivedAt(), "NEW-AGENCY"),
            null,
            row.resolution());
    try (PretendedCity city = new PretendedCity("losangeles", told -> "desk")) {
      List<String> report = play(city.addresses(), List.of(elsewhere), "one");

      assertThat(city.log())
          .map(line -> line.replaceFirst(" inquiry-.*", ""))
          .containsExactly("agent-1 resolve");
      assertThat(report.get(0)).endsWith("0 resolved by departments, 1 by agents");
      assertThat(report).anyMatch(line -> line.contains("no department NEW-AGENCY"));
    }
  }

  private static List<HistoryLine> earliest(List<HistoryLine> rows, long limit) {
    ReplayPlan.Earliest earliest = new ReplayPlan.Earliest(limit);
    rows.forEach(earliest::add);
    return earliest.rows();
  }

  private static List<String> play(Doors.Addresses addresses, List<HistoryLine> rows, String run)
      throws InterruptedException {
    Doors doors = new Doors(HttpClient.newHttpClient(), addresses, "losangeles", "key", time -> {});
    City city =
        Cities.load(RepositoryFiles.root().resolve("cities")).city("losangeles").orElseThrow();
    try (Stage stage = new Stage(4);
        Progress progress =
            Progress.of("replay", rows.size(), false, System.err, Clock.systemUTC())) {
      Replay replay = new Replay(doors, staff(), city, 6000, Clock.systemUTC(), stage);
      replay.run(ReplayPlan.of(earliest(rows, 99), 6000, run), Duration.ofSeconds(30), progress);
      return replay.report();
    }
  }

  private static Staff staff() {
    List<Person> people = new ArrayList<>();
    people.add(person("agent-1", Role.AGENT, null, "agent-1"));
    people.add(person("OCB", Role.DEPARTMENT, "OCB", null));
    Collections.reverse(people);
    Credentials credentials = Credentials.none();
    for (Person person : people) {
      credentials = credentials.add(person);
    }
    return Staff.of(credentials, "losangeles");
  }

  private static Person person(
      String user, Role role, @Nullable String department, @Nullable String agent) {
    return Person.generated(user, "secret", role, "losangeles", department, agent, user);
  }

  private static HistoryLine row(String id, String channel, int minute, int ends) {
    return new HistoryLine(
        id,
        channel,
        NOON.plusMinutes(minute),
        "Graffiti Removal",
        "Graffiti",
        "Words",
        null,
        null,
        new HistoryLine.Escalation(NOON.plusMinutes(minute), "OCB"),
        null,
        ends == 0
            ? null
            : new HistoryLine.Resolution(
                NOON.plusMinutes(minute + ends), "done", "department", null));
  }
}
