package barocall.testkit;

import barocall.local.EmbeddedBroker;
import barocall.local.EmbeddedStore;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The broker and the stores that the tests of one JVM share, started when first asked for.
 *
 * <p>With the build's profile {@code containers} both are containers, and the embedded store is
 * there beside them. Otherwise {@code KAFKA_BOOTSTRAP_SERVERS} in the environment names a broker to
 * use; otherwise it is embedded. A real MongoDB is at hand where {@code MONGODB_URI} names a
 * server, or {@code MONGOD} a mongod, or one is on the {@code PATH}: then a private one is started.
 * Tests of whole services run on it, or else on the embedded store; tests of what is asked of a
 * store run on both. What is ours is on free ports and in temporary folders, and ends with the JVM.
 * As tests share them, each takes names of its own from {@link #unique}; databases with such names
 * are dropped at the end.
 */
public final class Backends {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicLong NAMES = new AtomicLong();
  private static final String RUN =
      Long.toString(ThreadLocalRandom.current().nextLong(1L << 35, 1L << 36), 36);

  private Backends() {}

  /** What Kafka clients take as {@code bootstrap.servers}. */
  public static String bootstrapServers() {
    Containers.requireEngine();
    return Broker.SERVERS;
  }

  /** What MongoDB clients connect to: a real MongoDB where one is at hand, else the embedded. */
  public static String mongoUri() {
    return realStore().orElseGet(Backends::embeddedStore);
  }

  /** The embedded store's address. */
  public static String embeddedStore() {
    return Embedded.URI;
  }

  /** A real MongoDB's address, where one is at hand. */
  public static Optional<String> realStore() {
    Containers.requireEngine();
    return Real.URI;
  }

  /** A name that no other test of this or another run uses: for topics, groups, databases, ids. */
  public static String unique(String prefix) {
    return prefix
        + "-"
        + RUN
        + "-"
        + Long.toString(System.nanoTime(), 36)
        + "-"
        + NAMES.incrementAndGet();
  }

  private static Optional<String> given(String variable) {
    return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
  }

  /** The build's output says what it ran on. */
  private static void say(String what) {
    System.out.println("Tests run on " + what);
  }

  private static final class Broker {
    static final String SERVERS =
        Containers.areWanted()
            ? contained()
            : given("KAFKA_BOOTSTRAP_SERVERS").map(Broker::named).orElseGet(Broker::embedded);

    private static String contained() {
      String servers = Containers.kafka();
      say("Kafka in a container");
      return servers;
    }

    private static String named(String servers) {
      say("the Kafka that KAFKA_BOOTSTRAP_SERVERS names");
      return servers;
    }

    private static String embedded() {
      Path directory = TemporaryFolders.create("broker");
      EmbeddedBroker broker = EmbeddedBroker.start(directory, FreePorts.next(), FreePorts.next());
      TemporaryFolders.deleteAtExit(directory, broker::close);
      return broker.bootstrapServers();
    }
  }

  private static final class Embedded {
    static final String URI = start();

    private static String start() {
      Path directory = TemporaryFolders.create("store");
      EmbeddedStore store = EmbeddedStore.start(directory, 0);
      TemporaryFolders.deleteAtExit(directory, store::close);
      say("the embedded store");
      return store.uri();
    }
  }

  private static final class Real {
    static final Optional<String> URI =
        Containers.areWanted()
            ? Optional.of(said(Containers.mongodb(), "a container"))
            : given("MONGODB_URI")
                .map(Real::named)
                .or(() -> MongoReplicaSet.program().map(Real::started));

    private static String started(Path program) {
      return said(MongoReplicaSet.start(program, 1).uri(), "a mongod of their own");
    }

    private static String said(String uri, String whence) {
      try (MongoClient client = MongoClients.create(uri)) {
        Document built =
            Mono.from(client.getDatabase("admin").runCommand(new Document("buildInfo", 1)))
                .block(PATIENCE);
        say(
            "a real MongoDB %s (%s)"
                .formatted(built == null ? "" : built.getString("version"), whence));
      }
      return uri;
    }

    private static String named(String uri) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> dropOurs(uri), "drop-databases"));
      return said(uri, "MONGODB_URI");
    }

    private static void dropOurs(String uri) {
      try (MongoClient client = MongoClients.create(uri)) {
        Flux.from(client.listDatabaseNames())
            .filter(name -> name.contains("-" + RUN + "-"))
            .concatMap(name -> client.getDatabase(name).drop())
            .then()
            .block(PATIENCE);
      }
    }
  }
}
