package barocall.kit.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many partitions the topics had at an earlier start, in a file of its own: enough to accept
 * events while no broker answers, as the number is fixed.
 */
final class TopicMemory {
  private static final Logger LOG = LoggerFactory.getLogger(TopicMemory.class);

  private final Path file;

  TopicMemory(Path file) {
    this.file = file;
  }

  OptionalInt partitions() {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException none) {
      return OptionalInt.empty();
    }
  }

  void note(int partitions) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, partitions + "\n");
    } catch (IOException e) {
      LOG.warn(
          "How many partitions there are could not be noted, so the next start needs the broker: {}",
          e.toString());
    }
  }
}
