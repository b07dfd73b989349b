package barocall.local;

import barocall.local.StackState.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which supervisors run stacks from the jars of one checkout, whatever their data folders: what
 * they run from is not to be replaced under them. A file named by its pid for each, which the
 * script looks for too; one whose process is gone counts for nothing.
 */
final class InUse {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;

  InUse(Home home) {
    this.folder = home.root().resolve("local-stack/target/in-use");
  }

  /** Marks this process, until it ends. */
  void mark() {
    ProcessMark mark = ProcessMark.of("supervisor", ProcessHandle.current());
    Path file = folder.resolve(Long.toString(mark.pid()));
    try {
      Files.createDirectories(folder);
      Files.write(file, JSON.writeValueAsBytes(mark));
      file.toFile().deleteOnExit();
    } catch (IOException e) {
      // Who may not write here can't build here either.
      return;
    }
  }

  /** Whether another process than this one runs a stack from here. */
  boolean byOthers() {
    try (Stream<Path> marks = Files.list(folder)) {
      List<Path> all = marks.toList();
      return all.stream().anyMatch(InUse::isOfAnother);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOfAnother(Path file) {
    try {
      ProcessMark mark = JSON.readValue(Files.readAllBytes(file), ProcessMark.class);
      return mark.pid() != ProcessHandle.current().pid() && mark.alive().isPresent();
    } catch (IOException | JacksonException e) {
      return false;
    }
  }
}
