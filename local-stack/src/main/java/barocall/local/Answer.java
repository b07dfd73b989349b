package barocall.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a small HTTP server of the local stack says to a request. */
record Answer(int status, String type, String body) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int NO_BODY = -1;

  static Answer json(int status, Object value) {
    return new Answer(status, "application/json", JSON.writeValueAsString(value));
  }

  static Answer html(String page) {
    return new Answer(200, "text/html; charset=utf-8", page);
  }

  /** An error as RFC 9457 has it. */
  static Answer problem(int status, String detail) {
    String body = JSON.writeValueAsString(Map.of("status", status, "detail", detail));
    return new Answer(status, "application/problem+json", body);
  }

  void send(HttpExchange exchange) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean without = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange
        .getResponseHeaders()
        .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    exchange.sendResponseHeaders(status, without ? NO_BODY : bytes.length);
    if (!without) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
