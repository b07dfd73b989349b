package barocall.traffic;

import barocall.city.City;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code barocall replay}: the inquiries of a 311 file, as if they happened now. */
@Command(
    name = "replay",
    description =
        "Lets the inquiries of a 311 file happen again, faster: received, decided by the rules, worked by departments.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = 2,
    exitCodeOnExecutionException = 1)
public final class ReplayCommand implements Callable<Integer> {

  private static final int AT_ONCE = 24;

  /** They are all held in memory, their words too. */
  private static final int MOST_ROWS = 300_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final Installation installation = new Installation();

  @Parameters(paramLabel = "FILE", description = "The CSV file.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      required = true,
      paramLabel = "NAME|PATH",
      description = "How the file reads: la311, nyc311, or the path of a format file.")
  private String format = "";

  @Option(
      names = "--city",
      required = true,
      paramLabel = "CITY",
      description = "The city in which it happens.")
  private String city = "";

  @Option(
      names = "--speed",
      defaultValue = "600",
      paramLabel = "N",
      description = "How many times faster than it was (default: ${DEFAULT-VALUE}).")
  private double speed = 600;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description = "Repeating a run of the same name adds nothing (default: a new name).")
  private @Nullable String run;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N rows.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--settle",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description =
          "How long departments go on after the last row came in; a suite that is behind is"
              + " waited for (default: ${DEFAULT-VALUE}).")
  private long settle = 60;

  /** Run by picocli. */
  public ReplayCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    if (!(speed > 0) || limit < 1 || settle < 0) {
      throw new ParameterException(
          spec.commandLine(), "--speed and --limit must be more than 0, --settle not less.");
    }
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    String name =
        Optional.ofNullable(run)
            .orElseGet(
                () ->
                    DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(clock.instant()));
    if (!name.matches("[A-Za-z0-9-]{1,60}")) {
      throw new ParameterException(
          spec.commandLine(), "--run takes letters, digits and hyphens, at most 60.");
    }
    try {
      City known = installation.city(city);
      List<ReplayPlan.Turn> turns = ReplayPlan.of(rows(out), speed, name);
      Staff staff = Staff.of(installation.credentials(), city);
      Doors doors =
          new Doors(
              HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build(),
              installation.addresses(),
              city,
              installation.key(city),
              time -> Thread.sleep(time.toMillis()));
      out.printf("Run %s: %,d rows%n", name, turns.size());
      out.flush();
      try (Stage stage = new Stage(AT_ONCE)) {
        Replay replay = new Replay(doors, staff, known, speed, clock, stage);
        try (Progress progress =
            Progress.of(
                "replay " + file.getFileName(),
                turns.size(),
                System.console() != null,
                System.err,
                clock)) {
          replay.run(turns, Duration.ofSeconds(settle), progress);
        }
        replay.report().forEach(out::println);
        return replay.left() == 0 ? 0 : 1;
      }
    } catch (TrafficException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    } finally {
      out.flush();
    }
  }

  private List<HistoryLine> rows(PrintWriter out) {
    ReplayPlan.Earliest earliest = new ReplayPlan.Earliest(limit);
    BadRows badRows = BadRows.of(file, installation.dataFolder());
    FileReport report = new FileReport(badRows);
    try (badRows;
        PastRows rows = CsvRows.open(file, installation.format(format))) {
      for (Optional<Reading> row = rows.next(); row.isPresent(); row = rows.next()) {
        if (row.get() instanceof Reading.Told told) {
          earliest.add(told.inquiry());
          report.add(told);
        } else {
          report.add((Reading.Bad) row.get());
        }
        if (earliest.size() > MOST_ROWS) {
          throw new TrafficException(
              "%s has more than %,d rows, which no replay lives through: name how many of the first by --limit, or import it."
                  .formatted(file, MOST_ROWS));
        }
      }
      rows.remarks().forEach(report::remark);
    }
    out.printf(Locale.ROOT, "%,d rows read: %,d bad%n", report.read(), report.bad());
    report.oddities().forEach(out::println);
    badRows.lines().forEach(out::println);
    return earliest.rows();
  }
}
