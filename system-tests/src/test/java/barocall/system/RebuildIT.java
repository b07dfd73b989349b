package barocall.system;

import static barocall.system.CityDoors.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.CityDoors.Accepted;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Everything is made anew from the topics, looks the same, and nobody is told again. */
@OnTheSuite
class RebuildIT {
  private static final Duration QUIET = Duration.ofSeconds(6);

  private final Suite suite;
  private final CityDoors gyeongju;

  RebuildIT(Suite suite) {
    this.suite = suite;
    this.gyeongju = suite.city("gyeongju");
  }

  @Test
  void everythingIsTheSameAfterARebuildAndNobodyIsToldAgain() {
    Visitor agent = gyeongju.agent("agent-3");
    String callId = fresh("call");
    Accepted call = gyeongju.call(callId, Map.of("calling", "010-0000-4821"));
    gyeongju.answer(callId, "agent-3");
    Accepted complaint =
        gyeongju.inquiry(
            Map.of(
                "channel",
                "web",
                "category",
                "road-damage",
                "text",
                "집 앞 도로가 크게 패였습니다.",
                "contact",
                Map.of("email", "rebuilt@example.org")));
    Accepted answered =
        gyeongju.inquiry(
            Map.of(
                "channel",
                "web",
                "category",
                "road-damage",
                "text",
                "다리 앞 도로도 패였습니다.",
                "contact",
                Map.of("email", "answered@example.org")));
    Accepted waiting = gyeongju.inquiry(Map.of("channel", "web", "text", "문의드릴 것이 있습니다."));
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.desk(agent).toString())
                    .contains(call.inquiryId())
                    .contains(waiting.inquiryId()));
    gyeongju
        .deskAction(agent, call, "describe", Map.of("subject", "여권", "text", "여권 기간을 물으심"))
        .expect(200);
    gyeongju.deskAction(agent, call, "resolve", Map.of("answer", "나흘이라고 알려 드림")).expect(200);
    gyeongju.end(callId, "agent-3", Map.of());
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.inbox("roads").toString())
                    .contains(complaint.inquiryId())
                    .contains(answered.inquiryId()));
    gyeongju.inboxAction("roads", complaint, "acknowledge", Map.of()).expect(200);
    gyeongju.inboxAction("roads", answered, "resolve", Map.of("answer", "오늘 메웠습니다.")).expect(200);
    // A receipt and a complaint each, and an answer.
    Patience.await()
        .untilAsserted(() -> assertThat(mailsAbout(complaint) + mailsAbout(answered)).isEqualTo(5));
    List<Accepted> all = List.of(call, complaint, answered, waiting);
    Map<String, JsonNode> before = quiet(agent, all);
    int mails = suite.mails().size();

    Suite.Run rebuild = suite.launch("rebuild");

    assertThat(rebuild.exit()).as(rebuild.out() + rebuild.err()).isZero();
    for (Service service : Service.values()) {
      assertThat(rebuild.out()).contains(service.process() + " is rebuilt from");
      assertThat(suite.part(service.process()).healthy()).isTrue();
    }
    Map<String, JsonNode> after = quiet(agent, all);
    before.forEach((what, shown) -> assertThat(after.get(what)).as(what).isEqualTo(shown));
    assertThat(suite.mails()).hasSize(mails);

    // What comes now goes its way on what is new.
    Totals now = gyeongju.totals();
    gyeongju.inboxAction("roads", complaint, "resolve", Map.of("answer", "이것도 메웠습니다.")).expect(200);
    Patience.await()
        .untilAsserted(
            () -> {
              assertThat(gyeongju.receipt(complaint).path("state").asString())
                  .isEqualTo("resolved");
              assertThat(gyeongju.totals().since(now).resolved()).isEqualTo(1);
              assertThat(mailsAbout(complaint)).isEqualTo(3);
            });
  }

  private long mailsAbout(Accepted accepted) {
    return suite.mails().stream()
        .filter(
            mail ->
                mail.toString().contains(accepted.inquiryId())
                    || mail.toString().contains(accepted.receiptNumber()))
        .count();
  }

  /** What people see once nothing moves any more. */
  private Map<String, JsonNode> quiet(Visitor agent, List<Accepted> all) {
    var last = new java.util.concurrent.atomic.AtomicReference<Map<String, JsonNode>>(Map.of());
    Patience.await()
        .pollInterval(QUIET)
        .until(
            () -> {
              Map<String, JsonNode> seen = seen(agent, all);
              return seen.equals(last.getAndSet(seen));
            });
    return last.get();
  }

  private Map<String, JsonNode> seen(Visitor agent, List<Accepted> all) {
    Map<String, JsonNode> seen = new TreeMap<>();
    LocalDate today = LocalDate.now(ZoneId.of("UTC"));
    for (String id : List.of("gyeongju", "cheonan")) {
      CityDoors city = suite.city(id);
      for (String by : List.of("channel", "department", "agent")) {
        city.metrics(today.minusDays(1), today.plusDays(2), "day", by)
            .forEach(row -> seen.put(id + " " + by + " " + row.path(by) + row.path("from"), row));
      }
      JsonNode totals =
          Doors.send(city.admin(), "GET", city.url(Service.ANALYTICS, "/totals"), null)
              .expect(200)
              .json();
      totals
          .properties()
          .forEach(
              figure -> {
                if (!figure.getKey().equals("asOf")) {
                  seen.put(id + " " + figure.getKey(), figure.getValue());
                }
              });
    }
    gyeongju.desk(agent).forEach(row -> seen.put("desk " + row.path("inquiryId"), row));
    gyeongju.inbox("roads").forEach(item -> seen.put("inbox " + item.path("inquiryId"), item));
    for (Accepted accepted : all) {
      seen.put("receipt " + accepted.receiptNumber(), gyeongju.receipt(accepted));
    }
    return seen;
  }
}
