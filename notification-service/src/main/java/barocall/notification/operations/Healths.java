package barocall.notification.operations;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each service says of itself at {@code /actuator/health/readiness}. However many pages are
 * open, each service is asked once in five seconds.
 */
@Component
@EnableConfigurationProperties(HealthSettings.class)
class Healths {
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration SHOWN_FOR = Duration.ofSeconds(5);

  private final JsonMapper json = new JsonMapper();
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  private final Mono<List<Health>> all;

  Healths(HealthSettings addresses) {
    Map<String, String> services = new LinkedHashMap<>();
    services.put("intake-service", addresses.intake());
    services.put("routing-service", addresses.routing());
    services.put("notification-service", addresses.notification());
    services.put("analytics-service", addresses.analytics());
    all =
        Flux.fromIterable(services.entrySet())
            .flatMapSequential(it -> ask(it.getKey(), it.getValue()))
            .collectList()
            .cache(SHOWN_FOR);
  }

  /**
   * What a service says.
   *
   * @param status {@code UP}, {@code DOWN}, {@code OUT_OF_SERVICE}, {@code UNKNOWN}, or {@code
   *     AWAY} when it does not answer
   */
  record Health(String service, String status, List<Part> parts) {}

  /** One thing that it needs, and what it says about it. */
  record Part(String name, String status, Map<String, String> details) {}

  Mono<List<Health>> all() {
    return all;
  }

  private Mono<Health> ask(String service, String address) {
    Health away = new Health(service, "AWAY", List.of());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/actuator/health/readiness"))
            .timeout(PATIENCE)
            .header("Accept", "application/json")
            .build();
    return Mono.fromFuture(() -> client.sendAsync(request, BodyHandlers.ofString()))
        .map(answer -> health(service, answer))
        .onErrorReturn(away);
  }

  private Health health(String service, HttpResponse<String> answer) {
    try {
      return health(service, json.readTree(answer.body()));
    } catch (JacksonException other) {
      return new Health(service, "AWAY", List.of());
    }
  }

  static Health health(String service, JsonNode said) {
    List<Part> parts = new ArrayList<>();
    said.path("components")
        .forEachEntry(
            (name, part) -> {
              Map<String, String> details = new LinkedHashMap<>();
              part.path("details").forEachEntry((key, value) -> details.put(key, text(value)));
              parts.add(new Part(name, part.path("status").asString("UNKNOWN"), details));
            });
    return new Health(service, said.path("status").asString("AWAY"), List.copyOf(parts));
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asString() : value.toString();
  }
}
