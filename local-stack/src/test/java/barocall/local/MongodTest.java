package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongodTest {
  @TempDir private Path folder;

  @Test
  void writesNothingSlowIntoItsLogForCitizensWordsStandInIt() throws IOException {
    assertThat(Mongod.command("/usr/bin/mongod", folder.resolve("mongod"), 27_017))
        .containsSequence("--profile", "0", "--slowms", Mongod.SLOW);
    assertThat(Files.readString(Path.of("..", "docker-compose.yml")))
        .containsPattern("command: \\[mongod, .*--profile, \"0\", --slowms, \"" + Mongod.SLOW);
  }
}
