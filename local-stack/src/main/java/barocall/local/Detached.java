package barocall.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the supervisor in the background and shows what it says until all is running. */
final class Detached {
  static final String LOG = "barocall";
  private static final long LOOK_EVERY_MILLIS = 200;

  private final DataFolder folder;
  private final List<String> arguments;
  private final PrintStream out;

  Detached(DataFolder folder, List<String> arguments, PrintStream out) {
    this.folder = folder;
    this.arguments = arguments;
    this.out = out;
  }

  int start() throws IOException, InterruptedException {
    // Fails with a sentence when one is running, before its log is touched.
    folder.lock().close();
    Path log = folder.log(LOG);
    if (Files.exists(log)) {
      Files.move(log, log.resolveSibling(LOG + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    Process supervisor =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(log.toFile())
            .start();
    var cutOff = new Thread(supervisor::destroy, "cut-off");
    Runtime.getRuntime().addShutdownHook(cutOff);
    boolean up = await(supervisor, log);
    if (up) {
      Runtime.getRuntime().removeShutdownHook(cutOff);
    }
    return up ? 0 : 1;
  }

  private boolean await(Process supervisor, Path log) throws IOException, InterruptedException {
    try (var said = new RandomAccessFile(log.toFile(), "r")) {
      while (true) {
        boolean ended = supervisor.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        boolean up = !ended && isUp(supervisor);
        show(said, ended ? System.err : out);
        if (ended || up) {
          return up;
        }
      }
    }
  }

  private boolean isUp(Process supervisor) {
    return folder
        .readState()
        .filter(state -> state.supervisor().pid() == supervisor.pid())
        .filter(state -> state.phase() == StackState.Phase.UP)
        .isPresent();
  }

  private static void show(RandomAccessFile said, PrintStream to) throws IOException {
    byte[] more = new byte[(int) (said.length() - said.getFilePointer())];
    said.readFully(more);
    to.print(new String(more, StandardCharsets.UTF_8));
    to.flush();
  }

  private List<String> command() {
    var command = new ArrayList<String>();
    StoreChoice.onPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
    command.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "barocall"));
    command.addAll(Home.self(Launcher.JAVA_OPTIONS));
    command.addAll(arguments);
    return command;
  }
}
