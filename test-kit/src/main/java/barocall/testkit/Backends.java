package barocall.testkit;

import barocall.local.EmbeddedBroker;
import barocall.local.EmbeddedStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The broker and the store that the tests of one JVM share, started when first asked for.
 *
 * <p>{@code KAFKA_BOOTSTRAP_SERVERS} and {@code MONGODB_URI} in the environment name servers to use
 * instead; otherwise both are embedded, on free ports and in a temporary folder, and end with the
 * JVM. As tests share them, each takes names of its own from {@link #unique}.
 */
public final class Backends {
  private static final AtomicLong NAMES = new AtomicLong();
  private static final String RUN = Long.toString(ProcessHandle.current().pid(), 36);

  private Backends() {}

  /** What Kafka clients take as {@code bootstrap.servers}. */
  public static String bootstrapServers() {
    return Broker.SERVERS;
  }

  /** What MongoDB clients connect to. */
  public static String mongoUri() {
    return Store.URI;
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

  private static final class Broker {
    static final String SERVERS = given("KAFKA_BOOTSTRAP_SERVERS").orElseGet(Broker::embedded);

    private static String embedded() {
      Path directory = TemporaryFolders.create("broker");
      EmbeddedBroker broker = EmbeddedBroker.start(directory, FreePorts.next(), FreePorts.next());
      TemporaryFolders.deleteAtExit(directory, broker::close);
      return broker.bootstrapServers();
    }
  }

  private static final class Store {
    static final String URI = given("MONGODB_URI").orElseGet(Store::embedded);

    private static String embedded() {
      Path directory = TemporaryFolders.create("store");
      EmbeddedStore store = EmbeddedStore.start(directory, 0);
      TemporaryFolders.deleteAtExit(directory, store::close);
      return store.uri();
    }
  }
}
