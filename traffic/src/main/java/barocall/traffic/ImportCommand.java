package barocall.traffic;

import barocall.city.City;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code barocall import}: past inquiries of a 311 file, counted at their own times. */
@Command(
    name = "import",
    description =
        "Adds the past inquiries of a 311 file. Repeating it adds only what is not there yet.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = 2,
    exitCodeOnExecutionException = 1)
public final class ImportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final Installation installation = new Installation();

  @Parameters(paramLabel = "FILE", description = "The file, CSV or NDJSON.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      required = true,
      paramLabel = "NAME|PATH",
      description =
          "How the file reads: la311, nyc311, the path of a format file, or history for lines as"
              + " intake's history door takes them.")
  private String format = "";

  @Option(
      names = "--city",
      required = true,
      paramLabel = "CITY",
      description = "The city to which the inquiries belong.")
  private String city = "";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Intake's address (default: on this machine, by --port-base).")
  private @Nullable URI url;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "The city's key. Others on this machine can read it in the list of processes; better give"
              + " it as BAROCALL_KEY in the environment (default: from the credentials file).")
  private @Nullable String key;

  /** Run by picocli. */
  public ImportCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    long start = System.nanoTime();
    HistoryDoor door = null;
    Optional<String> failure = Optional.empty();
    BadRows badRows = BadRows.of(file, installation.dataFolder());
    ImportReport report = new ImportReport(badRows);
    try (badRows;
        PastRows rows = rows()) {
      City known = installation.city(city);
      door = door(clock);
      try (Progress progress =
          Progress.of(
              "import " + file.getFileName(),
              rows.size(),
              System.console() != null,
              System.err,
              clock)) {
        new HistoryImport(door, department -> known.department(department).isPresent())
            .run(rows, report, progress);
      }
    } catch (TrafficException e) {
      failure = Optional.of(e.getMessage());
    }
    if (door != null) {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      report.lines(took, door.pauses()).forEach(out::println);
      out.flush();
    }
    if (failure.isEmpty() && report.nothingCounts()) {
      failure =
          Optional.of(
              "No row of %s counts, for the reasons above: see whether %s is its format, and mend the rows or the format."
                  .formatted(file, format));
    }
    failure.ifPresent(spec.commandLine().getErr()::println);
    return failure.isPresent() ? 1 : 0;
  }

  private PastRows rows() {
    return format.equals(HistoryFile.FORMAT)
        ? HistoryFile.open(file)
        : CsvRows.open(file, installation.format(format));
  }

  private HistoryDoor door(Clock clock) {
    return HistoryDoor.of(
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build(),
        url == null ? installation.intake() : url,
        city,
        bearer(key, System.getenv("BAROCALL_KEY")),
        clock);
  }

  private String bearer(@Nullable String told, @Nullable String inEnvironment) {
    if (told != null) {
      return told;
    }
    return inEnvironment == null || inEnvironment.isBlank()
        ? installation.key(city)
        : inEnvironment.strip();
  }
}
