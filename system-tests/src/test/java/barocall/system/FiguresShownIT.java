package barocall.system;

import static barocall.system.CityDoors.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.CityDoors.Accepted;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A panel or an alert that asks for a figure of no service would be silent for ever. */
@OnTheSuite
class FiguresShownIT {
  private final Suite suite;
  private final CityDoors gyeongju;

  FiguresShownIT(Suite suite) {
    this.suite = suite;
    this.gyeongju = suite.city("gyeongju");
  }

  @Test
  void dashboardsAndAlertsAskOnlyForWhatTheServicesTell() {
    oneOfEachKind(gyeongju);

    assertThat(ShownFigures.expressions()).hasSizeGreaterThan(50);
    Patience.await()
        .untilAsserted(
            () -> assertThat(ShownFigures.missingIn(suite.figures(gyeongju.admin()))).isEmpty());
  }

  /** As Prometheus asks; one that keeps to OpenMetrics 1.0 refuses all that is told otherwise. */
  @Test
  void exemplarsStandOnlyAtBucketsAndTotals() {
    oneOfEachKind(gyeongju);

    Patience.await()
        .untilAsserted(() -> assertThat(exemplars()).anyMatch(name -> name.endsWith("_bucket")));
    assertThat(exemplars()).allMatch(name -> name.endsWith("_bucket") || name.endsWith("_total"));
  }

  /** The names of the figures that have one. */
  private Set<String> exemplars() {
    return Stream.of(Service.values())
        .flatMap(
            service ->
                Doors.send(
                        gyeongju.admin(),
                        "GET",
                        suite.url(service).resolve("/actuator/prometheus"),
                        null,
                        Map.of("Accept", "application/openmetrics-text; version=1.0.0"))
                    .expect(200)
                    .body()
                    .lines())
        .filter(line -> !line.startsWith("#") && line.contains(" # {"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toSet());
  }

  /** Some figures come into being with the first that they count. */
  static void oneOfEachKind(CityDoors gyeongju) {
    String callId = fresh("call");
    gyeongju.call(callId, Map.of());
    gyeongju.end(callId, Map.of("outcome", "abandoned", "waitSeconds", 41));
    Doors.send(
            gyeongju.key(),
            "POST",
            gyeongju.url(Service.INTAKE, "/history"),
            "{\"id\":\"%s\",\"channel\":\"web\",\"receivedAt\":\"2024-03-03T01:00:00Z\"}%n"
                .formatted(fresh("row")),
            Map.of("Content-Type", "application/x-ndjson"))
        .expect(200);
    Accepted complaint =
        gyeongju.inquiry(Map.of("channel", "web", "text", "길이 패였습니다.", "category", "road-damage"));
    Patience.await()
        .until(() -> gyeongju.inbox("roads").toString().contains(complaint.inquiryId()));
    gyeongju.inboxAction("roads", complaint, "resolve", Map.of("answer", "오늘 메웠습니다.")).expect(200);
    Patience.await()
        .until(() -> gyeongju.receipt(complaint).path("state").asString().equals("resolved"));
    Doors.send(
            gyeongju.key(),
            "POST",
            gyeongju.receiptUrl(complaint, "/reopen"),
            Map.of("reason", "아직 패여 있습니다."))
        .expect(200);
    // A request that is refused.
    Doors.send(Visitor.NOBODY, "GET", gyeongju.url(Service.ROUTING, "/desk"), null).expect(401);
  }
}
