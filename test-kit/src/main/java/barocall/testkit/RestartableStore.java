package barocall.testkit;

import barocall.local.EmbeddedStore;
import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClients;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A store that can be away for a while: it comes back on the same port with the same data. Where a
 * real MongoDB is at hand it is that one, behind a port of the test's own; otherwise an embedded
 * one of the test's own.
 */
public final class RestartableStore implements AutoCloseable {
  private final Place place = Backends.realStore().<Place>map(Gated::new).orElseGet(Embedded::new);

  /** Starts one. */
  public RestartableStore() {
    start();
  }

  /** What clients connect to; the same while it is away. */
  public String uri() {
    return place.uri();
  }

  /** Takes the store away; nothing happens if it is. */
  public void stop() {
    place.stop();
  }

  /** Brings the store back; nothing happens if it is there. */
  public void start() {
    place.start();
  }

  @Override
  public void close() {
    place.close();
  }

  private interface Place {
    String uri();

    void start();

    void stop();

    void close();
  }

  private static final class Embedded implements Place {
    private final Path directory = TemporaryFolders.create("store");
    private final int port = FreePorts.next();
    private @Nullable EmbeddedStore store;

    @Override
    public String uri() {
      return "mongodb://127.0.0.1:" + port + "/";
    }

    @Override
    public void stop() {
      if (store != null) {
        store.close();
        store = null;
      }
    }

    @Override
    public void start() {
      if (store == null) {
        store = EmbeddedStore.start(directory, port);
      }
    }

    @Override
    public void close() {
      stop();
      TemporaryFolders.delete(directory);
    }
  }

  private static final class Gated implements Place {
    private static final int MONGODB_PORT = 27017;

    private final Gate gate;
    private final String uri;

    Gated(String server) {
      this.gate = new Gate(primary(server));
      this.uri =
          "mongodb://" + user(server) + "127.0.0.1:" + gate.port() + "/?directConnection=true";
    }

    private static String user(String server) {
      int at = server.lastIndexOf('@');
      return at < 0 ? "" : server.substring("mongodb://".length(), at + 1);
    }

    private static InetSocketAddress primary(String server) {
      var named = new ConnectionString(server);
      String first = named.getHosts().get(0);
      if (named.getRequiredReplicaSetName() == null) {
        return address(first);
      }
      try (var client = MongoClients.create(server)) {
        Document hello =
            Mono.from(client.getDatabase("admin").runCommand(new Document("hello", 1)))
                .block(Duration.ofSeconds(20));
        return address(
            Optional.ofNullable(hello).map(said -> said.getString("primary")).orElse(first));
      }
    }

    private static InetSocketAddress address(String host) {
      String[] parts = host.split(":", 2);
      return new InetSocketAddress(
          parts[0], parts.length == 1 ? MONGODB_PORT : Integer.parseInt(parts[1]));
    }

    @Override
    public String uri() {
      return uri;
    }

    @Override
    public void start() {
      gate.open();
    }

    @Override
    public void stop() {
      gate.close();
    }

    @Override
    public void close() {
      gate.close();
    }
  }
}
