package barocall.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A service's jar taken apart, beside an archive of its classes as Java keeps them in memory
 * (AppCDS): a start from them costs half of one from the jar. They are made once after each build,
 * by a start that ends before the service does anything, and lie in the folder of the jar. Where
 * they cannot be made the jar itself is run.
 */
final class FastStart {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String ARCHIVE = "classes.jsa";
  private static final String MADE_FROM = "made-from";

  private final Path jar;
  private final Path folder;
  private final List<String> java;
  private final Map<String, String> environment;
  private final Path log;
  private final InUse inUse;

  /**
   * @param jar of the service
   * @param java with the options for it
   * @param environment that the service is started with
   * @param log what the start that makes them says
   * @param inUse who else runs from here
   */
  FastStart(Path jar, List<String> java, Map<String, String> environment, Path log, InUse inUse) {
    this.jar = jar;
    this.folder = jar.resolveSibling("fast-start");
    this.java = List.copyOf(java);
    this.environment = Map.copyOf(environment);
    this.log = log;
    this.inUse = inUse;
  }

  /** How the service is started best now. */
  List<String> command() {
    var command = new ArrayList<>(java);
    if (isMade()) {
      command.add("-XX:SharedArchiveFile=" + folder.resolve(ARCHIVE));
      command.addAll(List.of("-jar", folder.resolve(jar.getFileName()).toString()));
    } else {
      command.addAll(List.of("-jar", jar.toString()));
    }
    return command;
  }

  boolean isMade() {
    try {
      return Files.isRegularFile(folder.resolve(ARCHIVE))
          && Files.readString(folder.resolve(MADE_FROM)).equals(madeFrom());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes both; the broker and the store must be there.
   *
   * @return why not, if it could not be done
   */
  Optional<String> make() throws InterruptedException {
    if (Files.exists(folder) && inUse.byOthers()) {
      return Optional.of("another Barocall runs from %s".formatted(folder));
    }
    Path making = folder.resolveSibling("fast-start-" + ProcessHandle.current().pid());
    try {
      run(
          List.of(
              java.get(0),
              "-Djarmode=tools",
              "-jar",
              jar.toString(),
              "extract",
              "--force",
              "--destination",
              making.toString()));
      // Java remembers the jars of an archive by their paths, so it is made where it will lie.
      remove(folder);
      Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
      var training = new ArrayList<>(java);
      training.addAll(
          List.of(
              "-XX:ArchiveClassesAtExit=" + folder.resolve(ARCHIVE),
              "-Xlog:disable",
              "-Dspring.context.exit=onRefresh",
              "-jar",
              folder.resolve(jar.getFileName()).toString()));
      run(training);
      Files.writeString(folder.resolve(MADE_FROM), madeFrom());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(reason(e));
    } finally {
      remove(making);
    }
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("BAROCALL_PARENT", Long.toString(ProcessHandle.current().pid()));
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("it took longer than %d minutes".formatted(PATIENCE.toMinutes()));
      }
      if (process.exitValue() != 0) {
        throw new IOException("it ended with %d, see %s".formatted(process.exitValue(), log));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** Another build or another Java makes another archive. The time of a jar says nothing. */
  private String madeFrom() throws IOException {
    var sum = new CRC32();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(jar), sum)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return "%s %d %x %s".formatted(jar, Files.size(jar), sum.getValue(), Runtime.version());
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException file
        ? "%s cannot be written".formatted(file.getFile())
        : String.valueOf(e.getMessage());
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // What is left of it has no valid mark and is not used.
      return;
    }
  }
}
