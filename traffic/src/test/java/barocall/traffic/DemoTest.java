package barocall.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.access.Credentials;
import barocall.access.Office;
import barocall.city.Cities;
import barocall.city.City;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTest {

  @Test
  void callsAreTakenAndComplaintsReachTheirDepartments() throws Exception {
    City city =
        Cities.load(RepositoryFiles.root().resolve("cities")).city("gyeongju").orElseThrow();
    Clock sunday = Clock.fixed(Instant.parse("2026-11-22T05:00:00Z"), ZoneOffset.UTC);
    try (PretendedCity doors =
            new PretendedCity("gyeongju", told -> told.has("callId") ? "desk" : "roads");
        Stage stage = new Stage(8)) {
      Demo demo =
          new Demo(
              city,
              DemoScript.load(),
              new Doors(
                  HttpClient.newHttpClient(), doors.addresses(), "gyeongju", "key", time -> {}),
              Staff.of(credentials(city), "gyeongju"),
              600,
              1,
              "run",
              sunday,
              stage);

      demo.begin();

      await()
          .atMost(Duration.ofMinutes(4))
          .untilAsserted(
              () ->
                  assertThat(doors.log())
                      .map(line -> line.replaceFirst("-\\d+", "").replaceFirst(" [^ ]*$", ""))
                      .contains(
                          "call answer",
                          "call end",
                          "gyeongju-agent describe",
                          "gyeongju-agent resolve",
                          "gyeongju-agent escalate",
                          "gyeongju-roads acknowledge"));
      // A busy machine may leave a request without an answer; none may be refused.
      assertThat(stage.errors().keySet()).allMatch(error -> error.endsWith(": no answer"));
    }
  }

  private static Credentials credentials(City city) {
    return Credentials.generate(
        List.of(
            new Office(
                city.id(),
                city.agents().stream()
                    .map(agent -> new Office.Seat(agent.id(), agent.name()))
                    .toList(),
                city.departments().stream()
                    .map(department -> new Office.Seat(department.id(), department.id()))
                    .toList())),
        new SecureRandom());
  }
}
