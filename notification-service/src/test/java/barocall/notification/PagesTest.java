package barocall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Event.Inquiry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;

class PagesTest extends NotificationStack {
  private static final String ROADS = "/gyeongju/departments/roads/inbox";

  @Test
  void officerSeesTheirInboxInBothLanguages() {
    assertThat(page("gyeongju-roads", ROADS + "?case=gyeongju-c-1"))
        .contains("도로과 민원 처리함", "data-opened=\"gyeongju-c-1\"", "미접수", "기한 경과")
        .doesNotContain("??inbox", "<script>");
    assertThat(page("gyeongju-roads", ROADS + "?lang=en"))
        .contains("Inbox of Roads", "Overdue")
        .doesNotContain("??");
  }

  @Test
  void everyoneGoesWhereTheyBelong() {
    person("gyeongju-roads")
        .get()
        .uri("/")
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .is3xxRedirection()
        .expectHeader()
        .valueEquals("Location", ROADS);
    assertThat(page("gyeongju-admin", "/")).contains("도로과", ROADS).doesNotContain("??");
    person("gyeongju-water")
        .get()
        .uri(ROADS)
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .isForbidden();
    anyone()
        .get()
        .uri(ROADS + "?case=x")
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .is3xxRedirection()
        .expectHeader()
        .value("Location", it -> assertThat(it).contains("/login"));
  }

  @Test
  void operationsAreForAdministrators() {
    assertThat(page("gyeongju-admin", "/operations"))
        .contains("전달하지 못한 알림", "처리하지 못한 기록", "/api/v1/cities/gyeongju/deliveries")
        .doesNotContain("??");
    assertThat(page("admin", "/operations?lang=en"))
        .contains("Send all again")
        .doesNotContain("??");
    for (String other : List.of("gyeongju-roads", "gyeongju-agent-1")) {
      person(other)
          .get()
          .uri("/operations")
          .accept(MediaType.TEXT_HTML)
          .exchange()
          .expectStatus()
          .isForbidden();
    }
  }

  @Test
  void theListIsLive() {
    List<ServerSentEvent<String>> seen = new CopyOnWriteArrayList<>();
    var stream =
        person("gyeongju-water")
            .get()
            .uri("/api/v1/cities/gyeongju/departments/water/inbox/events")
            .accept(MediaType.TEXT_EVENT_STREAM)
            .exchange()
            .expectStatus()
            .isOk()
            .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
            .getResponseBody()
            .take(Duration.ofSeconds(30))
            .subscribe(seen::add);
    try {
      until(() -> assertThat(seen).anyMatch(it -> "snapshot".equals(it.event())));
      Inquiry inquiry = inquiry();

      say(escalated(inquiry, 1, "water"));

      until(
          () ->
              assertThat(seen)
                  .anyMatch(
                      it ->
                          "changes".equals(it.event())
                              && String.valueOf(it.data()).contains(inquiry.inquiryId())));
    } finally {
      stream.dispose();
    }
  }

  private String page(String user, String path) {
    return String.valueOf(
        person(user)
            .get()
            .uri(path)
            .accept(MediaType.TEXT_HTML)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody());
  }
}
