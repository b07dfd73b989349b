package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a program in Compose's place that notes what it is told and answers as Compose does. */
class ContainerServicesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path home;
  private Path told;
  private ContainerServices services;

  @BeforeEach
  void pretendThatThereIsCompose() throws IOException {
    told = home.resolve("told");
    Path compose =
        Files.writeString(
            home.resolve("compose"),
            """
            echo "$@" >> '%s'
            case $1 in
              ps) [ -e stopped ] || echo analytics-service ;;
              stop) touch stopped ;;
              run)
                echo 'rebuild: read 1 of 2'
                echo 'rebuild: caught up'
                read -r answer
                echo "answered $answer" >> '%s'
                echo 'rebuild: read 3 of 3' ;;
              fail) exit 1 ;;
            esac
            """
                .formatted(told, told));
    services = new ContainerServices(home, List.of("/bin/sh", compose.toString()));
  }

  @Test
  void aRebuildRunsBesideStopsTheServiceWhenItHasCaughtUpAndStartsItAgain() throws IOException {
    var rebuilding = new Rebuilding(new DataFolder(home), services);
    rebuilding.begin(services.named(List.of("analytics-service", "intake-service")));

    await().atMost(PATIENCE).until(() -> !rebuilding.report().running());

    assertThat(rebuilding.report().parts())
        .extracting(RebuildReport.Part::phase)
        .containsOnly(RebuildReport.Phase.DONE);
    assertThat(Files.readAllLines(told))
        .containsSubsequence(
            "run --rm --no-TTY --no-deps -e BAROCALL_REBUILD=beside analytics-service",
            "stop analytics-service",
            "answered go on",
            "up --detach --wait --no-deps analytics-service",
            "run --rm --no-TTY --no-deps -e BAROCALL_REBUILD=beside intake-service")
        .as("what did not run before does not run after")
        .doesNotContain("up --detach --wait --no-deps intake-service");
  }

  @Test
  void whatComposeDoesNotDoIsSaidInOneSentence() {
    var without = new ContainerServices(home, List.of("/bin/sh", "-c", "exit 1"));

    assertThatThrownBy(() -> without.stop("routing-service"))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("stop routing-service did not work");
  }
}
