package barocall.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InstallationTest {
  @TempDir private Path data;

  @Test
  void theRunningBarocallSaysWhereItListens() throws Exception {
    Files.writeString(data.resolve("stack.json"), "{\"phase\":\"UP\",\"portBase\":9080}");

    assertThat(told("--data", data.toString()).intake())
        .isEqualTo(URI.create("http://127.0.0.1:9081"));
  }

  @Test
  void whatIsToldGoesFirst() throws Exception {
    Files.writeString(data.resolve("stack.json"), "{\"portBase\":9080}");

    assertThat(told("--data", data.toString(), "--port-base", "7080").intake())
        .isEqualTo(URI.create("http://127.0.0.1:7081"));
  }

  @Test
  void whereNothingIsSaidItListensAtTheUsualPorts() {
    assertThat(told("--data", data.toString()).intake())
        .isEqualTo(URI.create("http://127.0.0.1:8081"));
  }

  @Test
  void anUnreadableStateIsNamedWithTheRemedy() throws Exception {
    Files.writeString(data.resolve("stack.json"), "{\"portB");

    assertThatThrownBy(() -> told("--data", data.toString()).intake())
        .hasMessageContaining("stack.json")
        .hasMessageContaining("--port-base");
  }

  private static Installation told(String... options) {
    Installation installation = new Installation();
    new CommandLine(installation).parseArgs(options);
    return installation;
  }
}
