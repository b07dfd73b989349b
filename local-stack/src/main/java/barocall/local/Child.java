package barocall.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One process of the stack: how it is started, and the one that runs now. */
final class Child implements Rebuildable {
  private static final String IGNORING_THE_TERMINAL = "trap '' INT HUP; exec \"$@\"";

  private final Recipe recipe;
  private final Path log;
  private @Nullable Process process;
  private boolean wanted;

  Child(Recipe recipe, Path log) {
    this.recipe = recipe;
    this.log = log;
  }

  /**
   * How a process is started.
   *
   * @param command asked for at each start
   * @param port where it listens; 0 if nowhere
   * @param instance which of several of its kind
   * @param patience how long it may take until it is healthy
   */
  record Recipe(
      String name,
      Supplier<List<String>> command,
      Map<String, String> environment,
      int port,
      int instance,
      Health health,
      Duration patience) {
    Recipe(
        String name,
        List<String> command,
        Map<String, String> environment,
        int port,
        int instance,
        Health health,
        Duration patience) {
      this(name, () -> command, environment, port, instance, health, patience);
    }
  }

  @Override
  public String name() {
    return recipe.name();
  }

  /** As people are told of it. */
  String title() {
    return recipe.instance() == 0 ? name() : name() + " " + recipe.instance();
  }

  int port() {
    return recipe.port();
  }

  int instance() {
    return recipe.instance();
  }

  Duration patience() {
    return recipe.patience();
  }

  Path log() {
    return log;
  }

  /** Starts the process; its log of the time before is kept beside the new one. */
  synchronized Process start() {
    if (process != null && process.isAlive()) {
      return process;
    }
    try {
      if (Files.exists(log)) {
        Files.move(
            log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
      }
      // A Ctrl-C in the terminal reaches every process of it, but the supervisor is to end them
      // one after the other.
      var command = new ArrayList<>(List.of("/bin/sh", "-c", IGNORING_THE_TERMINAL, name()));
      command.addAll(recipe.command().get());
      var builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(log.toFile());
      builder.environment().putAll(recipe.environment());
      builder.environment().put("BAROCALL_PARENT", Long.toString(ProcessHandle.current().pid()));
      wanted = true;
      process = builder.start();
      return process;
    } catch (IOException e) {
      throw new LaunchException("%s cannot be started (%s).".formatted(name(), e.getMessage()), e);
    }
  }

  /** Starts another process by the same recipe, to speak with by its input and output. */
  @Override
  public Process besides(Map<String, String> more) throws IOException {
    var command = new ArrayList<>(List.of("/bin/sh", "-c", IGNORING_THE_TERMINAL, name()));
    command.addAll(recipe.command().get());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(recipe.environment());
    builder.environment().putAll(more);
    builder.environment().put("BAROCALL_PARENT", Long.toString(ProcessHandle.current().pid()));
    return builder.start();
  }

  /** Whether it should be running, so that an end is a failure. */
  @Override
  public synchronized boolean isWanted() {
    return wanted;
  }

  @Override
  public boolean isRunning() {
    return running().isPresent();
  }

  synchronized Optional<Process> running() {
    return Optional.ofNullable(process).filter(Process::isAlive);
  }

  /** The process that was last started, running or not. */
  synchronized Optional<Process> last() {
    return Optional.ofNullable(process);
  }

  boolean isHealthy() throws InterruptedException {
    return running().isPresent() && recipe.health().isGood();
  }

  /** Asks it to end. */
  void askToStop() {
    Optional<Process> running;
    synchronized (this) {
      wanted = false;
      running = running();
    }
    running.ifPresent(Process::destroy);
  }

  /** Waits for its end and makes one when that takes too long. */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    Process ending = last().orElse(null);
    if (ending == null || ending.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    ending.destroyForcibly();
    ending.waitFor(5, TimeUnit.SECONDS);
    return false;
  }
}
