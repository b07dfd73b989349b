package barocall.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in this process: KRaft, broker and controller in one node, its log on disk.
 *
 * <p>What it acknowledged is there again after any end of the process, {@code kill -9} included.
 * Both listeners are on loopback.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker and returns when it takes connections.
   *
   * @param directory its data, formatted when it is empty
   * @param port where clients connect
   * @param controllerPort where the broker finds its controller; must be free as well
   */
  public static EmbeddedBroker start(Path directory, int port, int controllerPort) {
    var alone = new Member(1, Uuid.randomUuid().toString(), List.of(controllerPort), port);
    return start(directory, alone, Map.of());
  }

  /**
   * A broker's place in its cluster on this machine.
   *
   * @param id from 1 on
   * @param clusterId the same for all members
   * @param controllerPorts of all members, in the order of their ids
   * @param port where clients and the other brokers connect
   */
  public record Member(int id, String clusterId, List<Integer> controllerPorts, int port) {
    int controllerPort() {
      return controllerPorts.get(id - 1);
    }

    /** Copies of what Kafka keeps for itself: three, or as many as there are brokers. */
    int copies() {
      return Math.min(3, controllerPorts.size());
    }
  }

  /**
   * Starts a member of a cluster; it answers once most of the members are there.
   *
   * @param more the broker's own settings, over those that are made here
   */
  public static EmbeddedBroker start(Path directory, Member member, Map<String, String> more) {
    try {
      format(Files.createDirectories(directory), member);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the broker's data in " + directory, e);
    }
    var settings = settings(directory, member);
    settings.putAll(more);
    var config = new KafkaConfig(settings, false);
    var server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException | Error e) {
      server.shutdown();
      throw e;
    }
    return new EmbeddedBroker(server, member.port());
  }

  /** What clients take as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** Ends the broker cleanly, so that the next start needs no recovery. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static Map<String, String> settings(Path directory, Member member) {
    int port = member.port();
    int controllerPort = member.controllerPort();
    String copies = Integer.toString(member.copies());
    String inSync = Integer.toString(Math.max(1, member.copies() - 1));
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(member.id()));
    settings.put(
        "controller.quorum.voters",
        IntStream.rangeClosed(1, member.controllerPorts().size())
            .mapToObj(id -> id + "@" + HOST + ":" + member.controllerPorts().get(id - 1))
            .collect(Collectors.joining(",")));
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
    settings.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    settings.put("log.dirs", directory.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("default.replication.factor", copies);
    settings.put("min.insync.replicas", inSync);
    settings.put("offsets.topic.replication.factor", copies);
    settings.put("transaction.state.log.replication.factor", copies);
    settings.put("transaction.state.log.min.isr", inSync);
    settings.put("share.coordinator.state.topic.replication.factor", copies);
    settings.put("share.coordinator.state.topic.min.isr", inSync);
    // A handful of groups needs no fifty partitions, which each start has to open again.
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.num.partitions", "4");
    // Events are kept for ever.
    settings.put("log.retention.ms", "-1");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
    settings.put("log.cleaner.io.buffer.size", Integer.toString(1 << 20));
    settings.put("controlled.shutdown.enable", "false");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    return settings;
  }

  private static void format(Path directory, Member member) throws IOException {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    var quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8.name());
    try {
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(member.id())
          .setClusterId(member.clusterId())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(directory.toString())
          .addDirectory(directory.toString())
          .run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("Cannot format the broker's data in " + directory, e);
    }
  }
}
