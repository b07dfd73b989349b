package barocall.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * So many connections, each of which sends the next request when the last was answered. It speaks
 * HTTP by itself, so that little of the machine goes to who asks.
 */
final class Load implements AutoCloseable {
  /** Never the same request twice, whoever sends it. */
  private static final AtomicLong NUMBER = new AtomicLong(System.currentTimeMillis() * 1_000);

  private static final int ACCEPTED = 201;
  private static final int TIME_OUT = 30_000;

  private final int port;
  private final int connections;
  private final LongFunction<byte[]> requests;
  private final ExecutorService threads;

  /**
   * @param requests makes the whole of a request, by its number
   */
  Load(int port, int connections, LongFunction<byte[]> requests) {
    this.port = port;
    this.connections = connections;
    this.requests = requests;
    this.threads = Executors.newFixedThreadPool(connections);
  }

  /**
   * What came of it.
   *
   * @param accepted answers that say 201, in each second
   * @param others answers that say anything else
   * @param p99 in milliseconds, of the accepted
   */
  record Result(double accepted, long others, double p50, double p99) {}

  private static final class Seen {
    private final List<Long> nanos = new ArrayList<>();
    private long others;
  }

  Result run(Duration time) {
    long began = System.nanoTime();
    long end = began + time.toNanos();
    List<CompletableFuture<Seen>> all = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      all.add(CompletableFuture.supplyAsync(() -> connection(end), threads));
    }
    List<Seen> seen = all.stream().map(CompletableFuture::join).toList();
    double seconds = (System.nanoTime() - began) / 1e9;
    long[] sorted =
        seen.stream()
            .flatMap(it -> it.nanos.stream())
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    return new Result(
        sorted.length / seconds,
        seen.stream().mapToLong(it -> it.others).sum(),
        Spread.quantile(sorted, 0.5) / 1e6,
        Spread.quantile(sorted, 0.99) / 1e6);
  }

  private Seen connection(long end) {
    Seen seen = new Seen();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIME_OUT);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (System.nanoTime() < end) {
        byte[] request = requests.apply(NUMBER.incrementAndGet());
        long sent = System.nanoTime();
        socket.getOutputStream().write(request);
        if (answer(in) == ACCEPTED) {
          seen.nanos.add(System.nanoTime() - sent);
        } else {
          seen.others++;
        }
      }
      return seen;
    } catch (IOException e) {
      throw new IllegalStateException("A connection broke off", e);
    }
  }

  /** Reads a whole answer; its status. */
  private static int answer(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ")[1]);
    int length = 0;
    boolean chunked = false;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String small = header.toLowerCase(Locale.ROOT);
      if (small.startsWith("content-length:")) {
        length = Integer.parseInt(small.substring("content-length:".length()).trim());
      }
      chunked |= small.startsWith("transfer-encoding:") && small.contains("chunked");
    }
    if (!chunked) {
      in.skipNBytes(length);
      return status;
    }
    for (int chunk = -1; chunk != 0; ) {
      chunk = Integer.parseInt(line(in).trim(), 16);
      in.skipNBytes(chunk);
      line(in);
    }
    return status;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
