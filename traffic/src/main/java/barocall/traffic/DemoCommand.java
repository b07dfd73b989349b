package barocall.traffic;

import barocall.access.Credentials;
import barocall.city.City;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code barocall demo}: made-up traffic, until it is ended. */
@Command(
    name = "demo",
    description =
        "Plays made-up calls and complaints for the Korean cities on a running Barocall, until it is ended.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = 2,
    exitCodeOnExecutionException = 1)
public final class DemoCommand implements Callable<Integer> {

  private static final int AT_ONCE = 16;

  /** Inquiries of the past that go to intake at once. */
  private static final int AT_A_TIME = 200;

  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final Installation installation = new Installation();

  @Option(
      names = "--speed",
      defaultValue = "1",
      paramLabel = "N",
      description = "How many times faster than a real day (default: ${DEFAULT-VALUE}).")
  private double speed = 1;

  @Option(
      names = "--past",
      defaultValue = "0",
      paramLabel = "DAYS",
      description =
          "Tell a made-up past of so many days first, once for a data folder, so that today has"
              + " something to be compared with (default: none).")
  private int past;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "The same seed makes the same days (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "End after so many seconds (default: go on).")
  private long seconds = Long.MAX_VALUE;

  /** Run by picocli. */
  public DemoCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (!(speed > 0) || seconds < 1 || past < 0) {
      throw new ParameterException(
          spec.commandLine(), "--speed and --seconds must be more than 0, --past not less.");
    }
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    // Calls of an earlier demonstration on the same data keep their ids.
    String run =
        "demo-"
            + DateTimeFormatter.ofPattern("yyyyMMddHHmmss")
                .withZone(ZoneOffset.UTC)
                .format(clock.instant());
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    DemoScript script = DemoScript.load();
    try (Stage stage = new Stage(AT_ONCE)) {
      Credentials credentials = installation.credentials();
      List<Demo> demos = new ArrayList<>();
      for (String id : script.cities().keySet().stream().sorted().toList()) {
        City city = installation.city(id);
        Doors doors =
            new Doors(
                http,
                installation.addresses(),
                id,
                installation.key(id),
                time -> Thread.sleep(time.toMillis()));
        Staff staff = Staff.of(credentials, id);
        demos.add(new Demo(city, script, doors, staff, speed, seed, run, clock, stage));
      }
      demos.forEach(Demo::begin);
      if (past > 0) {
        Thread teller = new Thread(() -> tellPast(http, script, clock, out), "past");
        teller.setDaemon(true);
        teller.start();
      }
      out.println("A demonstration is running: every call and every complaint is made up.");
      while (stage.now().toSeconds() < seconds) {
        long left = seconds - stage.now().toSeconds();
        Thread.sleep(1000 * Math.max(1, Math.min(BETWEEN_LINES.toSeconds(), left)));
        demos.forEach(demo -> out.println(demo.summary()));
        stage.errors().forEach((what, count) -> out.printf("%,d × %s%n", count, what));
        out.flush();
      }
      return 0;
    } catch (TrafficException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    } finally {
      out.flush();
    }
  }

  /** Beside the present, which should not wait for it, and gently, so that pages stay quick. */
  private void tellPast(HttpClient http, DemoScript script, Clock clock, PrintWriter out) {
    DemoPast note = new DemoPast(installation.dataFolder());
    try {
      Optional<OffsetDateTime> until = note.until(clock.instant());
      if (until.isEmpty()) {
        return;
      }
      long inquiries = 0;
      for (int daysAgo : soonestShown(past)) {
        long began = System.nanoTime();
        for (String id : script.cities().keySet()) {
          inquiries += tellDay(http, script, id, until.get(), daysAgo, clock);
        }
        TimeUnit.NANOSECONDS.sleep(System.nanoTime() - began);
      }
      note.told(until.get());
      out.printf("%,d made-up inquiries of the past %d days have been told%n", inquiries, past);
      out.flush();
    } catch (TrafficException e) {
      spec.commandLine().getErr().println("The past was not told to its end: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long tellDay(
      HttpClient http, DemoScript script, String id, OffsetDateTime until, int daysAgo, Clock clock)
      throws InterruptedException {
    Path folder = installation.dataFolder();
    BadRows refused = BadRows.of(folder.resolve("demo-past"), folder);
    ImportReport report = new ImportReport(refused);
    try (refused;
        Past rows = Past.before(installation.city(id), script, until, daysAgo, seed)) {
      new HistoryImport(
              HistoryDoor.of(http, installation.intake(), id, installation.key(id), clock),
              department -> true,
              AT_A_TIME)
          .run(rows, report, Progress.none());
    }
    refused.lines().forEach(spec.commandLine().getErr()::println);
    return report.accepted();
  }

  /** Today first, then the days that today is compared with, then the others. */
  static List<Integer> soonestShown(int days) {
    return IntStream.range(0, days)
        .boxed()
        .sorted(Comparator.comparing((Integer daysAgo) -> daysAgo % 7 != 0))
        .toList();
  }
}
