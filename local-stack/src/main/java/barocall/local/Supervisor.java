package barocall.local;

import barocall.local.StackState.Phase;
import barocall.local.StackState.ProcessMark;
import barocall.local.StatusReport.ProcessReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts the processes of a stack, watches them and ends them, the last started first. */
final class Supervisor implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration PATIENCE_WITH_SERVICES = Duration.ofSeconds(20);
  private static final Duration PATIENCE_WITH_FOUNDATIONS = Duration.ofSeconds(15);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LASTING = Duration.ofMinutes(1);
  private static final int LONGEST_LINE = 400;
  private static final int LOG_LINES_SHOWN = 8;
  static final int MOST_INSTANCES = 5;

  private final DataFolder folder;
  private final Plan plan;
  private final boolean keepAlive;
  private final PrintStream out;
  private final String token = UUID.randomUUID().toString();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<String, Integer> failures = new HashMap<>();
  private final Object changes = new Object();

  /** Instances beyond the first of a service, which nobody planned. */
  private final List<Child> others = new CopyOnWriteArrayList<>();

  private final Rebuilding rebuilding;
  private Phase phase = Phase.STARTING;
  private @Nullable Orders orders;

  Supervisor(DataFolder folder, Plan plan, boolean keepAlive, PrintStream out) {
    this.folder = folder;
    this.plan = plan;
    this.keepAlive = keepAlive;
    this.out = out;
    this.rebuilding =
        new Rebuilding(
            folder,
            new Rebuilding.Stage() {
              @Override
              public void stop(String service) throws InterruptedException {
                stopOne(service, 0);
              }

              @Override
              public void start(String service) throws InterruptedException {
                startOne(service, 0);
              }
            });
  }

  /**
   * Brings everything up; when that fails, nothing stays.
   *
   * @param announce what is to be done when all is healthy, before anybody is told that it is
   */
  void start(Runnable announce) throws InterruptedException {
    takeOrders();
    try {
      startAll(plan.foundations());
      makeFastStarts();
      startAll(plan.services());
      startAll(plan.traffic());
      announce.run();
      enter(Phase.UP);
      plan.all().forEach(this::tellIfEnded);
    } catch (LaunchException e) {
      if (isStopping()) {
        // Somebody ended it meanwhile; that is what is to be seen, not that something is missing.
        stopped.await();
      }
      close();
      throw e;
    }
  }

  private void takeOrders() {
    try {
      orders = Orders.take(this, token);
    } catch (IOException e) {
      throw new LaunchException("No port is free for orders (%s).".formatted(e.getMessage()), e);
    }
  }

  /** Brings up only what the services stand on; when that fails, nothing stays. */
  void startFoundations() throws InterruptedException {
    takeOrders();
    try {
      startAll(plan.foundations());
      enter(Phase.UP);
    } catch (LaunchException e) {
      close();
      throw e;
    }
  }

  /** Begins to rebuild what these services keep. */
  void rebuild(List<String> services) {
    List<Child> children = services.stream().map(plan::child).distinct().toList();
    for (Child child : children) {
      if (!plan.services().contains(child)) {
        throw new LaunchException(
            "%s keeps nothing that follows from the topics; the services are %s."
                .formatted(
                    child.name(),
                    String.join(", ", plan.services().stream().map(Child::name).toList())));
      }
      others.stream()
          .filter(other -> other.name().equals(child.name()) && other.running().isPresent())
          .findFirst()
          .ifPresent(
              other -> {
                throw new LaunchException(
                    "%s runs too; stop it first, for what it keeps is to be replaced: %s"
                        .formatted(other.title(), folder.command("stop " + named(other))));
              });
    }
    rebuilding.begin(children);
  }

  /** How far the last rebuild is. */
  RebuildReport rebuild() {
    return rebuilding.report();
  }

  /** Returns when everything has been ended. */
  void awaitEnd() throws InterruptedException {
    stopped.await();
  }

  boolean hasEnded() {
    return stopped.getCount() == 0;
  }

  /** Ends everything: services, then catcher, store and broker. */
  @Override
  public void close() {
    synchronized (changes) {
      if (phase == Phase.STOPPING) {
        return;
      }
      phase = Phase.STOPPING;
    }
    try {
      save();
      rebuilding.end();
      stopTogether(
          Stream.of(plan.traffic(), plan.services(), others).flatMap(List::stream).toList(),
          PATIENCE_WITH_SERVICES);
      var reversed = new ArrayList<>(plan.foundations());
      Collections.reverse(reversed);
      for (Child child : reversed) {
        stopTogether(List.of(child), PATIENCE_WITH_FOUNDATIONS);
      }
      folder.removeState();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (orders != null) {
        orders.close();
      }
      stopped.countDown();
    }
  }

  StatusReport status() throws InterruptedException {
    var reports = new ArrayList<CompletableFuture<ProcessReport>>();
    for (Child child : all().toList()) {
      reports.add(
          CompletableFuture.supplyAsync(() -> report(child), task -> new Thread(task).start()));
    }
    List<ProcessReport> processes = reports.stream().map(CompletableFuture::join).toList();
    return new StatusReport(
        currentPhase().name().toLowerCase(Locale.ROOT),
        plan.store().kind().word(),
        plan.kafka(),
        plan.shownMongodb(),
        plan.mail(),
        processes);
  }

  /** The planned processes and the other instances. */
  private Stream<Child> all() {
    return Stream.concat(plan.all(), others.stream());
  }

  /**
   * Starts one process that does not run, and waits until it is healthy.
   *
   * @param instance 0 for what was planned, or one more of a service
   */
  String startOne(String name, int instance) throws InterruptedException {
    Child child = instance == 0 ? plan.child(name) : other(name, instance);
    if (child.running().isPresent()) {
      return child.title() + " is running already.";
    }
    try {
      startAll(List.of(child));
    } catch (LaunchException e) {
      if (others.remove(child)) {
        child.askToStop();
      }
      throw e;
    }
    return child.title() + " is running.";
  }

  /** Ends one process; it stays away until it is started. Of another instance nothing stays. */
  String stopOne(String name, int instance) throws InterruptedException {
    Child child = instance == 0 ? plan.child(name) : other(name, instance);
    boolean was = child.running().isPresent();
    if (was) {
      stopTogether(List.of(child), PATIENCE_WITH_SERVICES);
    } else {
      child.askToStop();
    }
    others.remove(child);
    save();
    return child.title() + (was ? " has ended." : " was not running.");
  }

  private Child other(String name, int instance) {
    if (instance > MOST_INSTANCES) {
      throw LaunchException.wrongUsage(
          "There is room for the instances 1 to %d beside the first.".formatted(MOST_INSTANCES));
    }
    Child made = plan.another(name, instance);
    synchronized (changes) {
      return others.stream()
          .filter(it -> it.name().equals(made.name()) && it.instance() == instance)
          .findFirst()
          .orElseGet(
              () -> {
                others.add(made);
                return made;
              });
    }
  }

  /** How a command names it. */
  private static String named(Child child) {
    return child.instance() == 0 ? child.name() : child.name() + " --instance " + child.instance();
  }

  private static ProcessReport report(Child child) {
    try {
      return new ProcessReport(
          child.name(),
          child.running().map(Process::pid).orElse(null),
          child.port() == 0 ? null : child.port(),
          child.isHealthy(),
          child.instance());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("Barocall is stopping.", e);
    }
  }

  /** Once after each build; two at a time keep a small machine busy enough. */
  private void makeFastStarts() throws InterruptedException {
    List<FastStart> missing = plan.fastStarts().stream().filter(it -> !it.isMade()).toList();
    if (missing.isEmpty()) {
      return;
    }
    tell("  preparing the services for fast starts, once after a build");
    ExecutorService makers = Executors.newFixedThreadPool(2);
    try {
      for (Future<Optional<String>> made :
          makers.invokeAll(missing.stream().map(Supervisor::making).toList())) {
        made.get().ifPresent(why -> tell("  a service goes on starting slowly: %s".formatted(why)));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      makers.shutdownNow();
    }
  }

  private static Callable<Optional<String>> making(FastStart fastStart) {
    return fastStart::make;
  }

  private void startAll(List<Child> children) throws InterruptedException {
    for (Child child : children) {
      synchronized (changes) {
        if (phase == Phase.STOPPING) {
          throw new LaunchException("Barocall is stopping.");
        }
        watch(child, child.start());
      }
    }
    save();
    var waiting = new ArrayList<>(children);
    long begin = System.nanoTime();
    while (!waiting.isEmpty()) {
      for (Child child : List.copyOf(waiting)) {
        if (child.isHealthy()) {
          waiting.remove(child);
          tell(
              "  %-22s %s"
                  .formatted(child.title(), child.port() == 0 ? "" : "port " + child.port()));
        } else if (child.running().isEmpty()) {
          throw new LaunchException(
              "%s ended at its start. %s".formatted(child.title(), why(child)));
        } else if (System.nanoTime() - begin > child.patience().toNanos()) {
          throw new LaunchException(
              "%s was not ready after %d seconds. %s"
                  .formatted(child.name(), child.patience().toSeconds(), why(child)));
        }
      }
      if (!waiting.isEmpty() && stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LaunchException("Barocall has stopped.");
      }
    }
  }

  private void watch(Child child, Process process) {
    long begin = System.nanoTime();
    process
        .onExit()
        .thenAccept(ended -> ended(child, ended, Duration.ofNanos(System.nanoTime() - begin)))
        .exceptionally(
            e -> {
              tell("%s cannot be watched (%s).".formatted(child.name(), e));
              return null;
            });
  }

  /** Of one that ended after it was healthy and before all were. */
  private void tellIfEnded(Child child) {
    child
        .last()
        .filter(process -> !process.isAlive())
        .ifPresent(process -> ended(child, process, Duration.ZERO));
  }

  private void ended(Child child, Process process, Duration after) {
    if (!child.isWanted() || currentPhase() != Phase.UP) {
      return;
    }
    tell("%s ended unexpectedly (%s). %s".formatted(child.title(), exit(process), why(child)));
    if (!keepAlive) {
      tell("Start it again with " + folder.command("start " + named(child)) + ".");
      save();
      return;
    }
    restartLater(child, after);
  }

  private void restartLater(Child child, Duration after) {
    Duration pause = pauseBeforeRestart(child, after);
    tell("It is started again in %d s.".formatted(pause.toSeconds()));
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> restart(child));
  }

  private void restart(Child child) {
    try {
      synchronized (changes) {
        if (phase != Phase.UP || !child.isWanted()) {
          return;
        }
        if (child.running().isEmpty()) {
          watch(child, child.start());
        }
      }
    } catch (LaunchException e) {
      // Nobody waits for this thread: what it does not tell, nobody learns.
      tell(e.getMessage());
      restartLater(child, Duration.ZERO);
      return;
    }
    try {
      save();
    } catch (LaunchException e) {
      // As on a full disk; what was started runs all the same.
      tell(e.getMessage());
    }
  }

  private Duration pauseBeforeRestart(Child child, Duration after) {
    synchronized (changes) {
      int times = after.compareTo(LASTING) > 0 ? 1 : failures.getOrDefault(child.name(), 0) + 1;
      failures.put(child.name(), times);
      Duration pause = Duration.ofSeconds(1L << Math.min(times - 1, 5));
      return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  private void stopTogether(List<Child> children, Duration patience) throws InterruptedException {
    children.forEach(Child::askToStop);
    long deadline = System.nanoTime() + patience.toNanos();
    for (Child child : children) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!child.awaitEnd(left)) {
        tell("%s did not end in time and was killed.".formatted(child.name()));
      }
    }
  }

  private static String exit(Process process) {
    int code = process.exitValue();
    return code > 128 ? "signal " + (code - 128) : "exit code " + code;
  }

  /** The last lines of the log that a person can use. */
  private static String why(Child child) {
    Path log = child.log();
    try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
      List<String> said =
          lines
              .filter(line -> !line.isBlank())
              .filter(line -> !line.startsWith("\t") && !line.startsWith(" "))
              .toList();
      if (said.isEmpty()) {
        return "Its log %s says nothing.".formatted(log);
      }
      List<String> last = said.subList(Math.max(0, said.size() - LOG_LINES_SHOWN), said.size());
      return "Its log %s ends with:%n".formatted(log)
          + String.join("\n", last.stream().map(Supervisor::indented).toList());
    } catch (IOException | UncheckedIOException e) {
      return "Its log is " + log + ".";
    }
  }

  private static String indented(String line) {
    return "    " + (line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + " …" : line);
  }

  private void enter(Phase next) {
    synchronized (changes) {
      if (phase == Phase.STOPPING) {
        throw new LaunchException("Barocall is stopping.");
      }
      phase = next;
    }
    save();
  }

  private Phase currentPhase() {
    synchronized (changes) {
      return phase;
    }
  }

  private boolean isStopping() {
    return currentPhase() == Phase.STOPPING;
  }

  private void save() {
    List<ProcessMark> marks =
        all()
            .flatMap(
                child ->
                    child.running().stream()
                        .map(process -> ProcessMark.of(child.title(), process.toHandle())))
            .toList();
    int controlPort = orders == null ? 0 : orders.port();
    synchronized (changes) {
      folder.writeState(
          new StackState(
              ProcessMark.of("supervisor", ProcessHandle.current()),
              phase,
              controlPort,
              token,
              plan.ports().base(),
              plan.store().kind().word(),
              plan.kafka(),
              plan.shownMongodb(),
              plan.mail(),
              marks));
    }
  }

  private void tell(String line) {
    out.println(line);
    out.flush();
  }
}
