package barocall.traffic;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The doors of one city at the three services that take something. Everything that is sent may be
 * sent again, so a service that is busy or away is tried again, some times.
 */
final class Doors {

  private static final int TRIES = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  private final HttpClient http;
  private final Addresses addresses;
  private final String city;
  private final String key;
  private final Sleeper sleeper;
  private final JsonMapper json = new JsonMapper();

  Doors(HttpClient http, Addresses addresses, String city, String key, Sleeper sleeper) {
    this.http = http;
    this.addresses = addresses;
    this.city = city;
    this.key = "Bearer " + key;
    this.sleeper = sleeper;
  }

  /** Where the services are. */
  record Addresses(URI intake, URI routing, URI notification) {}

  /** What came back; status 0 when nobody answered. */
  record Answer(int status, JsonNode body) {

    boolean done() {
      return status >= 200 && status < 300;
    }

    /** The entries of a list. */
    List<JsonNode> items() {
      List<JsonNode> items = new ArrayList<>();
      (body.isArray() ? body : body.path("items")).forEach(items::add);
      return items;
    }

    /** What went wrong, for a report. */
    String problem() {
      String detail = body.path("detail").asString(body.path("title").asString(""));
      return status == 0 ? "no answer" : detail.isEmpty() ? "" + status : status + ": " + detail;
    }
  }

  /** A call rings, is answered, ends ({@code step} empty, {@code answer}, {@code end}). */
  Answer call(String callId, String step, Map<String, Object> body) throws InterruptedException {
    String path = step.isEmpty() ? "/calls" : "/calls/" + encoded(callId) + "/" + step;
    return post(addresses.intake(), path, key, Optional.empty(), body);
  }

  Answer agentState(String agent, Map<String, Object> body) throws InterruptedException {
    String path = "/agents/" + encoded(agent) + "/state";
    return post(addresses.intake(), path, key, Optional.empty(), body);
  }

  Answer inquiry(String idempotencyKey, Map<String, Object> body) throws InterruptedException {
    return post(addresses.intake(), "/inquiries", key, Optional.of(idempotencyKey), body);
  }

  /** What waits at the desk. */
  Answer desk(Staff.Worker agent) throws InterruptedException {
    return send(request(addresses.routing(), "/desk", agent.authorization()).GET());
  }

  /** An agent's action on an inquiry: {@code describe}, {@code resolve}, {@code escalate}. */
  Answer desk(Staff.Worker agent, String inquiryId, String action, Map<String, Object> body)
      throws InterruptedException {
    String path = "/desk/" + encoded(inquiryId) + "/" + action;
    return post(addresses.routing(), path, agent.authorization(), Optional.empty(), body);
  }

  /** What waits in a department's inbox. */
  Answer inbox(Staff.Worker department) throws InterruptedException {
    String path = "/departments/" + encoded(department.id()) + "/inbox";
    return send(request(addresses.notification(), path, department.authorization()).GET());
  }

  /** A department's action: {@code acknowledge}, {@code resolve}, {@code return}. */
  Answer inbox(Staff.Worker department, String inquiryId, String action, Map<String, Object> body)
      throws InterruptedException {
    String path =
        "/departments/" + encoded(department.id()) + "/inbox/" + encoded(inquiryId) + "/" + action;
    return post(addresses.notification(), path, department.authorization(), Optional.empty(), body);
  }

  private Answer post(
      URI service,
      String path,
      String authorization,
      Optional<String> idempotencyKey,
      Map<String, Object> body)
      throws InterruptedException {
    HttpRequest.Builder request =
        request(service, path, authorization)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body)));
    idempotencyKey.ifPresent(value -> request.header("Idempotency-Key", value));
    return send(request);
  }

  private HttpRequest.Builder request(URI service, String path, String authorization) {
    return HttpRequest.newBuilder(
            URI.create(
                service.toString().replaceFirst("/$", "")
                    + "/api/v1/cities/"
                    + encoded(city)
                    + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", authorization)
        .header("Accept", "application/json, application/problem+json")
        .header("Accept-Language", "en");
  }

  private Answer send(HttpRequest.Builder builder) throws InterruptedException {
    HttpRequest request = builder.build();
    Duration pause = FIRST_PAUSE;
    Answer answer = new Answer(0, MissingNode.getInstance());
    for (int tried = 0; tried < TRIES; tried++) {
      if (tried > 0) {
        sleeper.sleep(pause);
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
      try {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        answer = new Answer(response.statusCode(), tree(response.body()));
        if (answer.status() != 429 && answer.status() < 500) {
          return answer;
        }
        Optional<Duration> asked = retryAfter(response);
        if (asked.isPresent()) {
          pause = shorter(asked.get(), LONGEST_PAUSE);
        }
      } catch (IOException e) {
        answer = new Answer(0, MissingNode.getInstance());
      }
    }
    return answer;
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  private JsonNode tree(String body) {
    try {
      return json.readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
