package barocall.local;

import barocall.city.Cities;
import barocall.city.City;
import barocall.city.CityProblem;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code barocall cities check}: whether the cities' files can be used. */
@Command(
    name = "cities",
    description = "Looks after the files of the cities.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "check")
final class CitiesCommand {
  @Command(
      name = "check",
      description =
          "Names everything that is wrong in them, or doubtful, with file, line and remedy.",
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(
              paramLabel = "DIR",
              arity = "0..1",
              description = "Their folder (default: cities).")
          Path folder) {
    Path checked = folder == null ? Home.current().cities() : folder;
    List<CityProblem> problems = Cities.check(checked);
    if (!problems.isEmpty()) {
      problems.forEach(System.err::println);
      return 1;
    }
    Cities cities = Cities.load(checked);
    cities.doubts(LocalDate.now(ZoneId.systemDefault())).forEach(System.out::println);
    System.out.printf(
        "%d cities are in order: %s.%n",
        cities.all().size(), String.join(", ", cities.all().stream().map(City::id).toList()));
    return 0;
  }
}
