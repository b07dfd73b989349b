package barocall.intake.history;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.contract.How;
import barocall.intake.IntakeStack;
import barocall.testkit.Backends;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class HistoryDoorTest extends IntakeStack {
  private static final String DOOR = "/api/v1/cities/gyeongju/history";

  @Test
  void aRowIsPublishedWithAllItsTimes() {
    String id = Backends.unique("row");
    Map<?, ?> result =
        post(
            """
            {"id":"%s","channel":"web","receivedAt":"2017-12-31T23:58:03-08:00","category":"Bulky Items","text":"소파",\
            "place":{"address":"1 Main","latitude":34.05,"longitude":-118.25},\
            "escalation":{"at":"2017-12-31T23:58:03-08:00","department":"roads"},\
            "acknowledgedAt":"2018-01-01T01:00:00-08:00",\
            "resolution":{"at":"2018-01-02T00:00:00-08:00","how":"done","by":"department"}}
            """
                .formatted(id));

    assertThat(result.get("accepted")).isEqualTo(1);
    Event.HistoryRecorded event =
        (Event.HistoryRecorded) events("history-recorded", "gyeongju-h-" + id, 1).get(0);
    Instant received = Instant.parse("2018-01-01T07:58:03Z");
    assertThat(event)
        .isEqualTo(
            new Event.HistoryRecorded(
                new Event.Inquiry(
                    "gyeongju-h-" + id, null, "gyeongju", Channel.WEB, "Bulky Items", received),
                received,
                0,
                event.revision(),
                null,
                "소파",
                new Event.Place("1 Main", 34.05, -118.25),
                false,
                new Event.PastEscalation(received, "roads", "도로과"),
                Instant.parse("2018-01-01T09:00:00Z"),
                new Event.PastResolution(
                    Instant.parse("2018-01-02T08:00:00Z"), How.DONE, By.DEPARTMENT, null, null)));
  }

  @Test
  void theSameRowIsRepeatedAndAChangedOneIsAnotherRevisionOfTheSameInquiry() {
    String id = Backends.unique("row");
    String open =
        "{\"id\":\"%s\",\"channel\":\"web\",\"receivedAt\":\"2018-01-01T00:00:00Z\"}\n"
            .formatted(id);
    String closed =
        open.replace(
            "}\n",
            ",\"resolution\":{\"at\":\"2018-01-02T00:00:00Z\",\"how\":\"done\",\"by\":\"agent\"}}\n");
    assertThat(post(open + open)).containsEntry("accepted", 1).containsEntry("repeated", 1);
    assertThat(post(open)).containsEntry("accepted", 0).containsEntry("repeated", 1);
    assertThat(post(closed)).containsEntry("accepted", 1).containsEntry("repeated", 0);
    assertThat(events("history-recorded", "gyeongju-h-" + id, 2))
        .hasSize(2)
        .extracting(Event::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void timesAheadOfTheClockAreTakenAsNowAndMarkedAndTheRowStaysTheSame() {
    String id = Backends.unique("row");
    String ahead =
        """
        {"id":"%s","channel":"web","receivedAt":"2017-12-31T23:58:03Z",\
        "escalation":{"at":"2998-01-01T00:00:00Z","department":"roads"},\
        "acknowledgedAt":"2998-01-02T00:00:00Z",\
        "resolution":{"at":"2998-01-03T00:00:00Z","how":"done","by":"department"}}
        """
            .formatted(id);
    String received =
        "{\"id\":\"%s-2\",\"channel\":\"web\",\"receivedAt\":\"2998-01-01T00:00:00Z\"}"
            .formatted(id);
    Instant before = Instant.now(Clock.systemUTC()).minusSeconds(5);

    Map<String, Object> result = post(ahead + received);

    assertThat(result)
        .containsEntry("accepted", 2)
        .containsEntry(
            "takenAsNow",
            List.of(
                Map.of(
                    "line",
                    1,
                    "fields",
                    List.of("escalation.at", "acknowledgedAt", "resolution.at")),
                Map.of("line", 2, "fields", List.of("receivedAt"))));
    Event.HistoryRecorded event =
        (Event.HistoryRecorded) events("history-recorded", "gyeongju-h-" + id, 1).get(0);
    Instant after = Instant.now(Clock.systemUTC()).plusSeconds(5);
    assertThat(event.at()).isEqualTo("2017-12-31T23:58:03Z");
    assertThat(event.acknowledgedAt()).isBetween(before, after);
    assertThat(event.escalation().at()).isEqualTo(event.acknowledgedAt());
    assertThat(event.resolution().at()).isEqualTo(event.acknowledgedAt());
    Event.HistoryRecorded late =
        (Event.HistoryRecorded) events("history-recorded", "gyeongju-h-" + id + "-2", 1).get(0);
    assertThat(late.at()).isBetween(before, after).isEqualTo(late.inquiry().receivedAt());
    assertThat(post(ahead + received)).containsEntry("accepted", 0).containsEntry("repeated", 2);
  }

  @Test
  void badLinesNeverKeepGoodOnesOut() {
    String id = Backends.unique("row");
    String good = "{\"id\":\"%s\",\"channel\":\"web\",\"receivedAt\":\"2018-01-01T00:00:00Z\"}";
    channelOf("gyeongju")
        .post()
        .uri(DOOR)
        .contentType(MediaType.APPLICATION_NDJSON)
        .header("Accept-Language", "en")
        .bodyValue(
            String.join(
                "\n",
                good.formatted(id + "-1"),
                "{not json",
                "",
                "[1]",
                "null",
                "{\"id\":5}",
                "{\"id\":\"x\",\"channel\":\"pigeon\",\"receivedAt\":\"2018-01-01T00:00:00Z\"}",
                "{\"id\":\"x\",\"channel\":\"web\",\"receivedAt\":\"yesterday\"}",
                "{\"id\":\"x\",\"channel\":\"web\",\"abandoned\":true,\"receivedAt\":\"2018-01-01T00:00:00Z\"}",
                good.formatted(id + "-2")))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.accepted")
        .isEqualTo(2)
        .jsonPath("$.rejected[*].line")
        .value(lines -> assertThat(lines.toString()).isEqualTo("[2,4,5,6,7,8,9]"))
        .jsonPath("$.rejected[3].reason")
        .value(reason -> assertThat((String) reason).startsWith("id: "));
  }

  @Test
  void whatWasAbandonedIsACallAndHasNoOtherEnd() {
    String id = Backends.unique("row");
    String row =
        "{\"id\":\"%s\",\"channel\":\"%s\",\"abandoned\":%s,\"receivedAt\":\"2018-01-01T00:00:00Z\","
            + "\"resolution\":{\"at\":\"2018-01-01T00:01:00Z\",\"how\":\"%s\",\"by\":\"rule\"}}";

    Map<String, Object> result =
        post(
            String.join(
                "\n",
                row.formatted(id + "-1", "telephone", "true", "answered"),
                row.formatted(id + "-2", "web", "false", "abandoned"),
                row.formatted(id + "-3", "web", "true", "abandoned"),
                row.formatted(id + "-4", "telephone", "true", "abandoned"),
                row.formatted(id + "-5", "telephone", "false", "abandoned"),
                row.formatted(id + "-6", "web", "false", "answered")));

    assertThat(result).containsEntry("accepted", 3);
    assertThat((List<?>) result.get("rejected"))
        .extracting(it -> (Object) ((Map<?, ?>) it).get("line"))
        .containsExactly(1, 2, 3);
    assertThat(result.get("rejected").toString())
        .contains("resolution: 받지 못한 전화", "resolution.how: 전화만", "abandoned: 전화만");
  }

  @Test
  void aLineThatIsTooLongIs413AndTheOthersAreTaken() {
    String id = Backends.unique("row");
    String good =
        "{\"id\":\"%s\",\"channel\":\"web\",\"receivedAt\":\"2018-01-01T00:00:00Z\"}\n"
            .formatted(id);
    channelOf("gyeongju")
        .post()
        .uri(DOOR)
        .contentType(MediaType.APPLICATION_NDJSON)
        .bodyValue("{\"id\":\"" + "x".repeat(70_000) + "\"}\n" + good)
        .exchange()
        .expectStatus()
        .isEqualTo(HttpStatus.CONTENT_TOO_LARGE)
        .expectBody()
        .jsonPath("$.accepted")
        .isEqualTo(1)
        .jsonPath("$.rejected[0].line")
        .isEqualTo(1);
    assertThat(events("history-recorded", "gyeongju-h-" + id, 1)).hasSize(1);
  }

  @Test
  void manyRowsStreamThrough() {
    String prefix = Backends.unique("row");
    StringBuilder rows = new StringBuilder();
    for (int row = 0; row < 3_000; row++) {
      rows.append("{\"id\":\"").append(prefix).append('-').append(row);
      rows.append(
          "\",\"channel\":\"telephone\",\"receivedAt\":\"2018-01-01T00:00:00Z\",\"text\":\"");
      rows.append("가".repeat(200)).append("\"}\n");
    }
    assertThat(post(rows.toString())).containsEntry("accepted", 3_000);
    assertThat(post(rows.toString())).containsEntry("repeated", 3_000);
  }

  @Test
  void onlyTheCitysKeyAndItsAdminMayTellIt() {
    String row =
        "{\"id\":\"%s\",\"channel\":\"web\",\"receivedAt\":\"2018-01-01T00:00:00Z\"}\n"
            .formatted(Backends.unique("row"));
    status(anyone(), row, HttpStatus.UNAUTHORIZED);
    status(channelOf("cheonan"), row, HttpStatus.FORBIDDEN);
    status(person("gyeongju-agent-1"), row, HttpStatus.FORBIDDEN);
    status(person("gyeongju-admin"), row, HttpStatus.OK);
    status(person("admin"), row, HttpStatus.OK);
  }

  private Map<?, ?> rawPost(String rows) {
    return channelOf("gyeongju")
        .post()
        .uri(DOOR)
        .contentType(MediaType.APPLICATION_NDJSON)
        .bodyValue(rows)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(Map.class)
        .returnResult()
        .getResponseBody();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> post(String rows) {
    return (Map<String, Object>) rawPost(rows);
  }

  private static void status(WebTestClient as, String rows, HttpStatus expected) {
    as.post()
        .uri(DOOR)
        .contentType(MediaType.APPLICATION_NDJSON)
        .bodyValue(rows)
        .exchange()
        .expectStatus()
        .isEqualTo(expected);
  }
}
