package barocall.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands about one process of a running stack. */
final class OneCommands {
  private OneCommands() {}

  /** {@code barocall start NAME}. */
  @Command(
      name = "start",
      description = "Starts one process of the running Barocall and waits until it is healthy.",
      mixinStandardHelpOptions = true)
  static final class Start implements Callable<Integer> {
    @Mixin private final StackOptions options = new StackOptions();

    @Parameters(paramLabel = "NAME", description = "As status shows it, e.g. routing-service.")
    private String name = "";

    @Option(
        names = "--instance",
        paramLabel = "N",
        description =
            "One more instance of a service, from 1 to 5; it listens 10*N ports higher and shares"
                + " the work with the others.")
    private int instance;

    @Override
    public Integer call() throws InterruptedException {
      System.out.println(running(options, instance).start(name, instance));
      return 0;
    }
  }

  /** {@code barocall stop NAME}. */
  @Command(
      name = "stop",
      description = "Stops one process of the running Barocall until it is started.",
      mixinStandardHelpOptions = true)
  static final class Stop implements Callable<Integer> {
    @Mixin private final StackOptions options = new StackOptions();

    @Parameters(paramLabel = "NAME", description = "As status shows it, e.g. routing-service.")
    private String name = "";

    @Option(
        names = "--instance",
        paramLabel = "N",
        description =
            "One more instance of a service, from 1 to 5; it listens 10*N ports higher and shares"
                + " the work with the others.")
    private int instance;

    @Override
    public Integer call() throws InterruptedException {
      System.out.println(running(options, instance).stop(name, instance));
      return 0;
    }
  }

  private static RunningStack running(StackOptions options, int instance) {
    if (instance < 0 || instance > Supervisor.MOST_INSTANCES) {
      throw LaunchException.wrongUsage(
          "There is room for the instances 1 to %d of a service beside the first."
              .formatted(Supervisor.MOST_INSTANCES));
    }
    DataFolder folder = options.folderOfRunning();
    folder.refuseContainers("start, stop and restart");
    return RunningStack.on(folder)
        .orElseThrow(
            () ->
                new LaunchException(
                    "Barocall is not running on %s; start it with %s."
                        .formatted(folder.path(), folder.command("up"))));
  }
}
