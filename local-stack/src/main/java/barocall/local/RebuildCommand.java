package barocall.local;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code barocall rebuild}: lists and figures anew from the topics. */
@Command(
    name = "rebuild",
    description = {
      "Makes what services keep anew from the topics, beside the old lists and figures, which stay"
          + " up until the new ones have caught up; each service is then away for some seconds."
          + " Nobody is told anything again.",
      "Services in containers are stopped and started by docker compose.",
      "Where Barocall is not running, only the broker and the store are started, and ended after."
    },
    mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {
  /** Figures first: they are worth most and in nobody's way. */
  private static final List<String> ALL =
      List.of("analytics-service", "intake-service", "routing-service", "notification-service");

  private static final long LOOK_MILLIS = 500;

  @Mixin private final StackOptions options = new StackOptions();

  @Parameters(
      paramLabel = "SERVICE",
      arity = "0..*",
      description = "As status shows it, e.g. analytics-service (default: all four).")
  private List<String> services = List.of();

  private final PrintStream out = System.out;

  /** Where the rebuild goes on. */
  private interface Place {
    RebuildReport report() throws InterruptedException;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    List<String> wanted = services.isEmpty() ? ALL : services;
    DataFolder folder = options.folderOfRunning();
    var running = RunningStack.on(folder);
    if (running.isPresent()) {
      running.get().rebuild(wanted);
      return watch(running.get()::rebuild);
    }
    if (ContainerStack.on(folder).isPresent()) {
      var containers = new ContainerServices(options.home().root());
      var rebuilding = new Rebuilding(folder, containers);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(rebuilding), "stop"));
      rebuilding.begin(containers.named(named(wanted)));
      return watch(rebuilding::report);
    }
    folder.prepare();
    try (DataFolder.Lock lock = folder.lock()) {
      assert lock.channel().isOpen();
      new InUse(options.home()).mark();
      Plan plan = Plan.make(options.home(), folder, options.ports(), options.demo());
      try (var supervisor = new Supervisor(folder, plan, false, out)) {
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::close, "stop"));
        supervisor.startFoundations();
        supervisor.rebuild(wanted);
        return watch(supervisor::rebuild);
      }
    }
  }

  private static void end(Rebuilding rebuilding) {
    try {
      rebuilding.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As Compose knows them: {@code analytics} is short for {@code analytics-service}. */
  private static List<String> named(List<String> wanted) {
    return wanted.stream()
        .map(
            name ->
                ALL.stream()
                    .filter(known -> known.equals(name) || known.equals(name + "-service"))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new LaunchException(
                                "There is no service %s to rebuild; there are %s."
                                    .formatted(name, String.join(", ", ALL)))))
        .toList();
  }

  private int watch(Place place) throws InterruptedException {
    String last = "";
    while (true) {
      RebuildReport report = place.report();
      String now =
          String.join("\n", report.parts().stream().map(RebuildReport.Part::sentence).toList());
      if (!now.equals(last)) {
        List<String> before = last.lines().toList();
        now.lines().filter(line -> !before.contains(line)).forEach(out::println);
        out.flush();
        last = now;
      }
      if (!report.running()) {
        return report.isDone() ? 0 : 1;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }
}
