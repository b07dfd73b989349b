package barocall.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A port before a server that others use as well: closed, the server is away for whoever comes by
 * this port; it can also be made slow.
 */
public final class Gate implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SOME = 1 << 16;

  private final InetSocketAddress server;
  private final int port = FreePorts.next();
  private final List<Socket> open = new ArrayList<>();
  private @Nullable ServerSocket listening;
  private volatile Duration delay = Duration.ZERO;

  /** Before that server; closed until it is opened. */
  public Gate(InetSocketAddress server) {
    this.server = server;
  }

  /** Where clients come. */
  public int port() {
    return port;
  }

  /** Lets clients through. */
  public synchronized void open() {
    if (listening != null) {
      return;
    }
    // A client that tries a closed port of this machine may by chance have taken it for its own
    // end.
    ServerSocket socket =
        Awaitility.await("the gate on port " + port)
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(100))
            .ignoreExceptionsInstanceOf(BindException.class)
            .until(this::bound, Objects::nonNull);
    listening = socket;
    daemon(() -> accept(socket));
  }

  private ServerSocket bound() throws IOException {
    var socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** From now on everything that the server says comes so much later. */
  public void delay(Duration delay) {
    this.delay = delay;
  }

  /** Ends all connections and takes no more. */
  @Override
  public synchronized void close() {
    if (listening == null) {
      return;
    }
    try {
      listening.close();
      listening = null;
      for (Socket socket : open) {
        socket.close();
      }
      open.clear();
    } catch (IOException e) {
      throw new UncheckedIOException("The gate on port " + port + " did not close", e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Socket behind = new Socket();
        try {
          behind.connect(server);
        } catch (IOException away) {
          client.close();
          continue;
        }
        synchronized (this) {
          if (listening == socket) {
            open.add(client);
            open.add(behind);
          } else {
            client.close();
            behind.close();
            return;
          }
        }
        daemon(() -> pass(client, behind, false));
        daemon(() -> pass(behind, client, true));
      } catch (IOException e) {
        // closed, or the server is away: whoever came sees a connection that ends
        continue;
      }
    }
  }

  private void pass(Socket from, Socket to, boolean slowly) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      byte[] some = new byte[SOME];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        if (slowly && !delay.isZero()) {
          LockSupport.parkNanos(delay.toNanos());
        }
        to.getOutputStream().write(some, 0, read);
      }
    } catch (IOException e) {
      // one side hung up, and so the other is
      return;
    }
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "gate");
    thread.setDaemon(true);
    thread.start();
  }
}
