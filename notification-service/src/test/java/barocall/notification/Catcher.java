package barocall.notification;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** An HTTP server that catches what is posted and answers as told. */
public final class Catcher {
  private final HttpServer server;
  private final List<Caught> caught = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();

  /** A request that came. Names of headers are in lower case. */
  public record Caught(String path, Map<String, List<String>> headers, String body) {
    /** The first value of a header. */
    public String header(String name) {
      return headers.get(name).get(0);
    }
  }

  public Catcher() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "catcher");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          Map<String, List<String>> headers =
              exchange.getRequestHeaders().entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          it -> it.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
          String path = exchange.getRequestURI().getPath();
          caught.add(new Caught(path, headers, body));
          int left = refusals.merge(path, -1, Integer::sum);
          exchange.sendResponseHeaders(left >= 0 ? 500 : 204, -1);
          exchange.close();
        });
    server.start();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Answers 500 to the next requests to this path. */
  public void refuse(String path, int times) {
    refusals.put(path, times);
  }

  /** What came to a path and has this text in it. */
  public List<Caught> caught(String path, String text) {
    return caught.stream()
        .filter(it -> it.path().equals(path) && it.body().contains(text))
        .toList();
  }
}
