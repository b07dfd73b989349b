package barocall.intake.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.access.Vault;
import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.AccessKind;
import barocall.contract.By;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.Event.AccessRecorded;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.WhyKind;
import barocall.intake.IntakeStack;
import barocall.intake.inquiries.Accepted;
import barocall.intake.inquiries.Accepting;
import barocall.intake.inquiries.Draft;
import barocall.intake.inquiries.InquiryBody;
import barocall.kit.events.EventPublisher;
import barocall.testkit.Accesses;
import barocall.testkit.Backends;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class ReceiptDoorTest extends IntakeStack {
  @Autowired private EventPublisher publisher;
  @Autowired private Receipts receipts;
  @Autowired private Accepting accepting;
  @Autowired private Vault vault;
  @Autowired private Cities cities;

  @Test
  void theTokenOfTheLinkOpensItAtOnce() {
    Sent sent = send("010-1234-5678");
    show(anyone(), sent, "?token=" + sent.token)
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.receiptNumber")
        .isEqualTo(sent.number)
        .jsonPath("$.city")
        .isEqualTo("gyeongju")
        .jsonPath("$.channel")
        .isEqualTo("web")
        .jsonPath("$.state")
        .isEqualTo("received")
        .jsonPath("$.history[0].what")
        .isEqualTo("received")
        .jsonPath("$.receivedAt")
        .value(at -> assertThat((String) at).endsWith("+09:00"));
  }

  @Test
  void onlyWhoMaySeeItSeesIt() {
    Sent sent = send("010-1234-5678");
    show(anyone(), sent, "?last4=5678").expectStatus().isOk();
    show(channelOf("gyeongju"), sent, "").expectStatus().isOk();
    show(person("gyeongju-agent-1"), sent, "").expectStatus().isOk();
    show(person("gyeongju-admin"), sent, "").expectStatus().isOk();
    show(person("admin"), sent, "").expectStatus().isOk();
    show(anyone(), sent, "").expectStatus().isUnauthorized();
    show(anyone(), sent, "?last4=1234").expectStatus().isNotFound();
    show(anyone(), sent, "?token=wrong").expectStatus().isNotFound();
    show(channelOf("cheonan"), sent, "").expectStatus().isNotFound();
    show(person("gyeongju-roads"), sent, "").expectStatus().isNotFound();
    // Of the staff, and of nobody else.
    assertThat(Accesses.to(sent.inquiryId))
        .allMatch(it -> it.what() == AccessKind.RECEIPT && it.service().equals("intake-service"))
        .extracting(AccessRecorded::user)
        .containsExactly("gyeongju-agent-1", "gyeongju-admin", "admin");
    person("gyeongju-agent-1")
        .get()
        .uri("/receipts/" + sent.number)
        .exchange()
        .expectStatus()
        .isOk();
    anyone()
        .get()
        .uri("/receipts/" + sent.number + "?token=" + sent.token)
        .exchange()
        .expectStatus()
        .isOk();
    assertThat(Accesses.to(sent.inquiryId)).hasSize(4);
  }

  @Test
  void anUnknownNumberAndAWrongProofAreToldApartByNobody() {
    Sent sent = send("010-1234-5678");
    byte[] wrong =
        show(anyone(), sent, "?last4=0000").expectBody().returnResult().getResponseBody();
    byte[] unknown =
        anyone()
            .get()
            .uri("/api/v1/receipts/0000-0000-0000?last4=0000")
            .exchange()
            .expectStatus()
            .isNotFound()
            .expectBody()
            .returnResult()
            .getResponseBody();
    assertThat(wrong).isEqualTo(unknown);
  }

  @Test
  void guessingTheDigitsEnds() {
    Sent sent = send("010-1234-5678");
    for (int guess = 0; guess < 5; guess++) {
      show(anyone(), sent, "?last4=000" + guess).expectStatus().isNotFound();
    }
    show(anyone(), sent, "?last4=5678")
        .expectStatus()
        .isEqualTo(HttpStatus.TOO_MANY_REQUESTS)
        .expectHeader()
        .exists("Retry-After");
    show(anyone(), sent, "?token=" + sent.token).expectStatus().isOk();
  }

  @Test
  void theCitizenIsShownTheAnswerAsItWasPutRightAndWhen() {
    Sent sent = send("010-1234-5678");
    resolve(sent);
    correct(sent, "내일 다시 보수합니다");

    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () ->
                show(anyone(), sent, "?token=" + sent.token)
                    .expectBody()
                    .jsonPath("$.answer")
                    .isEqualTo("내일 다시 보수합니다")
                    .jsonPath("$.answerCorrectedAt")
                    .exists()
                    .jsonPath("$.state")
                    .isEqualTo("resolved"));
    for (String[] page :
        new String[][] {{"ko", "에 바로잡은 답변입니다"}, {"en", "This answer was corrected on"}}) {
      anyone()
          .get()
          .uri("/receipts/" + sent.number + "?token=" + sent.token + "&lang=" + page[0])
          .exchange()
          .expectStatus()
          .isOk()
          .expectBody(String.class)
          .value(it -> assertThat(it).contains("내일 다시 보수합니다", page[1]).doesNotContain("보수했습니다"));
    }
  }

  @Test
  void theCitizenAsksAgainOnceAndRatesTheAnswer() {
    Sent sent = send("010-1234-5678");
    post(anyone(), sent, "/reopen", Map.of("reason", "아직")).isEqualTo(HttpStatus.CONFLICT);
    resolve(sent);
    show(anyone(), sent, "?token=" + sent.token)
        .expectBody()
        .jsonPath("$.state")
        .isEqualTo("resolved")
        .jsonPath("$.answer")
        .isEqualTo("보수했습니다")
        .jsonPath("$.department")
        .isEqualTo("roads")
        .jsonPath("$.departmentName")
        .isEqualTo("도로과")
        .jsonPath("$.dueAt")
        .isNotEmpty();

    assertThat(page(sent)).contains("보수했습니다", "매우만족", "추가답변 요청", "도로과", "054-000-1060", "처리예정일");
    post(anyone(), sent, "/rating", Map.of("score", 6)).isEqualTo(HttpStatus.BAD_REQUEST);
    post(anyone(), sent, "/rating", Map.of("score", 4)).isEqualTo(HttpStatus.OK);
    post(anyone(), sent, "/rating", Map.of("score", 4)).isEqualTo(HttpStatus.OK);
    post(anyone(), sent, "/rating", Map.of("score", 1)).isEqualTo(HttpStatus.CONFLICT);
    Event.SatisfactionRated rated =
        (Event.SatisfactionRated) events("satisfaction-rated", sent.inquiryId, 1).get(0);
    assertThat(rated.score()).isEqualTo(4);
    assertThat(rated.step()).isEqualTo(1);

    byte[] first = reopened(sent);
    byte[] again = reopened(sent);
    assertThat(again).isEqualTo(first);
    var reopenings = events("inquiry-reopened", sent.inquiryId, 1);
    assertThat(reopenings).hasSize(1);
    assertThat(((Event.InquiryReopened) reopenings.get(0)).reason()).isEqualTo("900101-*******");
    assertThat(((Event.InquiryReopened) reopenings.get(0)).step()).isEqualTo(1);
    show(anyone(), sent, "?token=" + sent.token)
        .expectBody()
        .jsonPath("$.state")
        .isEqualTo("received");
  }

  /** Neither is shown yet when the other comes. */
  @Test
  void ofTwoRatingsAtOnceOneStandsAndTheOtherIsToldSo() {
    Sent sent = send("010-1234-5678");
    resolve(sent);
    List<HttpStatusCode> answers =
        Stream.of(5, 1, 5, 1)
            .map(score -> CompletableFuture.supplyAsync(() -> rated(sent, score)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    assertThat(answers)
        .containsExactlyInAnyOrder(
            HttpStatus.OK, HttpStatus.OK, HttpStatus.CONFLICT, HttpStatus.CONFLICT);
    assertThat(events("satisfaction-rated", sent.inquiryId, 1)).hasSize(1);
  }

  private HttpStatusCode rated(Sent sent, int score) {
    return anyone()
        .post()
        .uri("/api/v1/receipts/" + sent.number + "/rating?token=" + sent.token)
        .bodyValue(Map.of("score", score))
        .exchange()
        .returnResult(Void.class)
        .getStatus();
  }

  @Test
  void anIntakeThatForgotAKeyAnswersFromTheStoreAndSaysNothing() {
    String key = Backends.unique("key");
    City city = cities.city("gyeongju").orElseThrow();
    Accepted first = accepting.accept(city, Door.INQUIRIES, key, "one", draft("하나", city)).block();
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> !receipts.find(first.receiptNumber()).block().isEmpty());

    KnownReceipts restarted =
        new KnownReceipts(receipts, new RecentFacts(Ticker.systemTicker(), () -> false));
    Accepting another =
        new Accepting(
            publisher, vault, restarted, Clock.systemUTC(), new Random(), Ticker.systemTicker());
    Accepted second = another.accept(city, Door.INQUIRIES, key, "two", draft("둘", city)).block();

    assertThat(second).isEqualTo(first);
    assertThat(events("call-received", first.inquiryId(), 1)).hasSize(1);
  }

  private static Draft draft(String text, City city) {
    return Draft.of(new InquiryBody("web", text, null, null, null, null), city);
  }

  private String page(Sent sent) {
    return anyone()
        .get()
        .uri("/receipts/" + sent.number + "?token=" + sent.token)
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .returnResult()
        .getResponseBody();
  }

  private byte[] reopened(Sent sent) {
    return anyone()
        .post()
        .uri("/api/v1/receipts/" + sent.number + "/reopen?token=" + sent.token)
        .bodyValue(Map.of("reason", "900101-1234567"))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .returnResult()
        .getResponseBody();
  }

  private org.springframework.test.web.reactive.server.StatusAssertions post(
      WebTestClient as, Sent sent, String action, Object body) {
    return as.post()
        .uri("/api/v1/receipts/" + sent.number + action + "?token=" + sent.token)
        .bodyValue(body)
        .exchange()
        .expectStatus();
  }

  private void correct(Sent sent, String answer) {
    Event.CallReceived received =
        (Event.CallReceived) events("call-received", sent.inquiryId, 1).get(0);
    publisher.sendAndWait(
        new Event.AnswerCorrected(
            received.inquiry(), received.at().plusSeconds(9), 1, 1, "agent-1", answer));
  }

  private void resolve(Sent sent) {
    Event.CallReceived received =
        (Event.CallReceived) events("call-received", sent.inquiryId, 1).get(0);
    Instant at = received.at();
    publisher.sendAndWait(
        new Event.ComplaintEscalated(
            received.inquiry(),
            at.plusSeconds(1),
            1,
            "roads",
            "도로과",
            "grievance",
            Priority.NORMAL,
            at.plusSeconds(86_400),
            "민원처리법 시행령 제17조",
            new Event.Why(WhyKind.RULE, "pothole", "도로 파손은 도로과가 보수합니다."),
            null,
            0,
            null,
            "도로가 파였습니다",
            null,
            received.contact()));
    publisher.sendAndWait(
        new Event.InquiryResolved(
            received.inquiry(),
            at.plusSeconds(2),
            1,
            How.ANSWERED,
            By.DEPARTMENT,
            "gyeongju-roads",
            null,
            "roads",
            "도로과",
            false,
            "보수했습니다"));
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () ->
                show(anyone(), sent, "?token=" + sent.token)
                    .expectBody()
                    .jsonPath("$.state")
                    .isEqualTo("resolved"));
  }

  private static WebTestClient.ResponseSpec show(WebTestClient as, Sent sent, String query) {
    return as.get().uri("/api/v1/receipts/" + sent.number + query).exchange();
  }

  private Sent send(String telephone) {
    Map<?, ?> answer =
        channelOf("gyeongju")
            .post()
            .uri("/api/v1/cities/gyeongju/inquiries")
            .bodyValue(
                Map.of(
                    "channel", "web",
                    "text", "도로가 파였습니다",
                    "contact", Map.of("telephone", telephone)))
            .exchange()
            .expectStatus()
            .isCreated()
            .expectBody(Map.class)
            .returnResult()
            .getResponseBody();
    String url = (String) answer.get("statusUrl");
    return new Sent(
        (String) answer.get("inquiryId"),
        (String) answer.get("receiptNumber"),
        url.substring(url.indexOf("token=") + 6));
  }

  private record Sent(String inquiryId, String number, String token) {}
}
