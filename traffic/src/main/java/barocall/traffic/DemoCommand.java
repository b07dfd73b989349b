package barocall.traffic;

import barocall.access.Credentials;
import barocall.city.City;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final Installation installation = new Installation();

  @Option(
      names = "--speed",
      defaultValue = "6",
      paramLabel = "N",
      description = "How many times faster than a real day (default: ${DEFAULT-VALUE}).")
  private double speed = 6;

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
    if (!(speed > 0) || seconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--speed and --seconds must be more than 0.");
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
}
