package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongodTest {
  @TempDir private Path folder;

  @Test
  void itsLogTellsOfNoSlowCommandAsThatWouldTellWhatCitizensWrote() {
    assertThat(Mongod.command("/usr/bin/mongod", folder.resolve("mongod"), 27_000))
        .containsSequence("--slowOpSampleRate", "0");
  }
}
