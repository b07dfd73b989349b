package barocall.notification.operations;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Event.Inquiry;
import barocall.notification.NotificationStack;
import barocall.testkit.Backends;
import barocall.testkit.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

class DeadLetterDoorsTest extends NotificationStack {
  private static final String LETTERS = "/api/v1/cities/gyeongju/dead-letters";

  @Test
  void aRefusedRecordIsShownWithoutItsWordsAndGoesBackIntoItsTopic() {
    Inquiry inquiry = inquiry();
    String id = inquiry.inquiryId();
    put(
        id + "/0",
        "{\"inquiry\": {\"inquiryId\": \"%s\", \"city\": \"gyeongju\"}, \"text\": \"%s\"}"
            .formatted(id, WORDS));

    until(() -> assertThat(letters("gyeongju-admin", id)).hasSize(1));
    Map<String, Object> letter = letters("gyeongju-admin", id).get(0);
    assertThat(letter)
        .containsEntry("topic", "call-received")
        .containsEntry("service", "notification-service")
        .containsEntry("city", "gyeongju")
        .containsKeys("at", "reason");
    assertThat(letter.toString()).doesNotContain(WORDS);

    person("gyeongju-admin")
        .post()
        .uri(LETTERS + "/{id}/send-again", letter.get("id"))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .json("{\"sentAgain\": 1}");

    // Nothing was mended, so it is refused once more: another record, put aside at its own time.
    until(
        () ->
            assertThat(letters("gyeongju-admin", id))
                .singleElement()
                .satisfies(it -> assertThat(it.get("id")).isNotEqualTo(letter.get("id"))));
    person("gyeongju-admin")
        .post()
        .uri(LETTERS + "/{id}/send-again", letter.get("id"))
        .exchange()
        .expectStatus()
        .isNotFound();
  }

  @Test
  void aRecordWhoseCityCannotBeToldIsForThoseWhoSeeAllCities() {
    String key = Backends.unique("torn");
    put(key, "{\"torn");
    String elsewhere = Backends.unique("elsewhere");
    put(
        elsewhere,
        "{\"inquiry\": {\"inquiryId\": \"%s\", \"city\": \"atlantis\"}}".formatted(elsewhere));

    String here = Backends.unique("here");
    put(here, "{\"inquiry\": {\"inquiryId\": \"%s\", \"city\": \"gyeongju\"}}".formatted(here));

    until(() -> assertThat(letters("admin", elsewhere)).hasSize(1));
    until(() -> assertThat(letters("gyeongju-admin", here)).hasSize(1));
    assertThat(letters("admin", "call-received-"))
        .extracting(it -> it.get("city"))
        .contains((Object) null);
    assertThat(letters("gyeongju-admin", "call-received-"))
        .extracting(it -> it.get("city"))
        .containsOnly("gyeongju");
  }

  @Test
  void theServicesHealthIsTold() {
    person("gyeongju-admin")
        .get()
        .uri("/api/v1/cities/gyeongju/services")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.length()")
        .isEqualTo(4)
        .jsonPath("$[0].service")
        .isEqualTo("intake-service")
        .jsonPath("$[0].status")
        .isEqualTo("AWAY");
  }

  private List<Map<String, Object>> letters(String user, String saying) {
    List<Map<String, Object>> all =
        person(user)
            .get()
            .uri(LETTERS)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(new ParameterizedTypeReference<List<Map<String, Object>>>() {})
            .returnResult()
            .getResponseBody();
    return all == null
        ? List.of()
        : all.stream().filter(it -> it.toString().contains(saying)).toList();
  }

  private static void put(String key, String value) {
    Topics.shared().send("call-received", key, value.getBytes(StandardCharsets.UTF_8));
  }
}
