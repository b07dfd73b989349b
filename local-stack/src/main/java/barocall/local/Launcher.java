package barocall.local;

import barocall.access.CredentialsException;
import barocall.traffic.DemoCommand;
import barocall.traffic.GenerateCommand;
import barocall.traffic.ImportCommand;
import barocall.traffic.ReplayCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of {@code ./barocall}. */
@Command(
    name = "barocall",
    description = "Runs a city's call centre on one machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = "%nFrom the sources also: faults (docs/faults.md), benchmarks (docs/performance.md).",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      OneCommands.Start.class,
      OneCommands.Stop.class,
      RebuildCommand.class,
      CitiesCommand.class,
      PeopleCommand.class,
      KeysCommand.class,
      EraseCommand.class,
      DeadLettersCommand.class,
      AuditCommand.class,
      ImportCommand.class,
      GenerateCommand.class,
      ReplayCommand.class,
      DemoCommand.class,
      ServeCommand.class,
      PrepareCommand.class
    })
public final class Launcher {
  static final List<String> JAVA_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx128m",
          "-Dfile.encoding=UTF-8",
          "-Dsun.stdout.encoding=UTF-8",
          "-Dsun.stderr.encoding=UTF-8");

  private static final int FAILED = 1;

  private Launcher() {}

  /** Runs one command and ends with its exit code: 0 done, 1 failed, 2 wrong usage. */
  public static void main(String[] args) {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "barocall/local/logback.xml");
      // What the libraries say while a server is not there yet is of no use to people.
      boolean serves = args.length > 0 && args[0].equals("serve");
      System.setProperty("BAROCALL_LOCAL_LOG", serves ? "WARN" : "OFF");
    }
    ParentWatch.begin();
    System.exit(commands().execute(args));
  }

  static CommandLine commands() {
    return new CommandLine(new Launcher())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
  }

  private static int failed(Exception e, CommandLine command) {
    if (e instanceof LaunchException wrong && wrong.isWrongUsage()) {
      command.getErr().println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    if (e instanceof LaunchException || e instanceof CredentialsException) {
      command.getErr().println(e.getMessage());
      return FAILED;
    }
    command.getErr().println("%s failed: %s".formatted(command.getCommandName(), said(e)));
    return FAILED;
  }

  /** The messages of the failure and its causes, without the places in the program. */
  private static String said(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return e.getCause() == null || e.getCause() == e
        ? message
        : message + ": " + said(e.getCause());
  }
}
