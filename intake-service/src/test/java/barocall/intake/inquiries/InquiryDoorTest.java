package barocall.intake.inquiries;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.access.ContactSeal;
import barocall.contract.Channel;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.intake.IntakeStack;
import barocall.testkit.Backends;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class InquiryDoorTest extends IntakeStack {
  private static final String DOOR = "/api/v1/cities/gyeongju/inquiries";

  @Test
  void aWebInquiryIsPublishedMaskedAndSealed() {
    Map<?, ?> answer =
        created(
            null,
            Map.of(
                "channel", "web",
                "subject", "포트홀",
                "text", "900101-1234567 도로가 파였습니다\u0000\r\n위험합니다",
                "category", "road-damage",
                "place", Map.of("address", "양정로 260", "latitude", 35.8562, "longitude", 129.2247),
                "contact",
                    Map.of(
                        "name", "홍길동",
                        "telephone", "010-1234-5678",
                        "email", "hong@example.com")));

    Event.CallReceived event = received(answer);
    assertThat(event.inquiry().channel()).isEqualTo(Channel.WEB);
    assertThat(event.inquiry().category()).isEqualTo("road-damage");
    assertThat(event.inquiry().inquiryId())
        .matches("gyeongju-[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(event.door()).isEqualTo(Door.INQUIRIES);
    assertThat(event.subject()).isEqualTo("포트홀");
    assertThat(event.text()).isEqualTo("900101-******* 도로가 파였습니다\n위험합니다");
    assertThat(event.place()).isEqualTo(new Event.Place("양정로 260", 35.8562, 129.2247));
    assertThat(event.direction()).isNull();
    ContactSeal seal = credentials().contactSeal("gyeongju");
    assertThat(seal.open(ContactSeal.Field.NAME, event.contact().name())).isEqualTo("홍길동");
    assertThat(seal.open(ContactSeal.Field.EMAIL, event.contact().email()))
        .isEqualTo("hong@example.com");
    assertThat(OffsetDateTime.parse((String) answer.get("readFrom")).toInstant())
        .isAfterOrEqualTo(event.at());
  }

  @Test
  void theSameKeyNeverMakesASecondInquiry() {
    String key = Backends.unique("key");
    Map<String, String> body = Map.of("channel", "sms", "text", "가로등이 꺼졌습니다");
    Map<?, ?> first = created(key, body);
    Map<?, ?> second = created(key, body);

    assertThat(second).isEqualTo(first);
    assertThat((String) first.get("inquiryId")).matches("gyeongju-c-[0-9a-f]{32}");
    assertThat(events("call-received", (String) first.get("inquiryId"), 1)).hasSize(1);
  }

  @Test
  void otherWordsUnderAKeyThatIsRememberedAreRefused() {
    String key = Backends.unique("key");
    Map<?, ?> first = created(key, Map.of("channel", "web", "text", "하나"));

    post(channelOf("gyeongju"), key, Map.of("channel", "web", "text", "둘"))
        .expectStatus()
        .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
        .expectBody()
        .jsonPath("$.errors[0].field")
        .isEqualTo("Idempotency-Key");
    assertThat(events("call-received", (String) first.get("inquiryId"), 1)).hasSize(1);
  }

  @Test
  void aKeyOfAnotherCityIsAnotherInquiry() {
    String key = Backends.unique("key");
    Map<String, String> body = Map.of("channel", "web", "text", "같은 키");
    Map<?, ?> here = created(key, body);
    Object there =
        channelOf("cheonan")
            .post()
            .uri("/api/v1/cities/cheonan/inquiries")
            .header("Idempotency-Key", key)
            .bodyValue(body)
            .exchange()
            .expectStatus()
            .isCreated()
            .expectBody(Map.class)
            .returnResult()
            .getResponseBody()
            .get("inquiryId");
    assertThat(there).isNotEqualTo(here.get("inquiryId"));
  }

  @Test
  void nonsenseIsRefusedFieldByFieldAndNothingIsPublished() {
    int before = size("call-received");
    refused(Map.of(), "channel", "text");
    refused(Map.of("channel", "telephone", "text", "전화"), "channel");
    refused(Map.of("channel", "pigeon", "text", " \u0000 "), "channel", "text");
    refused(Map.of("channel", "web", "text", 5), "text");
    refused(Map.of("channel", "web", "text", "x", "category", "no-such"), "category");
    refused(
        Map.of("channel", "web", "text", "x", "place", Map.of("latitude", 91, "longitude", 1)),
        "place.latitude");
    refused(
        Map.of("channel", "web", "text", "x", "place", Map.of("latitude", 35)), "place.longitude");
    refused(
        Map.of(
            "channel", "web",
            "text", "x",
            "contact", Map.of("telephone", "abc", "email", "nobody")),
        "contact.telephone",
        "contact.email");
    raw("{\"channel\":\"web\",\"text\":", HttpStatus.BAD_REQUEST);
    raw("[]", HttpStatus.BAD_REQUEST);
    raw("null", HttpStatus.BAD_REQUEST);
    raw("", HttpStatus.BAD_REQUEST);
    assertThat(size("call-received")).isEqualTo(before);
  }

  @Test
  void tooLongIs413() {
    Map<String, String> longest = Map.of("channel", "web", "text", "가".repeat(20_000));
    assertThat(received(created(null, longest)).text()).hasSize(20_000);
    post(channelOf("gyeongju"), null, Map.of("channel", "web", "text", "가".repeat(20_001)))
        .expectStatus()
        .isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
    post(
            channelOf("gyeongju"),
            null,
            Map.of("channel", "web", "text", "x", "subject", "가".repeat(201)))
        .expectStatus()
        .isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
    raw("{\"x\":\"" + "x".repeat(262_144) + "\"}", HttpStatus.CONTENT_TOO_LARGE);
  }

  @Test
  void halvesOfSurrogatePairsAndUnknownFieldsDoNoHarm() {
    Map<?, ?> answer =
        channelOf("gyeongju")
            .post()
            .uri(DOOR)
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue("{\"channel\":\"web\",\"text\":\"a\\ud83db\",\"colour\":\"red\"}")
            .exchange()
            .expectStatus()
            .isCreated()
            .expectBody(Map.class)
            .returnResult()
            .getResponseBody();
    assertThat(received(answer).text()).isEqualTo("a\uFFFDb");
  }

  @Test
  void nobodyWithoutTheCitysKeyMayPost() {
    Map<String, String> body = Map.of("channel", "web", "text", "x");
    post(anyone(), null, body).expectStatus().isUnauthorized();
    post(channelOf("cheonan"), null, body).expectStatus().isForbidden();
    post(person("gyeongju-agent-1"), null, body).expectStatus().isForbidden();
  }

  private Map<?, ?> created(@Nullable String key, Object body) {
    return post(channelOf("gyeongju"), key, body)
        .expectStatus()
        .isCreated()
        .expectBody(Map.class)
        .returnResult()
        .getResponseBody();
  }

  private void refused(Object body, String... fields) {
    var problem =
        post(channelOf("gyeongju"), null, body)
            .expectStatus()
            .isBadRequest()
            .expectHeader()
            .contentType("application/problem+json")
            .expectBody();
    for (String field : fields) {
      problem.jsonPath("$.errors[?(@.field == '" + field + "')].message").isNotEmpty();
    }
  }

  private void raw(String body, HttpStatus expected) {
    channelOf("gyeongju")
        .post()
        .uri(DOOR)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange()
        .expectStatus()
        .isEqualTo(expected);
  }

  private static WebTestClient.ResponseSpec post(
      WebTestClient as, @Nullable String key, Object body) {
    return as.post()
        .uri(DOOR)
        .headers(
            headers -> {
              if (key != null) {
                headers.set("Idempotency-Key", key);
              }
            })
        .bodyValue(body)
        .exchange();
  }

  private Event.CallReceived received(Map<?, ?> answer) {
    return (Event.CallReceived) events("call-received", (String) answer.get("inquiryId"), 1).get(0);
  }
}
