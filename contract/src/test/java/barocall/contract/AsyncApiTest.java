package barocall.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The written-down contract is the one in the code. Run with {@code -Dbarocall.write=true} to write
 * it anew.
 */
class AsyncApiTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Path SOURCE = Path.of("src/main/java/barocall/contract/Event.java");

  @Test
  void documentIsThatOfTheRecords() throws IOException {
    compare(DOCS.resolve("asyncapi.json"), AsyncApi.of(SOURCE).document());
  }

  @Test
  void pageIsThatOfTheRecords() throws IOException {
    compare(DOCS.resolve("events.md"), AsyncApi.of(SOURCE).page());
  }

  private static void compare(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("barocall.write")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file)).isEqualTo(expected);
  }
}
