package barocall.local;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A store in this process that speaks MongoDB's protocol and keeps its data in one file.
 *
 * <p>Good for trying out and for a small centre: it has no transactions, pipeline updates, change
 * streams or secondary indexes, finds by {@code _id} and ranges of {@code _id} quickly and scans
 * for everything else. What it acknowledged survives {@code kill -9} and a full disk; a loss of
 * power may cost the last writes. It listens on loopback and is open to everyone on this machine.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final MongoServer server;
  private final int port;

  private EmbeddedStore(MongoServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a store and returns when it takes connections.
   *
   * @param directory its data
   * @param port where clients connect; 0 takes any free one
   */
  public static EmbeddedStore start(Path directory, int port) {
    return start(directory, port, failure -> {});
  }

  /**
   * The same.
   *
   * @param whenBroken told when its file can no longer be written, as when the disk is full, before
   *     anybody whose write is lost is answered; it answers nobody after that
   */
  static EmbeddedStore start(Path directory, int port, Consumer<RuntimeException> whenBroken) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the store's data in " + directory, e);
    }
    var server = new MongoServer(StoreBackend.open(directory.resolve("store.mv"), whenBroken));
    server.bind(HOST, port);
    InetSocketAddress bound = server.getLocalAddress();
    return new EmbeddedStore(server, bound.getPort());
  }

  /** What clients connect to, as a MongoDB connection string. */
  public String uri() {
    return "mongodb://" + HOST + ":" + port + "/";
  }

  /** Ends the store cleanly; clients lose their connections. */
  @Override
  public void close() {
    server.shutdownNow();
  }
}
