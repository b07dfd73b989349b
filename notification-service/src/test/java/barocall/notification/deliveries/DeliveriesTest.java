package barocall.notification.deliveries;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.DepartmentTold;
import barocall.contract.Event.Inquiry;
import barocall.contract.EventCodec;
import barocall.contract.Telling;
import barocall.contract.Way;
import barocall.notification.Catcher.Caught;
import barocall.notification.MailServer;
import barocall.notification.NotificationStack;
import barocall.testkit.Scrape;
import barocall.testkit.Topics;
import com.standardwebhooks.Webhook;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

class DeliveriesTest extends NotificationStack {
  private Scrape scrape() {
    return new Scrape(
        anyone()
            .mutate()
            .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(-1))
            .build()
            .get()
            .uri("/actuator/prometheus")
            .exchange()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody());
  }

  @AfterEach
  void mailServerIsBack() {
    MAIL.start();
  }

  @Test
  void departmentIsToldByMailAndInboxAndNothingPersonalIsInTheMail() {
    Inquiry inquiry = inquiry();
    ComplaintEscalated escalated =
        escalated(inquiry, 1, "roads", null, contact("010-1234-5678", "hong@example.org"));
    say(escalated);

    MimeMessage mail = onlyMail(inquiry);
    assertThat(MailServer.header(mail, "To")).isEqualTo("roads@gyeongju.example");
    assertThat(MailServer.header(mail, "Message-ID"))
        .isEqualTo("<complaint-escalated/" + inquiry.inquiryId() + "/1@barocall.localhost>");
    assertThat(MailServer.subject(mail)).contains("경주시 바로콜", "이관 민원", "도로 파손");
    assertThat(MailServer.body(mail))
        .contains("/gyeongju/departments/roads/inbox?case=" + inquiry.inquiryId(), "도로과 담당자께")
        .doesNotContain("패였습니다", "포트홀", "홍길동", "010-1234", "hong@");
    List<DepartmentTold> told = said(DepartmentTold.class, inquiry, 2);
    assertThat(told)
        .extracting(DepartmentTold::way, DepartmentTold::outcome, DepartmentTold::attempts)
        .containsExactlyInAnyOrder(
            tuple(Way.INBOX, Telling.TOLD, 1), tuple(Way.EMAIL, Telling.TOLD, 1));
  }

  @Test
  void allThatFollowsBelongsToTheTraceOfTheEscalation() {
    String trace = "3af7651916cd43dd8448eb211c80319c";
    Inquiry inquiry = inquiry();
    ProducerRecord<String, byte[]> record =
        EventCodec.encode(escalated(inquiry, 1, "water"), "test", 6);
    record
        .headers()
        .add("traceparent", ("00-" + trace + "-b7ad6b7169203331-01").getBytes(US_ASCII));
    Topics.shared().send(record);

    assertThat(said(DepartmentTold.class, inquiry, 3))
        .extracting(DepartmentTold::way)
        .containsExactlyInAnyOrder(Way.INBOX, Way.EMAIL, Way.WEBHOOK);
    assertThat(Topics.shared().readAll("department-told"))
        .filteredOn(it -> it.key().startsWith(inquiry.inquiryId() + "/"))
        .hasSize(3)
        .allSatisfy(
            it ->
                assertThat(new String(it.headers().lastHeader("traceparent").value(), US_ASCII))
                    .contains(trace));
    assertThat(WEB.caught("/water", inquiry.inquiryId()))
        .hasSize(1)
        .allSatisfy(it -> assertThat(it.header("traceparent")).contains(trace));
  }

  @Test
  void redeliveredEventSendsNoSecondMail() {
    Inquiry inquiry = inquiry();
    ComplaintEscalated escalated = escalated(inquiry, 1, "roads");
    Inquiry next = inquiry();

    say(escalated, escalated, escalated);
    onlyMail(inquiry);
    say(escalated, escalated(next, 1, "roads"));
    onlyMail(next);

    onlyMail(inquiry);
  }

  @Test
  void everyOutcomeIsShownBeforeTheFirst() {
    Scrape scrape = scrape();
    for (Delivery.Means means : Delivery.Means.values()) {
      for (String outcome : List.of("told", "failed", "given-up")) {
        assertThat(
                scrape.find(
                    "barocall_deliveries_total",
                    "way=\"" + means.wireName() + "\"",
                    "outcome=\"" + outcome + "\""))
            .as(means + " " + outcome)
            .isPresent();
      }
    }
  }

  @Test
  void mailServerThatComesBackGetsTheMailAndTheTriesAreCounted() {
    Scrape before = scrape();
    MAIL.stop();
    Inquiry inquiry = inquiry();
    say(escalated(inquiry, 1, "roads"));
    until(
        () ->
            deliveries("pending")
                .jsonPath(of(inquiry) + ".lastError")
                .isEqualTo(List.of("the mail server is away")));

    MAIL.start();

    onlyMail(inquiry);
    DepartmentTold told = byMail(inquiry, 1).get(0);
    assertThat(told.outcome()).isEqualTo(Telling.TOLD);
    assertThat(told.attempts()).isGreaterThan(1);
    until(
        () -> {
          Scrape after = scrape();
          for (String outcome : List.of("told", "failed")) {
            String[] labels = {"way=\"email\"", "outcome=\"" + outcome + "\""};
            assertThat(after.value("barocall_deliveries_total", labels))
                .isGreaterThan(before.value("barocall_deliveries_total", labels));
          }
          String[] roads = {"city=\"gyeongju\"", "department=\"roads\"", "way=\"email\""};
          assertThat(after.value("barocall_departments_told_total", roads))
              .isGreaterThan(before.value("barocall_departments_told_total", roads));
          assertThat(after.find("barocall_deliveries_waiting")).hasValue(0);
        });
  }

  @Test
  void whatIsGivenUpIsListedAndSentAgainByOneCall() {
    MAIL.stop();
    Inquiry first = inquiry();
    Inquiry second = inquiry();
    say(escalated(first, 1, "roads"), escalated(second, 1, "roads"));
    for (Inquiry inquiry : List.of(first, second)) {
      until(() -> deliveries("given-up").jsonPath(of(inquiry) + ".attempts").isEqualTo(List.of(5)));
      DepartmentTold givenUp = byMail(inquiry, 1).get(0);
      assertThat(givenUp.outcome()).isEqualTo(Telling.GIVEN_UP);
      assertThat(givenUp.reason()).isEqualTo("the mail server is away");
    }
    person("gyeongju-roads")
        .get()
        .uri("/api/v1/cities/gyeongju/deliveries")
        .exchange()
        .expectStatus()
        .isForbidden();
    MAIL.start();

    String id = "gyeongju~" + first.inquiryId() + "~1~escalated~email";
    person("gyeongju-admin")
        .post()
        .uri("/api/v1/cities/gyeongju/deliveries/{id}/send-again", id)
        .exchange()
        .expectStatus()
        .isOk();

    onlyMail(first);
    assertThat(byMail(first, 2).get(1).sending()).isEqualTo(2);
    until(() -> deliveries("given-up").jsonPath(of(first)).doesNotExist());
    deliveries("given-up").jsonPath(of(second)).exists();

    person("gyeongju-admin")
        .post()
        .uri("/api/v1/cities/gyeongju/deliveries/send-again")
        .exchange()
        .expectStatus()
        .isOk();

    onlyMail(second);
    until(() -> deliveries("given-up").jsonPath(of(second)).doesNotExist());
    person("gyeongju-admin")
        .post()
        .uri("/api/v1/cities/gyeongju/deliveries/{id}/send-again", "gyeongju~unknown")
        .exchange()
        .expectStatus()
        .isNotFound();
  }

  @Test
  void mailServerThatHangsHoldsUpNeitherTheInboxNorWebhooks() {
    MAIL.hang();
    List<Inquiry> many = List.of(inquiry(), inquiry(), inquiry(), inquiry());
    for (Inquiry inquiry : many) {
      say(escalated(inquiry, 1, "roads"));
    }
    Inquiry water = inquiry();
    Instant before = Instant.now(Clock.systemUTC());

    say(escalated(water, 1, "water"));

    until(() -> assertThat(WEB.caught("/water", water.inquiryId())).isNotEmpty());
    person("gyeongju-water")
        .get()
        .uri("/api/v1/cities/gyeongju/departments/water/inbox/" + water.inquiryId())
        .exchange()
        .expectStatus()
        .isOk();
    assertThat(Duration.between(before, Instant.now(Clock.systemUTC())))
        .isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void webhookIsSignedAndTriedAgainUnderTheSameId() throws Exception {
    WEB.refuse("/water", 2);
    Inquiry inquiry = inquiry();
    say(escalated(inquiry, 1, "water"));

    until(() -> assertThat(WEB.caught("/water", inquiry.inquiryId())).hasSize(3));
    List<Caught> tries = WEB.caught("/water", inquiry.inquiryId());
    assertThat(tries)
        .extracting(it -> it.header("webhook-id"))
        .containsOnly("complaint-escalated/" + inquiry.inquiryId() + "/1");
    Caught last = tries.get(2);
    String secret = credentials().webhookSecret("gyeongju", "water").orElseThrow();
    new Webhook(secret)
        .verify(
            last.body(),
            Map.of(
                "webhook-id", last.headers().get("webhook-id"),
                "webhook-timestamp", last.headers().get("webhook-timestamp"),
                "webhook-signature", last.headers().get("webhook-signature")));
    assertThat(last.body()).contains("\"complaint.escalated\"").doesNotContain("패였습니다");
    until(
        () ->
            assertThat(said(DepartmentTold.class, inquiry, 3))
                .anyMatch(it -> it.way() == Way.WEBHOOK && it.attempts() == 3));
  }

  private MimeMessage onlyMail(Inquiry inquiry) {
    until(() -> assertThat(MAIL.mails(inFours(inquiry))).hasSize(1));
    return MAIL.mails(inFours(inquiry)).get(0);
  }

  private List<DepartmentTold> byMail(Inquiry inquiry, int atLeast) {
    until(
        () ->
            assertThat(
                    said(DepartmentTold.class, inquiry, 1).stream()
                        .filter(it -> it.way() == Way.EMAIL))
                .hasSizeGreaterThanOrEqualTo(atLeast));
    return said(DepartmentTold.class, inquiry, 1).stream()
        .filter(it -> it.way() == Way.EMAIL)
        .sorted(Comparator.comparingInt(DepartmentTold::sending))
        .toList();
  }

  private WebTestClient.BodyContentSpec deliveries(String state) {
    return person("gyeongju-admin")
        .get()
        .uri("/api/v1/cities/gyeongju/deliveries?state=" + state)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody();
  }

  private static String of(Inquiry inquiry) {
    return "$[?(@.inquiryId=='" + inquiry.inquiryId() + "')]";
  }
}
