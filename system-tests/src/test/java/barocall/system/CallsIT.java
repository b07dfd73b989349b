package barocall.system;

import static barocall.system.CityDoors.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.CityDoors.Accepted;
import barocall.system.Doors.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What else befalls calls and cases: races, returns, hang-ups, hand-overs and repeats. */
@OnTheSuite
class CallsIT {
  private final CityDoors gyeongju;

  CallsIT(Suite suite) {
    this.gyeongju = suite.city("gyeongju");
  }

  @Test
  void twoAgentsOnOneInquiryTheFirstWins() {
    Totals before = gyeongju.settledTotals();
    Accepted inquiry = somethingForTheDesk();
    Visitor first = gyeongju.agent("agent-1");
    Visitor second = gyeongju.agent("agent-2");
    Map<String, Object> answer = Map.of("answer", "내년 봄에 심습니다.");

    gyeongju.deskAction(first, inquiry, "resolve", answer).expect(200);
    Answer late =
        gyeongju.deskAction(
            second, inquiry, "escalate", Map.of("department", "parks", "reason", "담당"));

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.isProblem()).isTrue();
    assertThat(late.json().path("firstByName").asString()).isEqualTo("가상담");
    assertThat(late.json().path("firstDid").asString()).isEqualTo("resolve");
    assertThat(late.json().path("detail").asString()).contains("가상담");
    assertThat(gyeongju.deskAction(first, inquiry, "resolve", answer).status())
        .as("the same person repeating the same action")
        .isEqualTo(200);
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.receipt(inquiry).path("state").asString())
                    .isEqualTo("resolved"));
    Patience.await()
        .untilAsserted(() -> assertThat(gyeongju.totals().since(before).resolved()).isEqualTo(1));
    assertThat(gyeongju.inbox("parks"))
        .noneMatch(row -> row.path("inquiryId").asString().equals(inquiry.inquiryId()));
  }

  @Test
  void aReturnedComplaintGoesOn() {
    long transfersBefore = gyeongju.nowadays("department", "water", "returned");
    Accepted inquiry = somethingForTheDesk();
    gyeongju
        .deskAction(
            gyeongju.agent("agent-4"),
            inquiry,
            "escalate",
            Map.of("department", "water", "reason", "하수도로 보임"))
        .expect(200);
    Patience.await().until(() -> isIn("water", inquiry));

    gyeongju
        .inboxAction("water", inquiry, "return", Map.of("reason", "공원 안의 배수로라 공원 담당입니다."))
        .expect(200);

    // It has no category and no rule takes it; where words alone speak for another department, an
    // agent decides.
    Patience.await().until(() -> isReturned(inquiry) && isAtDesk(inquiry));
    assertThat(isIn("water", inquiry)).isFalse();
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.nowadays("department", "water", "returned") - transfersBefore)
                    .isEqualTo(1));
    gyeongju
        .deskAction(
            gyeongju.agent("agent-4"),
            inquiry,
            "escalate",
            Map.of("department", "parks", "reason", "공원 안의 배수로"))
        .expect(200);
    Patience.await().until(() -> isIn("parks", inquiry));
    assertThat(gyeongju.inboxCase("parks", inquiry).path("transfers").asInt()).isEqualTo(1);
  }

  @Test
  void aCallThatNobodyAnswersIsAbandoned() {
    Totals before = gyeongju.settledTotals();
    String callId = fresh("call");
    Accepted call = gyeongju.call(callId, Map.of("calling", "010-0000-1188"));
    gyeongju.end(callId, Map.of("outcome", "abandoned", "waitSeconds", 41));

    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.totals().since(before))
                    .isEqualTo(new Totals(1, 0, 0, 0, 0, 0, 1, 0)));
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.receipt(call).path("state").asString()).isEqualTo("abandoned"));
    Patience.await().until(() -> !isAtDesk(call));
  }

  @Test
  void aCallPutThroughIsConnectedAndOpensNoCase() {
    Totals before = gyeongju.settledTotals();
    long connectedBefore = gyeongju.nowadays("channel", "telephone", "connected");
    String callId = fresh("call");
    Accepted call = gyeongju.call(callId, Map.of());
    gyeongju.answer(callId, "agent-5");
    gyeongju.end(callId, "agent-5", Map.of("connectedTo", "tax"));

    Patience.await()
        .untilAsserted(
            () -> {
              Totals since = gyeongju.totals().since(before);
              assertThat(since.received()).isEqualTo(1);
              assertThat(since.resolved()).isEqualTo(1);
              assertThat(since.escalated()).isZero();
              assertThat(since.open()).isZero();
              assertThat(since.sinceOpening()).isEqualTo(1);
            });
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.nowadays("channel", "telephone", "connected") - connectedBefore)
                    .isEqualTo(1));
    assertThat(isIn("tax", call)).isFalse();
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.receipt(call).path("state").asString()).isEqualTo("resolved"));
    Patience.await().until(() -> !isAtDesk(call));
  }

  @Test
  void whoCallsAgainAboutTheSameWithinAWeekCountsOnce() {
    long settledBefore = gyeongju.nowadays("channel", "telephone", "solvedByAgent");
    long repeatedBefore = gyeongju.nowadays("channel", "telephone", "repeatedSoon");
    String telephone = "010-0000-%04d".formatted(Math.floorMod(fresh("t").hashCode(), 10_000));
    for (int i = 0; i < 3; i++) {
      settledByTelephone(telephone, i == 1 ? "noise" : "waste");
    }

    Patience.await()
        .untilAsserted(
            () -> {
              assertThat(gyeongju.nowadays("channel", "telephone", "solvedByAgent") - settledBefore)
                  .isEqualTo(3);
              assertThat(gyeongju.nowadays("channel", "telephone", "repeatedSoon") - repeatedBefore)
                  .isEqualTo(1);
            });
  }

  /** The agent names the subject and settles it while the caller is on the line. */
  private void settledByTelephone(String telephone, String category) {
    String callId = fresh("call");
    Accepted call = gyeongju.call(callId, Map.of("calling", telephone));
    gyeongju.answer(callId, "agent-3");
    Patience.await().until(() -> isAtDesk(call));
    Visitor agent = gyeongju.agent("agent-3");
    gyeongju
        .deskAction(agent, call, "describe", Map.of("category", category, "text", "요일을 물으심"))
        .expect(200);
    gyeongju.deskAction(agent, call, "resolve", Map.of("answer", "화요일입니다.")).expect(200);
    gyeongju.end(callId, "agent-3", Map.of());
  }

  @Test
  void anOutOfOrderEndIsKept() {
    Totals before = gyeongju.settledTotals();
    String callId = fresh("call");
    gyeongju.end(callId, "agent-6", Map.of());
    gyeongju.answer(callId, "agent-6");
    Accepted call = gyeongju.call(callId, Map.of("text", "여권을 물으심"));
    gyeongju.end(callId, "agent-6", Map.of());

    Patience.await()
        .untilAsserted(
            () -> {
              Totals since = gyeongju.totals().since(before);
              assertThat(since.received()).isEqualTo(1);
              assertThat(since.sinceOpening()).isEqualTo(1);
              assertThat(since.abandoned()).isZero();
            });
    assertThat(gyeongju.receipt(call).path("receiptNumber").asString())
        .isEqualTo(call.receiptNumber());
  }

  @Test
  void theSameKeyTwiceIsOneInquiry() {
    Totals before = gyeongju.settledTotals();
    String key = fresh("key");
    Map<String, Object> body = Map.of("channel", "web", "text", "가로수가 너무 자라 창문을 가립니다.");
    Answer first = gyeongju.inquiry(key, body).expect(201);
    Answer again = gyeongju.inquiry(key, body).expect(201);
    Answer other =
        gyeongju.inquiry(key, Map.of("channel", "web", "text", "벤치가 부서졌습니다.")).expect(422);

    assertThat(again.json()).isEqualTo(first.json());
    assertThat(other.isProblem()).isTrue();
    String callId = fresh("call");
    Accepted call = gyeongju.call(callId, Map.of());
    assertThat(gyeongju.call(callId, Map.of())).isEqualTo(call);
    gyeongju.end(callId, Map.of("outcome", "abandoned", "waitSeconds", 3));
    gyeongju.end(callId, Map.of("outcome", "abandoned", "waitSeconds", 3));
    Patience.await()
        .untilAsserted(
            () -> {
              Totals since = gyeongju.totals().since(before);
              assertThat(since.received()).isEqualTo(2);
              assertThat(since.abandoned()).isEqualTo(1);
            });
    assertThat(gyeongju.totals().since(before).received()).isEqualTo(2);
  }

  /** No rule of the city takes this, so it waits for an agent. */
  private Accepted somethingForTheDesk() {
    Accepted inquiry =
        gyeongju.inquiry(Map.of("channel", "web", "text", "공원 산책로에 나무를 더 심어 주실 수 있는지 궁금합니다."));
    Patience.await().until(() -> isAtDesk(inquiry));
    return inquiry;
  }

  private boolean isReturned(Accepted inquiry) {
    return gyeongju
        .receipt(inquiry)
        .path("history")
        .valueStream()
        .anyMatch(it -> it.path("what").asString().equals("returned"));
  }

  private boolean isAtDesk(Accepted inquiry) {
    return gyeongju.desk(gyeongju.agent("agent-1")).stream()
        .anyMatch(row -> row.path("inquiryId").asString().equals(inquiry.inquiryId()));
  }

  private boolean isIn(String department, Accepted inquiry) {
    return gyeongju.inbox(department).stream()
        .anyMatch(row -> row.path("inquiryId").asString().equals(inquiry.inquiryId()));
  }
}
