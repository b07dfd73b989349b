package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import barocall.access.CredentialsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole suite, running as processes on ports and a data folder of its own. It is known only by
 * what its launcher prints and what its data folder shows to an operator.
 */
final class Suite implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /** By how much the ports of a second instance of a service are higher. */
  static final int BETWEEN_INSTANCES = 10;

  private static final int PORTS = 10 + BETWEEN_INSTANCES;
  private static final int LOWEST_BASE = 21_000;
  private static final int HIGHEST_BASE = 29_000;
  private static final int LOG_LINES = 15;
  private static final int LONGEST_LINE = 300;

  /** Names the data folder of a suite that runs already and is to be used instead of a new one. */
  private static final String RUNNING_DATA = "barocall.suite.data";

  /** Of such a suite, or where a new one is to be. */
  private static final String PORT_BASE = "barocall.suite.port-base";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path home;
  private final Path data;
  private final int portBase;
  private final Map<String, String> environment;
  private final Thread atTheEnd;
  private @Nullable URI catcher;

  /** What a command of the launcher came to. */
  record Run(int exit, String out, String err) {}

  /** One process as {@code status --json} shows it. */
  record Part(String name, int instance, Optional<Long> pid, boolean healthy) {}

  private Suite(Path home, Path data, int portBase, Map<String, String> environment) {
    this.home = home;
    this.data = data;
    this.portBase = portBase;
    this.environment = Map.copyOf(environment);
    this.atTheEnd = new Thread(() -> launch("down"), "down");
  }

  /** Starts a new suite; fails with what the launcher said if that is not possible. */
  static Suite start() {
    Path home = home();
    String running = System.getProperty(RUNNING_DATA);
    if (running != null) {
      return new Suite(home, Path.of(running), Integer.getInteger(PORT_BASE, 8080), Map.of());
    }
    try {
      return start(Files.createTempDirectory("barocall-system-"), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a new suite on that data folder.
   *
   * @param environment what its processes find there besides
   */
  static Suite start(Path data, Map<String, String> environment) {
    Path home = home();
    if (!Files.exists(jar(home))) {
      throw new IllegalStateException(
          "%s is missing: run mvn package (or mvn verify) in %s first.".formatted(jar(home), home));
    }
    Integer base = Integer.getInteger(PORT_BASE);
    Suite suite = new Suite(home, data, base == null ? freeBase() : base, environment);
    // The stack is detached, so it would outlive a run of the tests that is cut off.
    Runtime.getRuntime().addShutdownHook(suite.atTheEnd);
    Run up = suite.launch("up", "--detach", "--port-base", Integer.toString(suite.portBase));
    if (up.exit() != 0) {
      throw new IllegalStateException(
          "The suite did not start.%n%s%n%s%n%s".formatted(up.out(), up.err(), suite.logs()));
    }
    return suite;
  }

  /** One that runs on that folder and was not started by the launcher. */
  static Suite at(Path data, int portBase) {
    return new Suite(home(), data, portBase, Map.of());
  }

  /** The folder of the repository. */
  static Path home() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..").normalize();
  }

  /** How the launcher, or a part of the stack that it serves, is started. */
  static List<String> launcher(String... options) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("-Dsun.stdout.encoding=UTF-8", "-Dsun.stderr.encoding=UTF-8"));
    line.addAll(List.of(options));
    line.addAll(List.of("-jar", jar(home()).toString()));
    return line;
  }

  private static Path jar(Path home) {
    return home.resolve("local-stack/target/local-stack-0.1.0-exec.jar");
  }

  Path data() {
    return data;
  }

  int portBase() {
    return portBase;
  }

  Credentials credentials() {
    return Credentials.read(data.resolve("credentials.json"));
  }

  /** Seals the record of who saw what. */
  UnaryOperator<String> accessSeal() {
    return new CredentialsFile(data.resolve("credentials.json")).read().accessSeal();
  }

  /** The doors of that city, for its own people and programs. */
  CityDoors city(String id) {
    return new CityDoors(this, id);
  }

  URI url(Service service) {
    return URI.create("http://127.0.0.1:" + (portBase + service.offset()));
  }

  /** Runs a command of the launcher on this suite and waits for its end. */
  Run launch(String command, String... arguments) {
    return launch(command, List.of(arguments));
  }

  Run launch(String command, List<String> arguments) {
    List<String> line = launcher("-Xmx128m");
    line.add(command);
    line.addAll(arguments);
    line.addAll(List.of("--data", data.toString()));
    try {
      Path out = Files.createTempFile("barocall-out", ".txt");
      Path err = Files.createTempFile("barocall-err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .directory(home.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("BAROCALL_HOME", home.toString());
      builder.environment().put("BAROCALL_CITIES", home.resolve("cities").toString());
      builder.environment().put("BAROCALL_FORMATS", home.resolve("formats").toString());
      // Whatever the person who runs the tests has set is not what is tested.
      builder.environment().remove("KAFKA_BOOTSTRAP_SERVERS");
      builder.environment().remove("MONGODB_URI");
      builder.environment().remove("BAROCALL_CREDENTIALS");
      // Calls that a test leaves undescribed must not end by themselves while others count.
      builder.environment().put("BAROCALL_DESK_GRACE", "12h");
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        // Nobody is there to answer what a command asks.
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new IllegalStateException("%s did not end in %s".formatted(command, PATIENCE));
        }
      } finally {
        process.destroy();
      }
      Run run = new Run(process.exitValue(), text(out), text(err));
      Files.delete(out);
      Files.delete(err);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command + " was interrupted", e);
    }
  }

  JsonNode status() {
    return JSON.readTree(launch("status", "--json").out());
  }

  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (JsonNode process : status().path("processes")) {
      parts.add(
          new Part(
              process.path("name").asString(),
              process.path("instance").asInt(),
              process.has("pid") ? Optional.of(process.path("pid").asLong()) : Optional.empty(),
              process.path("healthy").asBoolean()));
    }
    return parts;
  }

  Part part(String name) {
    return parts().stream().filter(part -> part.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * Which process it is, as the data folder says: asking the launcher takes a second.
   *
   * @param process its name, with a number behind it for another instance
   */
  long pid(String process) {
    JsonNode state = JSON.readTree(data.resolve("stack.json").toFile());
    for (JsonNode mark : state.path("processes")) {
      if (mark.path("name").asString().equals(process)) {
        return mark.path("pid").asLong();
      }
    }
    throw new IllegalStateException("no process " + process + " in " + state.path("processes"));
  }

  /** What all services tell Prometheus now, one after the other. */
  String figures(Visitor visitor) {
    return Stream.of(Service.values())
        .map(
            service ->
                Doors.send(visitor, "GET", url(service).resolve("/actuator/prometheus"), null)
                    .expect(200)
                    .body())
        .collect(Collectors.joining("\n"));
  }

  /** Mails that were caught, oldest first. */
  List<JsonNode> mails() {
    if (catcher == null) {
      catcher = URI.create(status().path("mail").asString());
    }
    JsonNode all =
        Doors.send(Visitor.NOBODY, "GET", catcher.resolve("/mails"), null).expect(200).json();
    List<JsonNode> mails = new ArrayList<>();
    all.forEach(mails::add);
    return mails;
  }

  /** The last lines of every process's log. */
  String logs() {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(data.resolve("logs"))) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).sorted().toList()) {
        List<String> lines = text(log).lines().toList();
        all.append("--- ").append(log.getFileName()).append('\n');
        lines
            .subList(Math.max(0, lines.size() - LOG_LINES), lines.size())
            .forEach(
                line -> all.append(line, 0, Math.min(LONGEST_LINE, line.length())).append('\n'));
      }
    } catch (IOException e) {
      all.append("no logs: ").append(e.getMessage());
    }
    return all.toString();
  }

  /** Stops everything and removes the data; fails when a process is left. */
  @Override
  public void close() {
    if (System.getProperty(RUNNING_DATA) != null) {
      return;
    }
    List<Part> running = parts();
    Run down = launch("down");
    Runtime.getRuntime().removeShutdownHook(atTheEnd);
    List<Part> left =
        running.stream()
            .filter(
                part ->
                    part.pid()
                        .flatMap(ProcessHandle::of)
                        .filter(ProcessHandle::isAlive)
                        .isPresent())
            .toList();
    if (down.exit() != 0 || !left.isEmpty()) {
      throw new IllegalStateException(
          "down left %s: %s %s".formatted(left, down.out(), down.err()));
    }
    removeData();
  }

  private void removeData() {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file, UTF_8);
    } catch (MalformedInputException notText) {
      return "(not UTF-8)";
    }
  }

  private static int freeBase() {
    return new Random()
        .ints(LOWEST_BASE, HIGHEST_BASE)
        .limit(200)
        .filter(base -> IntStream.rangeClosed(base + 1, base + PORTS).allMatch(Suite::isFree))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no twenty ports in a row are free"));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
