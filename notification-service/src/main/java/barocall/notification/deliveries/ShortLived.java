package barocall.notification.deliveries;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sockets that are closed after a while whatever goes over them. The time-outs of a socket
 * are each for one read: a server that says a byte now and then would never meet them.
 */
final class ShortLived extends SocketFactory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShortLived.class);

  private final Duration life;
  private final ScheduledExecutorService closer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "mail-closer");
            thread.setDaemon(true);
            return thread;
          });

  ShortLived(Duration life) {
    this.life = life;
  }

  @Override
  public Socket createSocket() {
    Socket socket = new Socket();
    var unused = closer.schedule(() -> close(socket), life.toMillis(), TimeUnit.MILLISECONDS);
    return socket;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("A connection was not closed: {}", e.getClass().getSimpleName());
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw connectsLater();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connectsLater();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw connectsLater();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connectsLater();
  }

  /** Connecting at once would know no time-out. */
  private static IOException connectsLater() {
    return new IOException("a socket is made first and connected then");
  }

  @Override
  public void close() {
    closer.shutdownNow();
  }
}
