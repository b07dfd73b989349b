package barocall.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Runs the tests of the pages' scripts where there is a Node.js to run them; nothing is built by
 * it.
 */
class ScriptsTest {
  @Test
  void scriptsDoWhatTheirTestsSay() throws Exception {
    assumeTrue(isOnPath("node"), "no Node.js on the path");
    Process node =
        new ProcessBuilder("node", "--no-warnings", "--test", "src/test/js/")
            .redirectErrorStream(true)
            .start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as(said).isZero();
    assertThat(said).containsPattern("tests [1-9]");
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> new File(folder, program).canExecute());
  }
}
