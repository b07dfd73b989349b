package barocall.system;

import barocall.testkit.FreePorts;
import barocall.testkit.Gate;
import barocall.testkit.MongoReplicaSet;
import com.mongodb.ConnectionString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The store of a suite, behind a gate that can be made slow: a process of the test's own, which can
 * be killed, or a server that others run, which can only be out of reach.
 */
abstract class StoreServer implements AutoCloseable {
  private final Gate gate;
  private final String user;

  StoreServer(InetSocketAddress server, String user) {
    this.gate = new Gate(server);
    this.user = user;
  }

  /**
   * Starts one or reaches for it.
   *
   * @param kind {@code embedded}, {@code mongod} (the program that MONGOD names or that is on the
   *     PATH), or the address of a server
   */
  static StoreServer of(String kind, Path directory) {
    StoreServer store =
        switch (kind) {
          case "embedded" -> new Embedded(directory, FreePorts.next());
          case "mongod" ->
              new Mongod(
                  MongoReplicaSet.start(
                      MongoReplicaSet.program()
                          .orElseThrow(
                              () ->
                                  new IllegalStateException(
                                      "There is no mongod: set MONGOD, or put it on the PATH.")),
                      1));
          default -> new Given(kind);
        };
    store.gate.open();
    return store;
  }

  /** What clients connect to. */
  String uri() {
    return "mongodb://" + user + "127.0.0.1:" + gate.port() + "/?directConnection=true";
  }

  Gate gate() {
    return gate;
  }

  /** Whether its data lie on the disk that it was given. */
  boolean isOnTheDisk() {
    return false;
  }

  /** Ends it as a power cut would. */
  abstract void kill();

  /** Brings it back with the data that it had, and returns when it takes connections. */
  abstract void start();

  /** Stops it where it is: it takes connections and answers nobody. */
  abstract void freeze();

  /** It goes on as if no time had passed. */
  abstract void thaw();

  @Override
  public void close() {
    gate.close();
    kill();
  }

  /** As the launcher starts it, a process of its own. */
  private static final class Embedded extends StoreServer {
    private final Path directory;
    private final int port;
    private @Nullable Process process;

    Embedded(Path directory, int port) {
      super(new InetSocketAddress("127.0.0.1", port), "");
      this.directory = directory;
      this.port = port;
      start();
    }

    @Override
    boolean isOnTheDisk() {
      return true;
    }

    @Override
    void kill() {
      if (process == null) {
        return;
      }
      try {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    void start() {
      List<String> command = new ArrayList<>(Suite.launcher("-Xmx400m"));
      command.addAll(
          List.of("serve", "store", "--directory", directory.resolve("store").toString()));
      command.addAll(List.of("--port", Integer.toString(port)));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(directory.resolve("store.log").toFile()));
      // It ends with whoever started it.
      builder.environment().put("BAROCALL_PARENT", Long.toString(ProcessHandle.current().pid()));
      try {
        process = builder.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Patience.await().until(this::listens);
    }

    @Override
    void freeze() {
      signal("STOP");
    }

    @Override
    void thaw() {
      signal("CONT");
    }

    private void signal(String signal) {
      if (process == null) {
        throw new IllegalStateException("the store does not run");
      }
      Ground.signal(signal, process.pid());
    }

    private boolean listens() {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return socket.isConnected();
      } catch (IOException notYet) {
        return false;
      }
    }
  }

  private static final class Mongod extends StoreServer {
    private final MongoReplicaSet set;

    Mongod(MongoReplicaSet set) {
      super(address(set.uri()), "");
      this.set = set;
    }

    @Override
    void kill() {
      set.kill(0);
    }

    @Override
    void start() {
      set.start(0);
      set.awaitPrimary();
    }

    @Override
    void freeze() {
      Ground.signal("STOP", set.pid(0));
    }

    @Override
    void thaw() {
      Ground.signal("CONT", set.pid(0));
    }

    @Override
    public void close() {
      super.close();
      set.close();
    }
  }

  private static final class Given extends StoreServer {
    Given(String uri) {
      super(address(uri), user(uri));
    }

    private static String user(String uri) {
      int at = uri.lastIndexOf('@');
      return at < 0 ? "" : uri.substring("mongodb://".length(), at + 1);
    }

    @Override
    void kill() {
      gate().close();
    }

    @Override
    void start() {
      gate().open();
    }

    @Override
    void freeze() {
      kill();
    }

    @Override
    void thaw() {
      start();
    }
  }

  private static InetSocketAddress address(String uri) {
    String[] parts = new ConnectionString(uri).getHosts().get(0).split(":", 2);
    return new InetSocketAddress(parts[0], parts.length == 1 ? 27017 : Integer.parseInt(parts[1]));
  }
}
