package barocall.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Where a running supervisor takes orders from the other commands: on loopback, with a token. */
final class Orders implements AutoCloseable {
  /** The answer to an order that names what there is not. */
  static final int WRONG_USAGE = 400;

  private static final int CONFLICT = 409;

  private final Supervisor supervisor;
  private final String token;
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          4,
          task -> {
            var thread = new Thread(task, "orders");
            thread.setDaemon(true);
            return thread;
          });

  private Orders(Supervisor supervisor, String token) throws IOException {
    this.supervisor = supervisor;
    this.token = token;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
  }

  static Orders take(Supervisor supervisor, String token) throws IOException {
    var orders = new Orders(supervisor, token);
    orders.server.setExecutor(orders.threads);
    orders.server.createContext("/", orders::handle);
    orders.server.start();
    return orders;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange).send(exchange);
    }
  }

  private Answer answer(HttpExchange exchange) {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    if (shown == null || !same(shown, "Bearer " + token)) {
      return Answer.problem(401, "This door is for the launcher alone.");
    }
    String path = exchange.getRequestURI().getPath();
    boolean post = exchange.getRequestMethod().equals("POST");
    try {
      if (!post && path.equals("/status")) {
        return Answer.json(200, supervisor.status());
      }
      if (post && path.startsWith("/start/")) {
        return said(supervisor.startOne(path.substring("/start/".length()), instance(exchange)));
      }
      if (post && path.startsWith("/stop/")) {
        return said(supervisor.stopOne(path.substring("/stop/".length()), instance(exchange)));
      }
      if (!post && path.equals("/rebuild")) {
        return Answer.json(200, supervisor.rebuild());
      }
      if (post && path.startsWith("/rebuild/")) {
        supervisor.rebuild(List.of(path.substring("/rebuild/".length()).split(",")));
        return said("The rebuild begins.");
      }
      return Answer.problem(404, "There is no such order.");
    } catch (LaunchException e) {
      return Answer.problem(e.isWrongUsage() ? WRONG_USAGE : CONFLICT, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.problem(503, "Barocall is stopping.");
    }
  }

  /** Which instance is meant: the query, if there is one. */
  private static int instance(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    if (query == null) {
      return 0;
    }
    if (!query.matches("[0-5]")) {
      throw LaunchException.wrongUsage("Instances of a service are numbered from 0 to 5.");
    }
    return Integer.parseInt(query);
  }

  private static Answer said(String sentence) {
    return Answer.json(200, Map.of("detail", sentence));
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
