package barocall.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code barocall logs SERVICE}: what a process logged since its last start. */
@Command(
    name = "logs",
    description = "Shows the log of a process.",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
  private static final String ENDING = ".log";
  private static final long LOOK_EVERY_MILLIS = 250;

  @Mixin private final StackOptions options = new StackOptions();

  @Parameters(paramLabel = "SERVICE", description = "As status shows it, e.g. intake-service.")
  private String name = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what comes, until Ctrl-C.")
  private boolean follow;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DataFolder folder = options.folderOfRunning();
    folder.refuseContainers("logs");
    Path log = log(folder);
    while (true) {
      Object shown = key(log);
      try (var channel = Files.newByteChannel(log);
          InputStream in = Channels.newInputStream(channel)) {
        in.transferTo(System.out);
        while (follow && shown.equals(key(log))) {
          System.out.flush();
          pause();
          if (channel.size() > channel.position()) {
            in.transferTo(System.out);
          }
        }
        in.transferTo(System.out);
      }
      System.out.flush();
      if (!follow) {
        return 0;
      }
    }
  }

  /** Names the file behind the path, which is another one after a restart. */
  private static Object key(Path log) throws InterruptedException, IOException {
    while (true) {
      try {
        Object key = Files.readAttributes(log, BasicFileAttributes.class).fileKey();
        return key == null ? log : key;
      } catch (NoSuchFileException e) {
        // Between two runs of the process.
        pause();
      }
    }
  }

  private static void pause() throws InterruptedException {
    new CountDownLatch(1).await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private Path log(DataFolder folder) throws IOException {
    for (String candidate : List.of(name, name + "-service")) {
      Path log = folder.log(candidate);
      if (log.normalize().startsWith(folder.logs()) && Files.exists(log)) {
        return log;
      }
    }
    throw new LaunchException(
        "There is no log of %s in %s; there are: %s."
            .formatted(name, folder.logs(), String.join(", ", names(folder))));
  }

  private static List<String> names(DataFolder folder) throws IOException {
    if (!Files.isDirectory(folder.logs())) {
      return List.of("none yet");
    }
    try (Stream<Path> files = Files.list(folder.logs())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(ENDING))
          .map(file -> file.substring(0, file.length() - ENDING.length()))
          .sorted()
          .toList();
    }
  }
}
