package barocall.local;

import barocall.access.CredentialsFile;
import barocall.city.Cities;
import barocall.city.InvalidCityException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code barocall prepare}: makes what an installation in containers needs before its services
 * start, as {@code up} does for the processes of one machine.
 */
@Command(
    name = "prepare",
    hidden = true,
    description = "Makes the credentials of an installation in containers, or completes them.",
    mixinStandardHelpOptions = true)
final class PrepareCommand implements Callable<Integer> {
  /** Must be no city's id; the underscore makes sure of that. */
  private static final String SCRAPER = "prometheus_scrape";

  @Mixin private final StackOptions options = new StackOptions();

  @Option(
      names = "--scrape-key",
      paramLabel = "FILE",
      description = "Where to write the key with which Prometheus may read the services' figures.")
  private @Nullable Path scrapeKey;

  @Override
  public Integer call() throws IOException {
    prepare(
        options.folder(),
        options.home().cities(),
        new ContainerState(
            true,
            options.ports().base(),
            Home.given("KAFKA_BOOTSTRAP_SERVERS").orElse(""),
            Plan.withoutSecrets(Home.given("MONGODB_URI").orElse(""))),
        scrapeKey);
    System.out.println("The credentials are complete.");
    return 0;
  }

  /** What is there already stays as it is. */
  static void prepare(
      DataFolder folder, Path cities, ContainerState state, @Nullable Path scrapeKey)
      throws IOException {
    folder.prepareForContainers();
    Welcome.prepare(load(cities), folder);
    if (scrapeKey != null) {
      var random = new SecureRandom();
      String key =
          new CredentialsFile(folder.credentials())
              .change(known -> known.withProgram(SCRAPER, random))
              .keys()
              .get(SCRAPER);
      Files.writeString(scrapeKey, key);
    }
    folder.writeContainers(state);
  }

  private static Cities load(Path cities) {
    try {
      return Cities.load(cities);
    } catch (InvalidCityException e) {
      throw new LaunchException("The city files cannot be used:%n%s".formatted(e.getMessage()), e);
    }
  }
}
