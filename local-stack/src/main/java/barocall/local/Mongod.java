package barocall.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs a real mongod as a part of the stack. */
final class Mongod {
  /** Ends mongod, which watches no parent itself, when the launcher is gone. */
  private static final String GUARDED =
      "(while kill -0 \"$BAROCALL_PARENT\" 2>/dev/null && kill -0 $$ 2>/dev/null; do sleep 1; done;"
          + " kill -TERM $$ 2>/dev/null) & exec \"$@\"";

  /**
   * In milliseconds, a day. mongod writes whole into its log what takes longer than a tenth of a
   * second, with what citizens said in it; under load that is many an update. And of what is slow
   * it is to write none, should somebody else shorten that time.
   */
  static final String SLOW = "86400000";

  private Mongod() {}

  static List<String> command(String program, Path directory, int port) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new LaunchException(
          "There is no writing to %s (%s).".formatted(directory, e.getMessage()), e);
    }
    var command = new ArrayList<>(List.of("/bin/sh", "-c", GUARDED, "mongod"));
    // It takes a Ctrl-C in the terminal even where that is ignored, so it gets no terminal.
    StoreChoice.onPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
    command.addAll(
        List.of(
            program,
            "--dbpath",
            directory.toString(),
            "--port",
            Integer.toString(port),
            "--bind_ip",
            "127.0.0.1",
            "--replSet",
            ReplicaSet.NAME,
            "--profile",
            "0",
            "--slowms",
            SLOW,
            "--slowOpSampleRate",
            "0",
            "--wiredTigerCacheSizeGB",
            "0.5"));
    return command;
  }
}
