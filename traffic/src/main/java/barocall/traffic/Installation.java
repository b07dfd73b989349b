package barocall.traffic;

import barocall.access.Credentials;
import barocall.access.CredentialsException;
import barocall.access.CredentialsFile;
import barocall.city.Cities;
import barocall.city.City;
import barocall.city.InvalidCityException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Where the running Barocall is that a command works on, and with which key it comes in. */
final class Installation {

  private static final int DEFAULT_PORT_BASE = 8080;

  /** What a running Barocall leaves in its data folder. */
  private static final String STATE = "stack.json";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data folder of the running Barocall (default: var, or var-demo if only that runs).")
  private @Nullable Path data;

  @Option(
      names = "--port-base",
      paramLabel = "N",
      description = "Its port base (default: what its data folder says, else 8080).")
  private @Nullable Integer portBase;

  @Option(
      names = "--credentials",
      paramLabel = "PATH",
      description = "Its credentials file (default: credentials.json in the data folder).")
  private @Nullable Path credentials;

  @Option(
      names = "--formats",
      paramLabel = "DIR",
      description = "The folder of formats (default: formats).")
  private @Nullable Path formats;

  @Option(
      names = "--cities",
      paramLabel = "DIR",
      description = "The folder of city files (default: cities).")
  private @Nullable Path cities;

  Format format(String nameOrPath) {
    return FormatFile.find(nameOrPath, folder(formats, "BAROCALL_FORMATS", "formats"));
  }

  URI intake() {
    return service(1);
  }

  Doors.Addresses addresses() {
    return new Doors.Addresses(service(1), service(2), service(3));
  }

  private URI service(int number) {
    int base = portBase == null ? portBaseOfRunning() : portBase;
    return URI.create("http://127.0.0.1:" + (base + number));
  }

  /** What a running Barocall wrote into its data folder. */
  private int portBaseOfRunning() {
    Path state = dataFolder().resolve(STATE);
    if (!Files.isRegularFile(state)) {
      return DEFAULT_PORT_BASE;
    }
    try {
      return new JsonMapper().readTree(state.toFile()).path("portBase").asInt(DEFAULT_PORT_BASE);
    } catch (JacksonException e) {
      throw new TrafficException(
          "%s cannot be read: name the --port-base of the running Barocall.".formatted(state), e);
    }
  }

  Path dataFolder() {
    Path folder = folder(data, "BAROCALL_DATA", "var");
    Path demo = folder.resolveSibling("var-demo");
    boolean onlyTheDemonstrationRuns =
        data == null && !Files.exists(folder.resolve(STATE)) && Files.exists(demo.resolve(STATE));
    return onlyTheDemonstrationRuns ? demo : folder;
  }

  /** The key with which programs speak for the city. */
  String key(String city) {
    String key = credentials().keys().get(city);
    if (key == null) {
      throw new TrafficException(
          "%s has no key for the city %s: check --city, or give its key as BAROCALL_KEY."
              .formatted(credentialsFile().path(), city));
    }
    return key;
  }

  Credentials credentials() {
    try {
      return credentialsFile().read();
    } catch (CredentialsException e) {
      throw new TrafficException(
          "%s Start Barocall first, or name its --data folder or its --credentials."
              .formatted(e.getMessage()),
          e);
    }
  }

  private CredentialsFile credentialsFile() {
    String given = System.getenv("BAROCALL_CREDENTIALS");
    if (credentials != null) {
      return new CredentialsFile(credentials);
    }
    return new CredentialsFile(
        data == null && given != null ? Path.of(given) : dataFolder().resolve("credentials.json"));
  }

  /** As told on the command line, else by the environment, else below the folder of Barocall. */
  private static Path folder(@Nullable Path told, String variable, String name) {
    if (told != null) {
      return told;
    }
    String given = System.getenv(variable);
    String home = System.getenv("BAROCALL_HOME");
    return given != null ? Path.of(given) : Path.of(home == null ? "" : home).resolve(name);
  }

  /** The city of that id, as its file describes it. */
  City city(String id) {
    Path folder = folder(cities, "BAROCALL_CITIES", "cities");
    try {
      Cities all = Cities.load(folder);
      return all.city(id)
          .orElseThrow(
              () ->
                  new TrafficException(
                      "There is no city %s: name one of %s, or add its file to %s."
                          .formatted(
                              id,
                              all.all().stream().map(City::id).collect(Collectors.joining(", ")),
                              folder)));
    } catch (InvalidCityException e) {
      throw new TrafficException(e.getMessage(), e);
    }
  }
}
