package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The installation that {@code docker-compose.yml} describes, under a project, ports and a data
 * folder of its own.
 */
final class Containers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String project;
  private final String ports;
  private final Path data;

  private Containers(String project, String ports, Path data) {
    this.project = project;
    this.ports = ports;
    this.data = data;
  }

  /** Whether there is a Docker engine with Compose. */
  static boolean areAtHand() {
    try {
      return run(List.of("docker", "info"), List.of()).exit() == 0
          && run(List.of("docker", "compose", "version"), List.of()).exit() == 0;
    } catch (UncheckedIOException noDocker) {
      return false;
    }
  }

  /** Builds the image from the packaged jars and starts everything. */
  static Containers start() {
    try {
      String ports = freePorts();
      var containers =
          new Containers(
              "barocall-it-" + ports, ports, Files.createTempDirectory("barocall-compose-"));
      containers.compose("build", "prepare");
      containers.up();
      return containers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As its users and the launcher see it. */
  Suite suite() {
    return Suite.at(data, Integer.parseInt(ports + "0"));
  }

  /** Starts what does not run and waits until all are healthy. */
  void up(String... services) {
    var words = new ArrayList<>(List.of("up", "--detach", "--wait"));
    words.addAll(List.of(services));
    compose(words.toArray(String[]::new));
  }

  /** Runs {@code docker compose} and gives what it said; fails with that if it failed. */
  String compose(String... words) {
    var line = new ArrayList<>(List.of("docker", "compose", "--project-name", project));
    line.addAll(List.of(words));
    return said(line);
  }

  /** All containers of the installation, ended ones too, as {@code docker inspect} shows them. */
  List<JsonNode> inspected() {
    var line = new ArrayList<>(List.of("docker", "inspect"));
    line.addAll(compose("ps", "--all", "--quiet").lines().toList());
    List<JsonNode> all = new ArrayList<>();
    JSON.readTree(said(line)).forEach(all::add);
    return all;
  }

  /** What all of them have written so far. */
  String logs() {
    return compose("logs", "--no-color");
  }

  /** Removes everything, the data too. */
  @Override
  public void close() {
    compose("--profile", "observe", "down", "--volumes", "--timeout", "5");
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Run(int exit, String out) {}

  private String said(List<String> line) {
    // The containers' own broker and store, whatever these tests run on otherwise.
    Run run =
        run(
            line,
            List.of(
                "BAROCALL_PORTS=" + ports,
                "BAROCALL_COMPOSE_DATA=" + data,
                "BAROCALL_KAFKA=",
                "BAROCALL_MONGODB="));
    if (run.exit() != 0) {
      throw new AssertionError("%s%n%s".formatted(String.join(" ", line), run.out()));
    }
    return run.out();
  }

  private static Run run(List<String> line, List<String> environment) {
    try {
      Path out = Files.createTempFile("barocall-docker", ".txt");
      Path progress = Files.createTempFile("barocall-docker", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .directory(Suite.home().toFile())
              .redirectOutput(out.toFile())
              .redirectError(progress.toFile());
      for (String setting : environment) {
        int equals = setting.indexOf('=');
        builder.environment().put(setting.substring(0, equals), setting.substring(equals + 1));
      }
      Process process = builder.start();
      try {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError("%s did not end in %s".formatted(line, PATIENCE));
        }
        boolean failed = process.exitValue() != 0;
        String text = Files.readString(out, UTF_8);
        return new Run(
            process.exitValue(), failed ? text + Files.readString(progress, UTF_8) : text);
      } finally {
        process.destroy();
        Files.delete(out);
        Files.delete(progress);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(line + " was interrupted", e);
    }
  }

  /** What stands before the last digit of ten free ports. */
  private static String freePorts() {
    return new Random()
        .ints(2_100, 2_900)
        .limit(200)
        .filter(p -> IntStream.rangeClosed(1, 9).allMatch(last -> isFree(p * 10 + last)))
        .mapToObj(Integer::toString)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no ten ports in a row are free"));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
