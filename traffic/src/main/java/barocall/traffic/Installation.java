package barocall.traffic;

import barocall.access.Credentials;
import barocall.access.CredentialsException;
import barocall.access.CredentialsFile;
import barocall.city.Cities;
import barocall.city.City;
import barocall.city.InvalidCityException;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the running Barocall is that a command works on, and with which key it comes in. */
final class Installation {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of the running Barocall (default: var).")
  private @Nullable Path data;

  @Option(
      names = "--port-base",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Its port base (default: ${DEFAULT-VALUE}).")
  private int portBase = 8080;

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
    return URI.create("http://127.0.0.1:" + (portBase + number));
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
        data == null && given != null
            ? Path.of(given)
            : folder(data, "BAROCALL_DATA", "var").resolve("credentials.json"));
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
