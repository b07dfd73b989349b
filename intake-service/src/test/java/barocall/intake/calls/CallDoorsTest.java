package barocall.intake.calls;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.access.ContactSeal;
import barocall.access.TelephoneHash;
import barocall.contract.AgentState;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Direction;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.intake.IntakeStack;
import barocall.testkit.Backends;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

class CallDoorsTest extends IntakeStack {
  private static final String CALLS = "/api/v1/cities/gyeongju/calls";

  @Test
  void aCallIsPublishedWithItsCallerSealed() {
    Map<?, ?> answer =
        post(
            channelOf("gyeongju"),
            CALLS,
            Map.of(
                "callId", Backends.unique("call"),
                "called", "054-779-8585",
                "calling", "010-1234-5678",
                "at", "2025-11-24T10:00:00+09:00",
                "agent", "agent-1",
                "text", "제 번호는 900101-1234567 입니다"));

    Event.CallReceived event = received(answer);
    String number = ((String) answer.get("receiptNumber")).replace("-", "");
    assertThat(event.inquiry())
        .isEqualTo(
            new Event.Inquiry(
                (String) answer.get("inquiryId"),
                number,
                "gyeongju",
                Channel.TELEPHONE,
                null,
                Instant.parse("2025-11-24T01:00:00Z")));
    assertThat(event.at()).isEqualTo("2025-11-24T01:00:00Z");
    assertThat(event.door()).isEqualTo(Door.CALLS);
    assertThat(event.direction()).isEqualTo(Direction.IN);
    assertThat(event.called()).isEqualTo("054-779-8585");
    assertThat(event.agent()).isEqualTo("agent-1");
    assertThat(event.outOfHours()).isFalse();
    assertThat(event.text()).isEqualTo("제 번호는 900101-******* 입니다");
    assertThat(event.claimedAt()).isNull();
    ContactSeal seal = credentials().contactSeal("gyeongju");
    TelephoneHash hash = credentials().telephoneHash("gyeongju");
    assertThat(seal.open(ContactSeal.Field.TELEPHONE, event.contact().telephone()))
        .isEqualTo("010-1234-5678");
    assertThat(event.contact().telephoneHash()).isEqualTo(hash.of("01012345678"));
    assertThat((String) answer.get("statusUrl"))
        .endsWith(
            "/receipts/"
                + answer.get("receiptNumber")
                + "?token="
                + credentials().receiptNumbers().token((String) answer.get("inquiryId")));
  }

  @Test
  void theSameCallAgainIsTheSameAnswerAndOneEvent() {
    Map<String, String> call = call(Backends.unique("call"), "2025-11-24T10:00:00+09:00");
    Map<?, ?> first = post(channelOf("gyeongju"), CALLS, call);
    Map<?, ?> second = post(channelOf("gyeongju"), CALLS, call);

    assertThat(second).isEqualTo(first);
    assertThat(events("call-received", (String) first.get("inquiryId"), 1)).hasSize(1);
  }

  @Test
  void aCallOnAHolidayIsOutOfHours() {
    Map<?, ?> answer =
        post(
            channelOf("gyeongju"),
            CALLS,
            call(Backends.unique("call"), "2026-01-01T10:00:00+09:00"));
    assertThat(received(answer).outOfHours()).isTrue();
  }

  /** The numbers that ring here are one each, however the exchange writes them. */
  @ParameterizedTest
  @CsvSource({
    "0547798585, 054-779-8585",
    "+82 54-779-8585, 054-779-8585",
    "779-6114, 779-6114",
    "054-000-1111, 054-000-1111",
  })
  void aCallToANumberThatNobodyKnowsIsTakenToo(String called, String published) {
    Map<?, ?> answer =
        post(
            channelOf("gyeongju"),
            CALLS,
            Map.of(
                "callId",
                Backends.unique("call"),
                "called",
                called,
                "agent",
                "not-in-the-file-yet",
                "at",
                "2025-11-24T10:00:00+09:00"));

    assertThat(received(answer).called()).isEqualTo(published);
    assertThat(received(answer).agent()).isEqualTo("not-in-the-file-yet");
  }

  @Test
  void whatIsNoNumberAndNoIdIsRefused() {
    for (String called : List.of("city hall", "sip:reception@pbx", "12", "900101-1234567")) {
      refused(
          channelOf("gyeongju"),
          CALLS,
          Map.of(
              "callId",
              Backends.unique("call"),
              "called",
              called,
              "agent",
              "agent 1",
              "at",
              "2025-11-24T10:00:00+09:00"),
          "called",
          "agent");
    }
  }

  @Test
  void aTimeTooFarAheadIsTakenAsNow() {
    Instant claimed = Instant.now().plus(Duration.ofMinutes(20));
    Instant before = Instant.now();
    Map<?, ?> answer =
        post(channelOf("gyeongju"), CALLS, call(Backends.unique("call"), claimed.toString()));

    Event.CallReceived event = received(answer);
    assertThat(event.claimedAt()).isEqualTo(claimed);
    assertThat(event.at())
        .isBetween(before.minusSeconds(1), Instant.now())
        .isEqualTo(event.inquiry().receivedAt());
  }

  @Test
  void anEndMayComeBeforeItsCall() {
    String callId = Backends.unique("call");
    Map<String, Object> end =
        Map.of(
            "at",
            "2025-11-24T10:05:00+09:00",
            "outcome",
            "answered",
            "agent",
            "agent-1",
            "waitSeconds",
            7,
            "talkSeconds",
            95,
            "holdSeconds",
            4,
            "afterCallSeconds",
            30,
            "connectedTo",
            "roads");
    noContent(channelOf("gyeongju"), CALLS + "/" + callId + "/end", end);
    Map<?, ?> call = post(channelOf("gyeongju"), CALLS, call(callId, "2025-11-24T10:00:00+09:00"));
    noContent(channelOf("gyeongju"), CALLS + "/" + callId + "/end", end);

    var ends = events("call-ended", (String) call.get("inquiryId"), 2);
    Event.CallEnded early = (Event.CallEnded) ends.get(0);
    Event.CallEnded late = (Event.CallEnded) ends.get(1);
    assertThat(early.inquiry().receivedAt()).isNull();
    assertThat(late.inquiry().receivedAt()).isEqualTo("2025-11-24T01:00:00Z");
    assertThat(late.id()).isEqualTo(early.id());
    assertThat(early.outcome()).isEqualTo(CallOutcome.ANSWERED);
    assertThat(early.agent()).isEqualTo("agent-1");
    assertThat(early.waitSeconds()).isEqualTo(7);
    assertThat(early.talkSeconds()).isEqualTo(95);
    assertThat(early.holdSeconds()).isEqualTo(4);
    assertThat(early.afterCallSeconds()).isEqualTo(30);
    assertThat(early.connectedTo()).isEqualTo("roads");
    assertThat(early.connectedToName()).isEqualTo("도로과");
  }

  /** Figures are counted by the first telling and rebuilt from the last: they must be the same. */
  @Test
  void anEndThatIsToldAgainKeepsTheCategoryItWasToldWith() {
    String callId = Backends.unique("call");
    Map<String, Object> end =
        Map.of("at", "2025-11-24T10:05:00+09:00", "outcome", "answered", "agent", "agent-1");
    noContent(channelOf("gyeongju"), CALLS + "/" + callId + "/end", end);
    Map<String, Object> call = new HashMap<>(call(callId, "2025-11-24T10:00:00+09:00"));
    call.put("category", "illegal-parking");
    String inquiryId = (String) post(channelOf("gyeongju"), CALLS, call).get("inquiryId");
    assertThat(events("call-received", inquiryId, 1).get(0))
        .isInstanceOfSatisfying(
            Event.CallReceived.class,
            it -> assertThat(it.inquiry().category()).isEqualTo("illegal-parking"));
    noContent(channelOf("gyeongju"), CALLS + "/" + callId + "/end", end);

    assertThat(events("call-ended", inquiryId, 2))
        .hasSize(2)
        .allSatisfy(it -> assertThat(((Event.CallEnded) it).inquiry().category()).isNull());
  }

  @Test
  void anAnswerNamesItsAgent() {
    String callId = Backends.unique("call");
    Map<?, ?> call = post(channelOf("gyeongju"), CALLS, call(callId, "2025-11-24T10:00:00+09:00"));
    noContent(
        channelOf("gyeongju"),
        CALLS + "/" + callId + "/answer",
        Map.of("at", "2025-11-24T10:00:09+09:00", "agent", "agent-2", "waitSeconds", 9));

    Event.CallAnswered event =
        (Event.CallAnswered) events("call-answered", (String) call.get("inquiryId"), 1).get(0);
    assertThat(event.agent()).isEqualTo("agent-2");
    assertThat(event.waitSeconds()).isEqualTo(9);
    assertThat(event.inquiry().receivedAt()).isEqualTo("2025-11-24T01:00:00Z");
  }

  @Test
  void ofTwoAnswersTheFirstStands() {
    String callId = Backends.unique("call");
    Map<?, ?> call = post(channelOf("gyeongju"), CALLS, call(callId, "2025-11-24T10:00:00+09:00"));
    String at = "2025-11-24T10:00:09+09:00";
    String door = CALLS + "/" + callId + "/answer";
    noContent(channelOf("gyeongju"), door, Map.of("at", at, "agent", "agent-2", "waitSeconds", 9));
    noContent(channelOf("gyeongju"), door, Map.of("at", at, "agent", "agent-3", "waitSeconds", 70));

    List<Event> said = events("call-answered", (String) call.get("inquiryId"), 2);
    assertThat(said).hasSize(2).containsOnly(said.get(0));
    assertThat(((Event.CallAnswered) said.get(1)).agent()).isEqualTo("agent-2");
  }

  /** One end of many that come at once, and none that comes later, is what every record says. */
  @Test
  void ofManyEndsTheFirstStands() {
    String callId = Backends.unique("call");
    Map<?, ?> call = post(channelOf("gyeongju"), CALLS, call(callId, "2025-11-24T10:00:00+09:00"));
    String door = CALLS + "/" + callId + "/end";
    Map<String, String> abandoned =
        Map.of("at", "2025-11-24T10:05:00+09:00", "outcome", "abandoned");

    IntStream.range(0, 8)
        .mapToObj(
            talk ->
                CompletableFuture.runAsync(
                    () ->
                        noContent(
                            channelOf("gyeongju"),
                            door,
                            Map.of(
                                "at",
                                "2025-11-24T10:05:0" + talk + "+09:00",
                                "outcome",
                                "answered",
                                "agent",
                                "agent-1",
                                "talkSeconds",
                                talk))))
        .toList()
        .forEach(CompletableFuture::join);
    noContent(channelOf("gyeongju"), door, abandoned);

    List<Event> said = events("call-ended", (String) call.get("inquiryId"), 9);
    assertThat(said).hasSize(9).containsOnly(said.get(0));
    assertThat(((Event.CallEnded) said.get(8)).outcome()).isEqualTo(CallOutcome.ANSWERED);
  }

  @Test
  void anAgentsStateIsPublished() {
    String agent = "agent-3";
    noContent(
        channelOf("gyeongju"),
        "/api/v1/cities/gyeongju/agents/" + agent + "/state",
        Map.of("at", "2025-11-24T10:00:09+09:00", "state", "after-call"));

    assertThat(events("agent-state-changed", "gyeongju/" + agent, 1))
        .containsExactly(
            new Event.AgentStateChanged(
                "gyeongju",
                agent,
                Instant.parse("2025-11-24T01:00:09Z"),
                AgentState.AFTER_CALL,
                null));
  }

  @Test
  void ofAnOutgoingCallTheCitizenIsWhoIsCalled() {
    Map<?, ?> answer =
        post(
            channelOf("gyeongju"),
            CALLS,
            Map.of(
                "callId", Backends.unique("call"),
                "direction", "out",
                "called", "010-9876-5432",
                "calling", "054-779-8585",
                "at", "2025-11-24T10:00:00+09:00"));

    Event.CallReceived event = received(answer);
    assertThat(event.direction()).isEqualTo(Direction.OUT);
    assertThat(event.called()).isNull();
    assertThat(
            credentials()
                .contactSeal("gyeongju")
                .open(ContactSeal.Field.TELEPHONE, event.contact().telephone()))
        .isEqualTo("010-9876-5432");
    assertThat(event.contact().telephoneHash())
        .isEqualTo(credentials().telephoneHash("gyeongju").of("010-9876-5432"));
    refused(
        channelOf("gyeongju"),
        CALLS,
        Map.of(
            "callId", Backends.unique("call"),
            "direction", "out",
            "calling", "054-779-8585",
            "at", "2025-11-24T10:00:00+09:00"),
        "called");
  }

  @Test
  void onlyTheCitysAgentsHaveAState() {
    int before = size("agent-state-changed");
    Map<String, String> state = Map.of("at", "2025-11-24T10:00:09+09:00", "state", "available");
    for (String agent : List.of("nobody", "900101-1234567")) {
      refused(
          channelOf("gyeongju"),
          "/api/v1/cities/gyeongju/agents/" + agent + "/state",
          state,
          "agent");
    }
    assertThat(size("agent-state-changed")).isEqualTo(before);
  }

  @Test
  void nonsenseIsRefusedFieldByFieldAndNothingIsPublished() {
    int before = size("call-received") + size("call-ended");
    WebTestClient channel = channelOf("gyeongju");
    refused(channel, CALLS, Map.of("called", "1"), "callId", "at");
    refused(channel, CALLS, call(Backends.unique("call"), "yesterday"), "at");
    refused(
        channel, CALLS, Map.of("callId", 7, "called", "1", "at", "2026-01-01T00:00Z"), "callId");
    refused(
        channel,
        CALLS + "/x/end",
        Map.of("at", "2026-01-01T00:00:00Z", "outcome", "exploded", "talkSeconds", -1),
        "outcome",
        "talkSeconds");
    refused(
        channel,
        CALLS + "/x/end",
        Map.of(
            "at", "2026-01-01T00:00:00Z",
            "outcome", "answered",
            "agent", "agent 1",
            "connectedTo", "nowhere"),
        "agent",
        "connectedTo");
    refused(
        channel,
        CALLS + "/x/end",
        Map.of("at", "2026-01-01T00:00:00Z", "outcome", "answered"),
        "agent");
    assertThat(size("call-received") + size("call-ended")).isEqualTo(before);
  }

  @Test
  void onlyTheCitysKeyOpensItsDoors() {
    Map<String, String> call = call(Backends.unique("call"), "2025-11-24T10:00:00+09:00");
    status(anyone(), CALLS, call, HttpStatus.UNAUTHORIZED);
    status(channelOf("cheonan"), CALLS, call, HttpStatus.FORBIDDEN);
    status(channelOf("gyeongju"), "/api/v1/cities/atlantis/calls", call, HttpStatus.NOT_FOUND);
  }

  private Event.CallReceived received(Map<?, ?> answer) {
    return (Event.CallReceived) events("call-received", (String) answer.get("inquiryId"), 1).get(0);
  }

  private static Map<String, String> call(String callId, String at) {
    return Map.of("callId", callId, "called", "054-779-8585", "at", at);
  }

  private static Map<?, ?> post(WebTestClient as, String path, Object body) {
    return as.post()
        .uri(path)
        .bodyValue(body)
        .exchange()
        .expectStatus()
        .isCreated()
        .expectBody(Map.class)
        .returnResult()
        .getResponseBody();
  }

  private static void noContent(WebTestClient as, String path, Object body) {
    status(as, path, body, HttpStatus.NO_CONTENT);
  }

  private static void status(WebTestClient as, String path, Object body, HttpStatus expected) {
    as.post().uri(path).bodyValue(body).exchange().expectStatus().isEqualTo(expected);
  }

  private static void refused(WebTestClient as, String path, Object body, String... fields) {
    var problem =
        as.post()
            .uri(path)
            .bodyValue(body)
            .exchange()
            .expectStatus()
            .isBadRequest()
            .expectHeader()
            .contentType("application/problem+json")
            .expectBody();
    for (String field : fields) {
      problem.jsonPath("$.errors[?(@.field == '" + field + "')].message").isNotEmpty();
    }
  }
}
