package barocall.notification.operations;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.notification.operations.Healths.Health;
import barocall.notification.operations.Healths.Part;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HealthsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void everyPartSaysHowItIs() {
    Health health =
        Healths.health(
            "routing-service",
            JSON.readTree(
                """
                {"status": "DOWN", "components": {
                  "behind": {"status": "UP", "details": {"records": 12}},
                  "broker": {"status": "DOWN", "details": {"why": "the broker does not answer"}},
                  "readinessState": {"status": "UP"}}}
                """));

    assertThat(health)
        .isEqualTo(
            new Health(
                "routing-service",
                "DOWN",
                List.of(
                    new Part("behind", "UP", Map.of("records", "12")),
                    new Part("broker", "DOWN", Map.of("why", "the broker does not answer")),
                    new Part("readinessState", "UP", Map.of()))));
  }

  @Test
  void whoAnswersSomethingElseIsTakenAsAway() {
    assertThat(Healths.health("routing-service", JSON.readTree("[1]")))
        .isEqualTo(new Health("routing-service", "AWAY", List.of()));
  }
}
