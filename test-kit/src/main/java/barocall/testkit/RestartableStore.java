package barocall.testkit;

import barocall.local.EmbeddedStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A store of a test's own that can be away for a while: it comes back on the same port with the
 * same data.
 */
public final class RestartableStore implements AutoCloseable {
  private final Path directory = TemporaryFolders.create("store");
  private final int port = FreePorts.next();
  private @Nullable EmbeddedStore store;

  /** Starts one. */
  public RestartableStore() {
    start();
  }

  /** What clients connect to; the same while it is away. */
  public String uri() {
    return "mongodb://127.0.0.1:" + port + "/";
  }

  /** Takes the store away; nothing happens if it is. */
  public void stop() {
    if (store != null) {
      store.close();
      store = null;
    }
  }

  /** Brings the store back; nothing happens if it is there. */
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
