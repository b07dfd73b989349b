package barocall.local;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code barocall status}: what is running, for people or programs. */
@Command(
    name = "status",
    description = "Shows what is running: exit code 0 all healthy, 3 down, 1 otherwise.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final int DOWN = 3;

  @Mixin private final StackOptions options = new StackOptions();

  @Option(names = "--json", description = "As JSON, for programs.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    DataFolder folder = options.folderOfRunning();
    StatusReport report = report(folder);
    if (json) {
      System.out.println(
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(report));
    } else {
      print(report, folder);
    }
    if (report.equals(StatusReport.DOWN)) {
      return DOWN;
    }
    return report.allHealthy() ? 0 : 1;
  }

  private static StatusReport report(DataFolder folder) throws InterruptedException {
    Optional<RunningStack> running = RunningStack.on(folder);
    if (running.isPresent()) {
      return running.get().status();
    }
    return ContainerStack.on(folder).map(ContainerStack::status).orElse(StatusReport.DOWN);
  }

  private static void print(StatusReport report, DataFolder folder) {
    System.out.printf("Barocall is %s (%s)%n", report.state(), folder.path());
    if (report.store() != null) {
      System.out.printf("  store %s, %s%n", report.store(), report.mongodb());
      System.out.printf("  broker %s%n  mails, texts %s%n", report.kafka(), report.mail());
    }
    for (StatusReport.ProcessReport process : report.processes()) {
      System.out.printf(
          "  %-22s %-10s %-10s %s%n",
          process.instance() == 0 ? process.name() : process.name() + " " + process.instance(),
          process.port() == null ? "" : "port " + process.port(),
          process.pid() == null ? "" : "pid " + process.pid(),
          process.healthy() ? "healthy" : process.pid() == null ? "not running" : "not healthy");
    }
  }
}
