package barocall.system;

import static barocall.system.CityDoors.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.CityDoors.Accepted;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the suite is for: a call answered for good, and a complaint from the form to its answer. */
@OnTheSuite
class MainLineIT {
  /** Passes the check of a resident registration number, and belongs to nobody. */
  private static final String IDENTITY_NUMBER = "900101-1234568";

  private static final String NAME = "홍두깨비밀";
  private static final String TELEPHONE = "010-7391-5284";

  private final Suite suite;
  private final CityDoors gyeongju;

  MainLineIT(Suite suite) {
    this.suite = suite;
    this.gyeongju = suite.city("gyeongju");
  }

  @Test
  void aTelephoneCallIsResolvedAtFirstContact() {
    Totals before = gyeongju.settledTotals();
    long byAgentBefore = gyeongju.nowadays("agent", "agent-3", "resolvedAtFirstContact");
    long receivedByAgentBefore = gyeongju.nowadays("agent", "agent-3", "received");
    long telephoneBefore = gyeongju.nowadays("channel", "telephone", "received");
    String callId = fresh("call");
    Visitor agent = gyeongju.agent("agent-3");

    Accepted call = gyeongju.call(callId, Map.of("calling", "010-0000-4821"));
    gyeongju.answer(callId, "agent-3");
    gyeongju
        .deskAction(
            agent,
            call,
            "describe",
            Map.of("subject", "여권 재발급", "text", "여권을 다시 만드는 기간을 물으심", "category", "passport"))
        .expect(200);
    gyeongju.deskAction(agent, call, "resolve", Map.of("answer", "영업일로 나흘 걸린다고 알려 드림")).expect(200);
    gyeongju.end(callId, "agent-3", Map.of());

    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.totals().since(before))
                    .isEqualTo(new Totals(1, 1, 1, 0, 0, 0, 0, 1)));
    Patience.await()
        .untilAsserted(
            () -> {
              assertThat(
                      gyeongju.nowadays("agent", "agent-3", "resolvedAtFirstContact")
                          - byAgentBefore)
                  .isEqualTo(1);
              assertThat(gyeongju.nowadays("agent", "agent-3", "received") - receivedByAgentBefore)
                  .isEqualTo(1);
              assertThat(gyeongju.nowadays("channel", "telephone", "received") - telephoneBefore)
                  .isEqualTo(1);
            });
    Patience.await()
        .untilAsserted(
            () -> {
              JsonNode seen =
                  Doors.send(Visitor.NOBODY, "GET", gyeongju.receiptUrl(call, "?last4=4821"), null)
                      .expect(200)
                      .json();
              assertThat(seen.path("state").asString()).isEqualTo("resolved");
              assertThat(seen.path("answer").asString()).isEqualTo("영업일로 나흘 걸린다고 알려 드림");
              assertThat(seen.path("channel").asString()).isEqualTo("telephone");
            });
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.desk(agent))
                    .noneMatch(row -> row.path("inquiryId").asString().equals(call.inquiryId())));
  }

  @Test
  void aWebComplaintIsEscalatedMailedAcknowledgedResolvedAndSeenByTheCitizen() throws Exception {
    Totals before = gyeongju.settledTotals();
    String email = fresh("citizen") + "@example.org";
    String marker = fresh("marker");
    Accepted complaint =
        gyeongju.inquiry(
            Map.of(
                "channel",
                "web",
                "subject",
                "땅꺼짐",
                "text",
                "시청 앞 도로에 싱크홀이 생겼습니다. 제 번호는 %s 입니다. %s".formatted(IDENTITY_NUMBER, marker),
                "place",
                Map.of("address", "양정로 260"),
                "contact",
                Map.of("name", NAME, "telephone", TELEPHONE, "email", email)));

    JsonNode told =
        Patience.await().until(() -> mailTo("roads@gyeongju.example", complaint), it -> it != null);
    assertThat(told.path("messageId").asString()).isNotBlank();
    URI link = link(told);
    assertThat(link.getPath()).isEqualTo("/gyeongju/departments/roads/inbox");
    assertThat(link.getQuery()).contains(complaint.inquiryId());
    assertThat(told.toString()).doesNotContain(NAME, TELEPHONE, email, marker, "1234568");

    JsonNode listed =
        Patience.await()
            .until(
                () ->
                    gyeongju.inbox("roads").stream()
                        .filter(it -> it.path("inquiryId").asString().equals(complaint.inquiryId()))
                        .findFirst()
                        .orElse(null),
                it -> it != null);
    assertThat(listed.path("state").asString()).isEqualTo("escalated");
    assertThat(listed.path("dueAt").asString()).isNotBlank();
    assertThat(listed.path("text").asString())
        .contains(marker)
        .doesNotContain(IDENTITY_NUMBER, "1234568");
    JsonNode whole = gyeongju.inboxCase("roads", complaint);
    assertThat(whole.path("contact").path("name").asString()).isEqualTo(NAME);
    assertThat(whole.path("contact").path("telephone").asString()).isEqualTo(TELEPHONE);

    gyeongju.inboxAction("roads", complaint, "acknowledge", Map.of()).expect(200);
    gyeongju
        .inboxAction("roads", complaint, "resolve", Map.of("answer", "오늘 오후에 메웠습니다."))
        .expect(200);

    Patience.await()
        .untilAsserted(
            () -> {
              JsonNode seen =
                  Doors.send(
                          Visitor.NOBODY,
                          "GET",
                          gyeongju.receiptUrl(complaint, "?token=" + complaint.token()),
                          null)
                      .expect(200)
                      .json();
              assertThat(seen.path("state").asString()).isEqualTo("resolved");
              assertThat(seen.path("answer").asString()).isEqualTo("오늘 오후에 메웠습니다.");
              assertThat(seen.path("department").asString()).isEqualTo("roads");
              assertThat(seen.path("history"))
                  .extracting(entry -> entry.path("what").asString())
                  .containsExactly("received", "escalated", "acknowledged", "resolved");
            });
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(mailsTo(email))
                    .as("told at receipt and at the end")
                    .extracting(mail -> mail.path("messageId").asString())
                    .hasSize(2)
                    .doesNotHaveDuplicates());
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.totals().since(before))
                    .isEqualTo(new Totals(1, 1, 0, 1, 0, 0, 0, 0)));

    List<String> secrets =
        List.of(
            NAME,
            TELEPHONE,
            TELEPHONE.replace("-", ""),
            "+82" + TELEPHONE.replace("-", "").substring(1),
            email,
            IDENTITY_NUMBER,
            IDENTITY_NUMBER.replace("-", ""));
    List<String> searched = new ArrayList<>(secrets);
    searched.add(marker);
    Map<String, List<Path>> onDisk = new DataFolder(suite.data()).filesWith(searched);
    assertThat(onDisk.remove(marker))
        .as("the words are in the topics, so the search finds what is there")
        .anyMatch(file -> file.startsWith("broker"));
    assertThat(onDisk).containsOnlyKeys(secrets);
    assertThat(onDisk.values()).allMatch(List::isEmpty);
  }

  private JsonNode mailTo(String address, Accepted about) {
    return mailsTo(address).stream()
        .filter(mail -> mail.path("text").asString().contains(about.receiptNumber()))
        .findFirst()
        .orElse(null);
  }

  private List<JsonNode> mailsTo(String address) {
    return suite.mails().stream()
        .filter(mail -> mail.path("to").asString().equals(address))
        .toList();
  }

  private static URI link(JsonNode mail) {
    return mail.path("text")
        .asString()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("http://"))
        .map(URI::create)
        .findFirst()
        .orElseThrow();
  }
}
