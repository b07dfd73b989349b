package barocall.system;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.CityDoors.Accepted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Services go and come back while citizens write; nothing is lost and nothing counted twice. */
@OnTheSuite
class RestartIT {
  private final Suite suite;
  private final CityDoors cheonan;

  RestartIT(Suite suite) {
    this.suite = suite;
    this.cheonan = suite.city("cheonan");
  }

  @Test
  void aRestartOfEachServiceInTurnUnderTrafficChangesNoTotal() throws Exception {
    Totals before = cheonan.settledTotals();
    long webBefore = cheonan.nowadays("channel", "web", "received");
    Citizens citizens = new Citizens(cheonan);
    try (citizens) {
      citizens.begin();
      for (Service service : Service.values()) {
        assertThat(suite.launch("stop", service.process()).exit()).isZero();
        assertThat(suite.part(service.process()).pid()).isEmpty();
        citizens.awaitTries();
        start(service);
      }
      for (Service service : List.of(Service.ANALYTICS, Service.ROUTING)) {
        ProcessHandle process =
            ProcessHandle.of(suite.part(service.process()).pid().orElseThrow()).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().get(60, TimeUnit.SECONDS);
        citizens.awaitTries();
        start(service);
      }
      citizens.awaitTries();
      citizens.finish();
    }

    assertThat(citizens.refused()).isEmpty();
    int all = citizens.accepted();
    int complaints = citizens.escalated().size();
    assertThat(complaints).isPositive();
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(cheonan.totals().since(before))
                    .isEqualTo(new Totals(all, 0, 0, complaints, all, 0, 0, 0)));
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(cheonan.nowadays("channel", "web", "received") - webBefore)
                    .isEqualTo(all));
    assertThat(ids(citizens.escalated()).stream().distinct()).hasSize(complaints);

    List<String> escalated = ids(citizens.escalated());
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(
                        cheonan.inbox("roads").stream()
                            .map(row -> row.path("inquiryId").asString())
                            .filter(escalated::contains))
                    .containsExactlyInAnyOrderElementsOf(escalated));
    List<String> forTheDesk = ids(citizens.forTheDesk());
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(
                        cheonan.desk(cheonan.agent("agent-1")).stream()
                            .map(row -> row.path("inquiryId").asString())
                            .filter(forTheDesk::contains))
                    .containsExactlyInAnyOrderElementsOf(forTheDesk));
    Patience.await()
        .untilAsserted(
            () -> {
              List<JsonNode> mails = mailsToRoads();
              for (Accepted complaint : citizens.escalated().values()) {
                assertThat(
                        mails.stream()
                            .filter(
                                mail ->
                                    mail.path("text").asString().contains(complaint.inquiryId()))
                            .map(mail -> mail.path("messageId").asString())
                            .collect(Collectors.toSet()))
                    .as("names of the mails about " + complaint.receiptNumber())
                    .hasSize(1);
              }
            });
  }

  private void start(Service service) {
    Suite.Run run = suite.launch("start", service.process());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(suite.part(service.process()).healthy()).isTrue();
  }

  private List<JsonNode> mailsToRoads() {
    return suite.mails().stream()
        .filter(mail -> mail.path("to").asString().equals("roads@cheonan.example"))
        .toList();
  }

  private static List<String> ids(Map<String, Accepted> letters) {
    List<String> ids = new ArrayList<>();
    letters.values().forEach(accepted -> ids.add(accepted.inquiryId()));
    return ids;
  }
}
