package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Speaks as much HTTP as is needed to be sent webhooks. */
final class WebhookServer extends Receiver {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  void serve(InputStream in, OutputStream out) throws IOException {
    String request = line(in);
    if (request == null) {
      return;
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), UTF_8);
    boolean taken =
        take(
            headers.getOrDefault("webhook-id", ""),
            request.split(" ")[1],
            JSON.readTree(body).path("data").path("inquiryId").asString(""));
    say(
        out,
        taken ? "HTTP/1.1 204 No Content" : "HTTP/1.1 500 Internal Server Error",
        "Content-Length: 0",
        "Connection: close",
        "");
  }
}
