package barocall.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.testkit.Backends;
import barocall.testkit.Scrape;
import barocall.testkit.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

/** What a scrape says after real traffic, and what a trace says. */
class MetricsTest extends IntakeStack {
  private static final String DOOR = "/api/v1/cities/gyeongju/inquiries";
  private static final String FAX = "channel=\"fax\"";
  private static final String CITY = "city=\"gyeongju\"";

  @Test
  void whatCameInAndWhatWasRefusedIsCounted() {
    Scrape before = scrape();
    String key = Backends.unique("key");
    assertThat(post(key, "fax")).isEqualTo(HttpStatus.CREATED);
    assertThat(post(key, "fax")).as("a repeat").isEqualTo(HttpStatus.CREATED);
    assertThat(post(Backends.unique("key"), "pigeon")).isEqualTo(HttpStatus.BAD_REQUEST);

    // What a slow broker did not acknowledge in time is counted once it has.
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () ->
                assertThat(more(before, scrape(), "barocall_inquiries_received_total", CITY, FAX))
                    .isEqualTo(1));
    Scrape after = scrape();
    assertThat(more(before, after, "barocall_inquiries_received_total", CITY, FAX)).isEqualTo(1);
    assertThat(more(before, after, "barocall_requests_refused_total", "status=\"400\""))
        .isEqualTo(1);
    assertThat(after.text())
        .contains("# HELP barocall_inquiries_received_total Inquiries that came in")
        .contains("# TYPE barocall_consumer_lag_records gauge");
    assertThat(after.find("kafka_producer_record_send_total")).isPresent();
  }

  @Test
  void theLagFallsToNothingAndDeadLettersAreCounted() {
    Scrape before = scrape();
    Topics.shared()
        .send("call-received", Backends.unique("broken"), "{".getBytes(StandardCharsets.UTF_8));
    post(Backends.unique("key"), "web");

    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              Scrape after = scrape();
              assertThat(
                      after.find(
                          "barocall_consumer_lag_records",
                          "group=\"intake-service\"",
                          "topic=\"call-received\""))
                  .hasValue(0);
              assertThat(
                      more(
                          before,
                          after,
                          "barocall_dead_letters_total",
                          "service=\"intake-service\"",
                          "topic=\"call-received\""))
                  .as("once, or twice if it was read again before that was noted")
                  .isBetween(1.0, 2.0);
            });
  }

  @Test
  void theTraceOfTheRequestGoesOnInTheRecord() {
    String trace = "4af7651916cd43dd8448eb211c80319c";
    Map<?, ?> answer =
        channelOf("gyeongju")
            .post()
            .uri(DOOR)
            .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
            .bodyValue(Map.of("channel", "web", "text", "x"))
            .exchange()
            .expectStatus()
            .isCreated()
            .expectBody(Map.class)
            .returnResult()
            .getResponseBody();
    assertThat(
            Topics.shared()
                .read(
                    "call-received",
                    records ->
                        records.stream()
                            .anyMatch(it -> it.key().startsWith(answer.get("inquiryId") + "/0/"))))
        .filteredOn(it -> it.key().startsWith(answer.get("inquiryId") + "/0/"))
        .allSatisfy(
            it -> {
              assertThat(
                      new String(
                          it.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8))
                  .startsWith("00-" + trace + "-")
                  .doesNotContain("b7ad6b7169203331");
              assertThat(new String(it.value(), StandardCharsets.UTF_8))
                  .doesNotContain("traceparent");
            });
  }

  private static double more(Scrape before, Scrape after, String name, String... labels) {
    return after.value(name, labels) - before.value(name, labels);
  }

  private Scrape scrape() {
    return new Scrape(
        anyone()
            .mutate()
            .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(-1))
            .build()
            .get()
            .uri("/actuator/prometheus")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody());
  }

  private HttpStatus post(String key, String channel) {
    return HttpStatus.valueOf(
        channelOf("gyeongju")
            .post()
            .uri(DOOR)
            .header("Idempotency-Key", key)
            .bodyValue(Map.of("channel", channel, "text", "x"))
            .exchange()
            .returnResult(String.class)
            .getStatus()
            .value());
  }
}
