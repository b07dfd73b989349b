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

  /** How long intake may take nothing before the import gives up. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final int ROWS_SHOWN = 50;

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
    ImportReport report = new ImportReport();
    long start = System.nanoTime();
    HistoryDoor door = null;
    Optional<String> failure = Optional.empty();
    try {
      Format reading = installation.format(format);
      City known = installation.city(city);
      try (CsvFile csv = CsvFile.open(file, reading.charset(), reading.separator())) {
        RowReader rows = RowReader.of(reading, csv.header(), file.toString());
        door = door(clock);
        try (Progress progress =
            Progress.of(
                "import " + file.getFileName(),
                csv.size(),
                System.console() != null,
                System.err,
                clock)) {
          new HistoryImport(door, department -> known.department(department).isPresent())
              .run(csv, rows, report, progress);
        }
      }
    } catch (TrafficException e) {
      failure = Optional.of(e.getMessage());
    }
    if (door != null) {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      report.lines(took, door.pauses(), ROWS_SHOWN).forEach(out::println);
      out.flush();
    }
    failure.ifPresent(spec.commandLine().getErr()::println);
    return failure.isPresent() ? 1 : 0;
  }

  private HistoryDoor door(Clock clock) {
    URI intake = url == null ? installation.intake() : url;
    String bearer = bearer(key, System.getenv("BAROCALL_KEY"));
    return new HistoryDoor(
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build(),
        URI.create(
            intake.toString().replaceFirst("/$", "") + "/api/v1/cities/" + city + "/history"),
        "Bearer " + bearer,
        PATIENCE,
        clock,
        time -> Thread.sleep(time.toMillis()),
        System.err::println);
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
