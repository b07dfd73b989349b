package barocall.intake;

import barocall.testkit.Backends;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A program whose key may speak for some channels of a city only. */
class KeyOfAChannelTest extends IntakeStack {
  private static final String CITY = "/api/v1/cities/gyeongju";

  @Test
  void anInquiryOfAnotherChannelIsForbidden() {
    asked(gateway(), CITY + "/inquiries", inquiry("sms"), HttpStatus.CREATED);
    asked(gateway(), CITY + "/inquiries", inquiry("fax"), HttpStatus.CREATED);
    for (String other : List.of("web", "mobile", "email", "counter", "crew", "open311", "other")) {
      asked(gateway(), CITY + "/inquiries", inquiry(other), HttpStatus.FORBIDDEN);
    }
    asked(exchange(), CITY + "/inquiries", inquiry("web"), HttpStatus.FORBIDDEN);
    asked(channelOf("gyeongju"), CITY + "/inquiries", inquiry("web"), HttpStatus.CREATED);
  }

  @Test
  void onlyTheExchangeTellsOfCalls() {
    String id = Backends.unique("call");
    String at = Instant.now().toString();
    Map<String, Object> call = Map.of("callId", id, "called", "054-779-8585", "at", at);
    Map<String, Object> answer = Map.of("at", at, "agent", "agent-1", "waitSeconds", 3);
    Map<String, Object> end = Map.of("at", at, "outcome", "abandoned");
    Map<String, Object> state = Map.of("at", at, "state", "available");

    asked(gateway(), CITY + "/calls", call, HttpStatus.FORBIDDEN);
    asked(gateway(), CITY + "/calls/" + id + "/answer", answer, HttpStatus.FORBIDDEN);
    asked(gateway(), CITY + "/calls/" + id + "/end", end, HttpStatus.FORBIDDEN);
    asked(gateway(), CITY + "/agents/agent-1/state", state, HttpStatus.FORBIDDEN);
    asked(exchange(), CITY + "/calls", call, HttpStatus.CREATED);
    asked(exchange(), CITY + "/calls/" + id + "/answer", answer, HttpStatus.NO_CONTENT);
    asked(exchange(), CITY + "/calls/" + id + "/end", end, HttpStatus.NO_CONTENT);
    asked(exchange(), CITY + "/agents/agent-1/state", state, HttpStatus.NO_CONTENT);
    asked(exchange(), "/api/v1/cities/cheonan/calls", call, HttpStatus.FORBIDDEN);
  }

  @Test
  void thePastIsForTheKeyOfTheWholeCity() {
    past(exchange(), HttpStatus.FORBIDDEN);
    past(gateway(), HttpStatus.FORBIDDEN);
    past(channelOf("gyeongju"), HttpStatus.OK);
  }

  private static void past(WebTestClient program, HttpStatus expected) {
    program
        .post()
        .uri(CITY + "/history")
        .contentType(MediaType.APPLICATION_NDJSON)
        .bodyValue("{}")
        .exchange()
        .expectStatus()
        .isEqualTo(expected);
  }

  @Test
  void aReceiptIsShownToItsOwnChannel() {
    Object number =
        gateway()
            .post()
            .uri(CITY + "/inquiries")
            .bodyValue(inquiry("sms"))
            .exchange()
            .expectBody(Map.class)
            .returnResult()
            .getResponseBody()
            .get("receiptNumber");

    gateway().get().uri("/api/v1/receipts/" + number).exchange().expectStatus().isOk();
    exchange().get().uri("/api/v1/receipts/" + number).exchange().expectStatus().isNotFound();
  }

  private WebTestClient exchange() {
    return channelOf("gyeongju", "telephone");
  }

  private WebTestClient gateway() {
    return channelOf("gyeongju", "sms", "fax");
  }

  private static Map<String, Object> inquiry(String channel) {
    return Map.of("channel", channel, "text", "가로등이 꺼졌습니다");
  }

  private static void asked(
      WebTestClient program, String path, Map<String, Object> body, HttpStatus expected) {
    WebTestClient.ResponseSpec answer = program.post().uri(path).bodyValue(body).exchange();
    answer.expectStatus().isEqualTo(expected);
    if (expected.isError()) {
      answer.expectHeader().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    }
  }
}
