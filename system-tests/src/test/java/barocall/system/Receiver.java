package barocall.system;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A server of the test's own on loopback that takes letters, in the {@link Mood} that it is in. */
abstract class Receiver implements AutoCloseable {
  private final int port = barocall.testkit.FreePorts.next();
  private final List<Seen.Letter> letters = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Mood mood = Mood.WELL;
  private @Nullable ServerSocket listening;

  Receiver() {
    be(Mood.WELL);
  }

  int port() {
    return port;
  }

  /** Everything that came, repeats and what was not taken among it. */
  List<Seen.Letter> letters() {
    return List.copyOf(letters);
  }

  /** Changes the mood; connections of another mood end. */
  final synchronized void be(Mood next) {
    mood = next;
    try {
      for (Socket socket : open) {
        socket.close();
      }
      open.clear();
      if (next == Mood.REFUSES) {
        if (listening != null) {
          listening.close();
        }
        listening = null;
      } else if (listening == null) {
        ServerSocket bound =
            Awaitility.await().ignoreExceptions().until(this::bound, ServerSocket::isBound);
        listening = bound;
        daemon(() -> accept(bound));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerSocket bound() throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private void accept(ServerSocket bound) {
    while (!bound.isClosed()) {
      try {
        Socket client = bound.accept();
        open.add(client);
        if (mood != Mood.HANGS) {
          daemon(() -> serve(client));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      serve(new BufferedInputStream(client.getInputStream()), client.getOutputStream());
    } catch (IOException hungUp) {
      // whoever sent it tries again
      return;
    } finally {
      open.remove(client);
    }
  }

  /** Speaks with one client until it has nothing more to say. */
  abstract void serve(InputStream in, OutputStream out) throws IOException;

  /**
   * Whether what has come is taken, which the client is told; on a bad day it comes and is not.
   *
   * @throws IOException if the connection is to end without a word
   */
  boolean take(String name, String to, String about) throws IOException {
    boolean taken = mood == Mood.WELL;
    letters.add(new Seen.Letter(name, to, about, taken));
    if (mood == Mood.CLOSES_HALF_WAY) {
      throw new IOException("closed half-way");
    }
    return taken;
  }

  /** A line without its end; null at the end of the stream. */
  static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toString(StandardCharsets.UTF_8).replace("\r", "");
      }
      line.write(next);
    }
    return null;
  }

  static void say(OutputStream out, String... lines) throws IOException {
    out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "receiver");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    be(Mood.REFUSES);
  }
}
