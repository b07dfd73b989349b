package barocall.traffic;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the running Barocall is that a command works on, and with which key it comes in. */
final class Installation {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:BAROCALL_DATA:-var}",
      description = "The data folder of the running Barocall (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("var");

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
      defaultValue = "${env:BAROCALL_FORMATS:-formats}",
      description = "The folder of formats (default: ${DEFAULT-VALUE}).")
  private Path formats = Path.of("formats");

  Format format(String nameOrPath) {
    return FormatFile.find(nameOrPath, formats);
  }

  URI intake() {
    return service(1);
  }

  URI routing() {
    return service(2);
  }

  URI notification() {
    return service(3);
  }

  private URI service(int number) {
    return URI.create("http://127.0.0.1:" + (portBase + number));
  }

  /** The key with which programs speak for the city. */
  String key(String city) {
    Path file = credentials == null ? data.resolve("credentials.json") : credentials;
    try {
      JsonNode key = new JsonMapper().readTree(Files.readString(file)).path("keys").path(city);
      if (key.isString()) {
        return key.asString();
      }
      throw new TrafficException(
          "%s has no key for the city %s: check --city, or give its key with --key."
              .formatted(file, city));
    } catch (IOException | JacksonException e) {
      throw new TrafficException(
          "The credentials %s can't be read: start Barocall first, name its --data folder, or give the city's key with --key."
              .formatted(file),
          e);
    }
  }
}
