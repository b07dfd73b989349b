package barocall.testkit;

import barocall.local.EmbeddedBroker;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A broker of a test's own that can be away for a while: it comes back on the same port with the
 * same data.
 */
public final class RestartableBroker implements AutoCloseable {
  private final Path directory = TemporaryFolders.create("broker");
  private final int port = FreePorts.next();
  private final int controllerPort = FreePorts.next();
  private @Nullable EmbeddedBroker broker;

  /** Starts one. */
  public RestartableBroker() {
    start();
  }

  /** What clients take as {@code bootstrap.servers}; the same while it is away. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Takes the broker away; nothing happens if it is. */
  public void stop() {
    if (broker != null) {
      broker.close();
      broker = null;
    }
  }

  /** Brings the broker back; nothing happens if it is there. */
  public void start() {
    if (broker == null) {
      broker = EmbeddedBroker.start(directory, port, controllerPort);
    }
  }

  @Override
  public void close() {
    stop();
    TemporaryFolders.delete(directory);
  }
}
