package barocall.traffic;

import barocall.city.City;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code barocall generate}: a made-up past of a call centre, for trials of size. */
@Command(
    name = "generate",
    description =
        "Writes a made-up past of a city after published figures, as lines that import takes with"
            + " --format history. The same seed writes the same file.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = 2,
    exitCodeOnExecutionException = 1)
public final class GenerateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final Installation installation = new Installation();

  @Option(
      names = "--city",
      required = true,
      paramLabel = "CITY",
      description = "gyeongju or cheonan, of which figures are published.")
  private String city = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DATE",
      description = "The first day; Cheonan's centre opened on 2009-08-03.")
  private LocalDate from = LocalDate.EPOCH;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DATE",
      description = "The day after the last.")
  private LocalDate to = LocalDate.EPOCH;

  @Option(
      names = "--written",
      description = "Letters, web forms and text messages as well, not only calls.")
  private boolean written;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Another seed makes another past (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write it.")
  private Path out = Path.of("");

  /** Run by picocli. */
  public GenerateCommand() {}

  @Override
  public Integer call() {
    if (!from.isBefore(to)) {
      throw new ParameterException(spec.commandLine(), "--from must be before --to.");
    }
    PrintWriter report = spec.commandLine().getOut();
    JsonMapper json = new JsonMapper();
    long count = 0;
    try {
      City known = installation.city(city);
      DemoScript script = DemoScript.load();
      if (!script.cities().containsKey(city)) {
        throw new TrafficException(
            "No figures are known for the city %s: name one of %s."
                .formatted(city, String.join(", ", script.cities().keySet())));
      }
      try (Past past = Past.of(known, script, from, to, written, seed);
          BufferedWriter file = Files.newBufferedWriter(out);
          Progress progress =
              Progress.of(
                  "generate",
                  past.size(),
                  System.console() != null,
                  System.err,
                  Clock.systemUTC())) {
        for (Optional<HistoryLine> inquiry = past.inquiry();
            inquiry.isPresent();
            inquiry = past.inquiry()) {
          file.write(json.writeValueAsString(inquiry.get()));
          file.write('\n');
          count++;
          progress.at(past.position(), "%,d inquiries".formatted(count));
        }
      } catch (IOException e) {
        throw new TrafficException(
            "%s can't be written: %s.".formatted(out, e.getClass().getSimpleName()), e);
      }
    } catch (TrafficException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
    report.printf("%,d inquiries stand in %s%n", count, out);
    report.flush();
    return 0;
  }
}
