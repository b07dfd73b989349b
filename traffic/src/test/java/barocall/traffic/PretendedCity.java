package barocall.traffic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The doors of a whole city, as their description says. Where an inquiry goes is told by a
 * function: {@code desk}, {@code answer}, or a department.
 */
final class PretendedCity implements AutoCloseable {

  private final JsonMapper json = new JsonMapper();
  private final HttpServer server;
  private final ExecutorService workers = Executors.newFixedThreadPool(8);
  private final String prefix;
  private final Function<JsonNode, String> rules;
  private final Map<String, String> where = new LinkedHashMap<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final List<String> log = new ArrayList<>();
  private final List<JsonNode> received = new ArrayList<>();
  private final Set<String> busyOnce = new LinkedHashSet<>();

  PretendedCity(String city, Function<JsonNode, String> rules) throws IOException {
    this.prefix = "/api/v1/cities/" + city;
    this.rules = rules;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::handle);
    server.start();
  }

  Doors.Addresses addresses() {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new Doors.Addresses(url, url, url);
  }

  /** What was done, in order, as {@code who action what}. */
  synchronized List<String> log() {
    return List.copyOf(log);
  }

  synchronized List<JsonNode> received() {
    return List.copyOf(received);
  }

  /** The first request to each path that ends so is answered 503. */
  synchronized void busyOnce(String end) {
    busyOnce.add(end);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath().substring(prefix.length());
    if (busyOnce.removeIf(path::endsWith)) {
      answer(exchange, 503, "{}");
      return;
    }
    String[] parts = path.substring(1).split("/");
    String method = exchange.getRequestMethod();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (method.equals("GET")) {
      String place = parts[0].equals("desk") ? "desk" : parts[1];
      List<Map<String, String>> items =
          where.entrySet().stream()
              .filter(entry -> entry.getValue().equals(place))
              .map(entry -> Map.of("inquiryId", entry.getKey()))
              .toList();
      answer(exchange, 200, json.writeValueAsString(items));
      return;
    }
    JsonNode told = json.readTree(body);
    switch (parts[0]) {
      case "calls" -> {
        if (parts.length == 1) {
          receive(exchange, told.path("callId").asString(), told);
        } else {
          log.add("call " + parts[2] + " " + parts[1]);
          answer(exchange, 204, "");
        }
      }
      case "inquiries" ->
          receive(exchange, exchange.getRequestHeaders().getFirst("Idempotency-Key"), told);
      case "desk" -> {
        log.add(user(authorization) + " " + parts[2] + " " + parts[1]);
        boolean here = "desk".equals(where.get(parts[1]));
        if (parts[2].equals("describe")) {
          // During the call or after it, whoever has the inquiry by then.
          answer(exchange, where.containsKey(parts[1]) ? 200 : 404, "{}");
          return;
        }
        where.put(
            parts[1],
            parts[2].equals("escalate") ? told.path("department").asString() : "resolved");
        answer(exchange, here ? 200 : 409, "{}");
      }
      case "departments" -> {
        log.add(user(authorization) + " " + parts[4] + " " + parts[3]);
        boolean here = parts[1].equals(where.get(parts[3]));
        if (here && parts[4].equals("resolve")) {
          where.put(parts[3], "resolved");
        }
        answer(exchange, here ? 200 : 409, "{}");
      }
      default -> answer(exchange, 204, "");
    }
  }

  private void receive(HttpExchange exchange, String key, JsonNode told) throws IOException {
    String id = keys.get(key);
    if (id == null) {
      id = "inquiry-" + (keys.size() + 1);
      keys.put(key, id);
      received.add(told);
      where.put(id, rules.apply(told));
    }
    answer(exchange, 201, json.writeValueAsString(Map.of("inquiryId", id)));
  }

  private static String user(String authorization) {
    String pair =
        new String(
            Base64.getDecoder().decode(authorization.substring("Basic ".length())),
            StandardCharsets.UTF_8);
    return pair.substring(0, pair.indexOf(':'));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
