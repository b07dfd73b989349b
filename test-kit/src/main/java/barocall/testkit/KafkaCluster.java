package barocall.testkit;

import barocall.local.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/**
 * Kafka brokers of a test's own, each a process on loopback, in one cluster. They can be killed and
 * started again; all end with the JVM.
 */
public final class KafkaCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path directory = TemporaryFolders.create("brokers");
  private final String id = Uuid.randomUuid().toString();
  private final List<Integer> ports;
  private final List<Integer> controllerPorts;
  private final Process[] processes;

  private KafkaCluster(int size) {
    ports = IntStream.range(0, size).mapToObj(i -> FreePorts.next()).toList();
    controllerPorts = IntStream.range(0, size).mapToObj(i -> FreePorts.next()).toList();
    processes = new Process[size];
  }

  /** Starts so many brokers and returns when all answer. */
  public static KafkaCluster of(int size) {
    var cluster = new KafkaCluster(size);
    TemporaryFolders.deleteAtExit(cluster.directory, cluster::killAll);
    for (int broker = 1; broker <= size; broker++) {
      cluster.start(broker, false);
    }
    cluster.awaitAll();
    return cluster;
  }

  /** What clients take as {@code bootstrap.servers}: all brokers. */
  public String bootstrapServers() {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** Ends a broker as a power cut would. */
  public void kill(int broker) {
    Process process = processes[broker - 1];
    if (process != null) {
      try {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Starts a broker that is not running, with the data that it had; returns when all answer. */
  public void start(int broker) {
    start(broker, true);
  }

  private void start(int broker, boolean waiting) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", classPath()));
    command.addAll(
        List.of(
            KafkaCluster.class.getName(),
            Long.toString(ProcessHandle.current().pid()),
            directory.resolve("broker-" + broker).toString(),
            Integer.toString(broker),
            id,
            Integer.toString(ports.get(broker - 1))));
    controllerPorts.forEach(port -> command.add(Integer.toString(port)));
    try {
      processes[broker - 1] =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(
                      directory.resolve("broker-" + broker + ".log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("Broker " + broker + " did not start", e);
    }
    if (waiting) {
      awaitAll();
    }
  }

  /** Surefire may have put the class path into a jar's manifest, and says it here. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private void awaitAll() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      Awaitility.await("all brokers")
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(ExecutionException.class)
          .ignoreExceptionsInstanceOf(TimeoutException.class)
          .until(
              () ->
                  admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).size() == ports.size());
    }
  }

  private void killAll() {
    for (int broker = 1; broker <= processes.length; broker++) {
      kill(broker);
    }
  }

  @Override
  public void close() {
    killAll();
    TemporaryFolders.delete(directory);
  }

  /**
   * One broker: the process to live no longer than, directory, id, cluster, port, all controllers.
   */
  public static void main(String[] arguments) {
    long parent = Long.parseLong(arguments[0]);
    var unused =
        ProcessHandle.of(parent).orElseThrow().onExit().thenRun(() -> Runtime.getRuntime().halt(1));
    var member =
        new EmbeddedBroker.Member(
            Integer.parseInt(arguments[2]),
            arguments[3],
            Arrays.stream(arguments).skip(5).map(Integer::valueOf).toList(),
            Integer.parseInt(arguments[4]));
    var broker = EmbeddedBroker.start(Path.of(arguments[1]), member, Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
  }
}
