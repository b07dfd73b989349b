package barocall.local;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code barocall down}: stops everything, from any terminal. */
@Command(
    name = "down",
    description = "Stops everything that up started.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Mixin private final StackOptions options = new StackOptions();

  @Override
  public Integer call() throws InterruptedException {
    DataFolder folder = options.folderOfRunning();
    folder.refuseContainers("down");
    Optional<RunningStack> running = RunningStack.on(folder);
    if (running.isEmpty()) {
      System.out.println("Barocall is not running on " + folder.path() + ".");
      return 0;
    }
    ProcessHandle supervisor = running.get().supervisor();
    supervisor.destroy();
    try {
      supervisor.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new LaunchException(
          "Process %d, which supervises Barocall, has not ended after %d seconds; kill it, and the next up ends what it leaves."
              .formatted(supervisor.pid(), PATIENCE.toSeconds()),
          e);
    }
    System.out.println("Barocall has stopped; its data stays in " + folder.path() + ".");
    return 0;
  }
}
