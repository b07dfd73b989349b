package barocall.traffic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Intake's history door as its description says: it remembers lines and may be busy. */
final class PretendedIntake implements AutoCloseable {

  private final JsonMapper json = new JsonMapper();
  private final HttpServer server;
  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Deque<Integer> troubles = new ArrayDeque<>();
  private int requests;

  PretendedIntake() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next requests are answered so; a {@code Retry-After} of 7 seconds goes with a 503. */
  synchronized void answerNext(int... statuses) {
    for (int status : statuses) {
      troubles.add(status);
    }
  }

  synchronized List<String> ids() {
    return List.copyOf(lines.keySet());
  }

  synchronized JsonNode line(String id) {
    return json.readTree(lines.get(id));
  }

  synchronized int requests() {
    return requests;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests++;
    if (!exchange.getRequestURI().getPath().equals("/api/v1/cities/losangeles/history")) {
      answer(exchange, 404, "{\"detail\":\"There is no such city.\"}");
    } else if (!"Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, "{}");
    } else if (!troubles.isEmpty()) {
      int status = troubles.poll();
      if (status == 503) {
        exchange.getResponseHeaders().set("Retry-After", "7");
      }
      answer(exchange, status, "{\"detail\":\"The broker is slow.\"}");
    } else {
      answer(exchange, 200, taken(new String(body, StandardCharsets.UTF_8)));
    }
  }

  private String taken(String ndjson) {
    int accepted = 0;
    int repeated = 0;
    ObjectNode answer = json.createObjectNode();
    ArrayNode rejected = answer.putArray("rejected");
    ArrayNode takenAsNow = answer.putArray("takenAsNow");
    int number = 0;
    for (String line : ndjson.split("\n")) {
      number++;
      String id = json.readTree(line).path("id").asString();
      if (id.startsWith("bad")) {
        rejected.addObject().put("line", number).put("reason", "id: not an id");
      } else if (line.equals(lines.put(id, line))) {
        repeated++;
      } else {
        accepted++;
        if (line.contains("2099-")) {
          takenAsNow.addObject().put("line", number).putArray("fields").add("resolution.at");
        }
      }
    }
    return answer.put("accepted", accepted).put("repeated", repeated).toString();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
