package barocall.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole suite as processes, started by its own launcher on a folder of its own. */
final class Suite implements AutoCloseable {
  static final String CITY = "gyeongju";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path home;
  private final Path data;
  private final int portBase;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonNode credentials;
  private final JsonNode status;

  /** Whoever interrupts a measurement is not left with a suite that runs on. */
  private final Thread ending = new Thread(this::down, "suite-down");

  private Suite(Path home, Path data, int portBase) throws InterruptedException {
    this.home = home;
    this.data = data;
    this.portBase = portBase;
    Runtime.getRuntime().addShutdownHook(ending);
    run("up", "--detach", "--fresh", "--port-base", Integer.toString(portBase));
    this.credentials = JSON.readTree(data.resolve("credentials.json").toFile());
    this.status = JSON.readTree(run("status", "--json"));
  }

  static Suite start(Path home, Path data, int portBase) throws InterruptedException {
    return new Suite(home, data, portBase);
  }

  Path home() {
    return home;
  }

  Path data() {
    return data;
  }

  String kafka() {
    return status.path("kafka").asString();
  }

  String mongodb() {
    return status.path("mongodb").asString();
  }

  String store() {
    return status.path("store").asString();
  }

  int port(String service) {
    return portBase
        + 1
        + List.of("intake-service", "routing-service", "notification-service", "analytics-service")
            .indexOf(service);
  }

  /** A port that nothing of the suite listens at. */
  int freePort(int number) {
    return portBase + 30 + number;
  }

  String key() {
    return credentials.path("keys").path(CITY).asString();
  }

  void startService(String name) throws InterruptedException {
    run("start", name);
  }

  void stopService(String name) throws InterruptedException {
    run("stop", name);
  }

  /** The processor time that the service's process has used so far. */
  Duration processorTime(String service) throws InterruptedException {
    JsonNode now = JSON.readTree(run("status", "--json"));
    long pid =
        StreamSupport.stream(now.path("processes").spliterator(), false)
            .filter(it -> it.path("name").asString().equals(service))
            .findFirst()
            .orElseThrow()
            .path("pid")
            .asLong();
    return ProcessHandle.of(pid).flatMap(it -> it.info().totalCpuDuration()).orElseThrow();
  }

  /** How many inquiries analytics has counted for the city; -1 while it does not answer. */
  long received() throws InterruptedException {
    return get("analytics-service", "/api/v1/cities/" + CITY + "/totals").path("received").asLong();
  }

  private JsonNode get(String service, String path) throws InterruptedException {
    JsonNode admin =
        StreamSupport.stream(credentials.path("people").spliterator(), false)
            .filter(it -> it.path("role").asString().equals("admin"))
            .findFirst()
            .orElseThrow();
    String login = admin.path("user").asString() + ":" + admin.path("password").asString();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(service) + path))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
            .build();
    try {
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException notThere) {
      return JSON.createObjectNode();
    }
  }

  private String run(String... arguments) throws InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(home.resolve("barocall").toString());
    line.addAll(List.of(arguments));
    line.addAll(List.of("--data", data.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().remove("BAROCALL_DATA");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0 && !arguments[0].equals("status")) {
        throw new IllegalStateException("%s failed: %s".formatted(arguments[0], said));
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(ending);
    down();
  }

  private void down() {
    try {
      run("down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
