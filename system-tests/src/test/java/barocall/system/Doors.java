package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP, as any program outside would speak it. */
final class Doors {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private Doors() {}

  /** What came back. */
  record Answer(int status, String type, String body) {
    JsonNode json() {
      return JSON.readTree(body);
    }

    boolean isProblem() {
      return type.startsWith("application/problem+json");
    }

    /** This answer, if it has that status; else a failure that quotes it. */
    Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError("expected %d but got %d: %s".formatted(expected, status, body));
      }
      return this;
    }
  }

  /** Sends JSON (a string is sent as it stands) and gives what comes back. */
  static Answer send(Visitor visitor, String method, URI url, @Nullable Object body) {
    return send(visitor, method, url, body, Map.of());
  }

  static Answer send(
      Visitor visitor, String method, URI url, @Nullable Object body, Map<String, String> headers) {
    try {
      return trySend(visitor, method, url, body, headers);
    } catch (IOException e) {
      throw new AssertionError("%s %s: %s".formatted(method, url, e), e);
    }
  }

  /**
   * The same for who expects that nobody may be there.
   *
   * @throws IOException if no answer came
   */
  static Answer trySend(
      Visitor visitor, String method, URI url, @Nullable Object body, Map<String, String> headers)
      throws IOException {
    return trySend(visitor, method, url, body, headers, PATIENCE);
  }

  /** The same for who waits no longer than that. */
  static Answer trySend(
      Visitor visitor,
      String method,
      URI url,
      @Nullable Object body,
      Map<String, String> headers,
      Duration atMost)
      throws IOException {
    HttpResponse<String> response =
        exchange(
            request(visitor, method, url, body, headers, atMost), BodyHandlers.ofString(UTF_8));
    return new Answer(response.statusCode(), type(response), response.body());
  }

  /** Only how it begins, for streams that never end; the body stays empty. */
  static Answer knock(Visitor visitor, String method, URI url, @Nullable Object body) {
    try {
      HttpResponse<InputStream> response =
          exchange(
              request(visitor, method, url, body, Map.of(), PATIENCE),
              BodyHandlers.ofInputStream());
      response.body().close();
      return new Answer(response.statusCode(), type(response), "");
    } catch (IOException e) {
      throw new AssertionError("%s %s: %s".formatted(method, url, e), e);
    }
  }

  private static HttpRequest request(
      Visitor visitor,
      String method,
      URI url,
      @Nullable Object body,
      Map<String, String> headers,
      Duration atMost) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).timeout(atMost).header("Accept-Language", "ko");
    if (!visitor.authorization().isEmpty()) {
      request.header("Authorization", visitor.authorization());
    }
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.method(method, publisher(body));
      if (headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
        request.header("Content-Type", "application/json");
      }
    }
    headers.forEach(request::setHeader);
    return request.build();
  }

  private static HttpRequest.BodyPublisher publisher(Object body) {
    if (body instanceof byte[] bytes) {
      return BodyPublishers.ofByteArray(bytes);
    }
    return BodyPublishers.ofString(
        body instanceof String text ? text : JSON.writeValueAsString(body), UTF_8);
  }

  private static <T> HttpResponse<T> exchange(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
    try {
      return CLIENT.send(request, handler);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }
}
