package barocall.traffic;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the repository's own files and the real data beside it, wherever a test runs. */
final class RepositoryFiles {

  private RepositoryFiles() {}

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("contract"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("Not inside the repository: there is no contract/ above.");
    }
    return folder;
  }

  static Format format(String name) {
    return FormatFile.find(name, root().resolve("formats"));
  }

  /** A file of real data; the test is skipped where it is absent. */
  static Path data(String path) {
    Path file = root().resolve("../shared/data").resolve(path).normalize();
    assumeTrue(Files.isRegularFile(file), () -> "real data absent: ../shared/data/" + path);
    return file;
  }
}
