package barocall.local;

import barocall.city.Cities;
import barocall.city.InvalidCityException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code barocall up}: starts everything and stays until it is stopped. */
@Command(
    name = "up",
    description = "Starts the broker, the store and the services, and prints their pages.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final long LEFT_OVER_SECONDS = 10;
  private static final int QUESTIONS = 10;

  @Mixin private final StackOptions options = new StackOptions();

  @Option(names = "--detach", description = "Returns when everything is running.")
  private boolean detach;

  @Option(names = "--fresh", description = "Empties the data folder first, all but barocall.yml.")
  private boolean fresh;

  @Option(names = "--keep-alive", description = "Starts a process again when it ends unexpectedly.")
  private boolean keepAlive;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws InterruptedException, IOException {
    DataFolder folder = options.folder();
    options.ports();
    if (fresh) {
      for (String others : List.of("MONGODB_URI", "KAFKA_BOOTSTRAP_SERVERS")) {
        requireOwn(others, Home.given(others).isPresent());
      }
    }
    folder.prepare();
    if (detach) {
      return new Detached(folder, arguments(folder), out).start();
    }
    try (DataFolder.Lock lock = folder.lock()) {
      assert lock.channel().isOpen();
      new InUse(options.home()).mark();
      return run(folder);
    }
  }

  /** Half an emptying would leave what others keep without the keys that open it. */
  static void requireOwn(String variable, boolean given) {
    if (given) {
      throw new LaunchException(
          "--fresh empties only the data folder, and %s names a server that it cannot empty; leave out --fresh, or unset %s."
              .formatted(variable, variable));
    }
  }

  private int run(DataFolder folder) throws InterruptedException {
    Cities cities = cities();
    endLeftOvers(folder);
    Plan plan = plan(folder);
    Welcome welcome = Welcome.prepare(cities, folder);
    var supervisor = new Supervisor(folder, plan, keepAlive, out);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(supervisor), "stop"));
    out.println("Barocall starts on " + folder.path());
    out.println("  store: " + plan.store().sentence());
    Home.given("KAFKA_BOOTSTRAP_SERVERS")
        .ifPresent(given -> out.println("  broker: the Kafka that KAFKA_BOOTSTRAP_SERVERS names"));
    supervisor.start(() -> welcome.print(out, plan, folder, options.demo()));
    supervisor.awaitEnd();
    return 0;
  }

  private Plan plan(DataFolder folder) throws InterruptedException {
    Plan plan = Plan.make(options.home(), folder, options.ports(), options.demo());
    requireFreePorts(plan);
    requireGiven(plan);
    if (!fresh) {
      return plan;
    }
    // Only now, when it can start: who can't have the new should keep the old.
    folder.empty();
    folder.prepare();
    return Plan.make(options.home(), folder, options.ports(), options.demo());
  }

  private void end(Supervisor supervisor) {
    if (!supervisor.hasEnded()) {
      out.println("Barocall stops.");
      out.flush();
    }
    supervisor.close();
  }

  private Cities cities() {
    try {
      return Cities.load(options.home().cities());
    } catch (InvalidCityException e) {
      throw new LaunchException(
          "The city files in %s cannot be used:%n%s"
              .formatted(options.home().cities(), e.getMessage()),
          e);
    }
  }

  /** Ends what a run that was cut off left behind; such processes hold ports and data. */
  private void endLeftOvers(DataFolder folder) throws InterruptedException {
    List<StackState.ProcessMark> marks =
        folder.readState().map(StackState::processes).orElse(List.of());
    for (StackState.ProcessMark mark : marks) {
      var left = mark.alive();
      if (left.isPresent()) {
        ProcessHandle process = left.get();
        out.println(
            "Ending %s (process %d), left behind by a run that was cut off."
                .formatted(mark.name(), mark.pid()));
        process.destroy();
        try {
          process.onExit().get(LEFT_OVER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
          process.destroyForcibly();
        }
      }
    }
    folder.removeState();
  }

  private static void requireFreePorts(Plan plan) {
    Map<Integer, String> needed = new LinkedHashMap<>();
    plan.all().filter(child -> child.port() != 0).forEach(c -> needed.put(c.port(), c.name()));
    needed.put(plan.ports().smtp(), Plan.CATCHER);
    if (needed.containsKey(plan.ports().broker())) {
      needed.put(plan.ports().controller(), Plan.BROKER);
    }
    needed.forEach(
        (port, name) -> {
          if (!PortOwners.isFree(port)) {
            throw new LaunchException(
                "Port %d, which the %s needs, is in use%s; end that, or move all ports with --port-base."
                    .formatted(port, name, by(port)));
          }
        });
  }

  /** What others run has to be there already. */
  private static void requireGiven(Plan plan) throws InterruptedException {
    if (Home.given("KAFKA_BOOTSTRAP_SERVERS").isPresent()) {
      requireAnswer(Health.givenKafka(), "broker", "KAFKA_BOOTSTRAP_SERVERS");
    }
    if (plan.store().kind() == StoreChoice.Kind.GIVEN) {
      requireAnswer(Health.mongo(plan.mongodb()), "store", "MONGODB_URI");
    }
  }

  private static void requireAnswer(Health health, String what, String variable)
      throws InterruptedException {
    for (int i = 0; i < QUESTIONS; i++) {
      if (health.isGood()) {
        return;
      }
      new CountDownLatch(1).await(1, TimeUnit.SECONDS);
    }
    throw new LaunchException(
        "The %s that %s names does not answer; start it, or unset %s and Barocall starts one of its own."
            .formatted(what, variable, variable));
  }

  private static String by(int port) {
    return PortOwners.of(port)
        .map(
            process ->
                " by process %d%s"
                    .formatted(
                        process.pid(),
                        process.info().command().map(command -> " (" + command + ")").orElse("")))
        .orElse("");
  }

  /** What a process started in the background is to do the same with. */
  private List<String> arguments(DataFolder folder) {
    var arguments = new ArrayList<String>();
    arguments.add("up");
    arguments.addAll(List.of("--data", folder.path().toString()));
    arguments.addAll(List.of("--port-base", Integer.toString(options.ports().base())));
    if (options.demo()) {
      arguments.add("--demo");
    }
    if (fresh) {
      arguments.add("--fresh");
    }
    if (keepAlive) {
      arguments.add("--keep-alive");
    }
    return arguments;
  }
}
