package barocall.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Folders that go when the JVM goes. */
final class TemporaryFolders {
  private TemporaryFolders() {}

  static Path create(String what) {
    try {
      return Files.createTempDirectory("barocall-" + what + "-");
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary folder for the " + what, e);
    }
  }

  /** Deletes the folder when the JVM ends, after closing what works in it. */
  static void deleteAtExit(Path folder, Runnable close) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  close.run();
                  delete(folder);
                },
                "delete-" + folder.getFileName()));
  }

  /** Deletes the folder with all that is in it, if it is there. */
  static void delete(Path folder) {
    if (Files.notExists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + folder, e);
    }
  }
}
