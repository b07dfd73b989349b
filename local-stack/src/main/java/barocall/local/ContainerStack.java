package barocall.local;

import barocall.local.StatusReport.ProcessReport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An installation in containers, as its pages on this machine show it. The broker and the store
 * cannot be reached from here; how they are is what the services say about them.
 */
final class ContainerStack {
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ContainerState state;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private ContainerStack(ContainerState state) {
    this.state = state;
  }

  /** The installation that keeps its credentials in that folder, running or not. */
  static Optional<ContainerStack> on(DataFolder folder) {
    return folder.readContainers().map(ContainerStack::new);
  }

  /** How it is; {@link StatusReport#DOWN} when none of its pages answers. */
  StatusReport status() {
    var ports = new Ports(state.portBase());
    List<CompletableFuture<Look>> looks =
        Stream.of(
                look(Plan.SERVICES.get(0), ports.intake(), "/actuator/health"),
                look(Plan.SERVICES.get(1), ports.routing(), "/actuator/health"),
                look(Plan.SERVICES.get(2), ports.notification(), "/actuator/health"),
                look(Plan.SERVICES.get(3), ports.analytics(), "/actuator/health"),
                look(Plan.CATCHER, ports.catcher(), "/health"))
            .toList();
    List<Look> seen = looks.stream().map(CompletableFuture::join).toList();
    if (seen.stream().noneMatch(Look::answered)) {
      return StatusReport.DOWN;
    }
    var processes = new ArrayList<ProcessReport>();
    for (String foundation : List.of(Plan.BROKER, Plan.STORE)) {
      boolean healthy = seen.stream().anyMatch(look -> look.says(foundation));
      processes.add(new ProcessReport(foundation, null, null, healthy, 0));
    }
    // Whoever has a mail server and a gateway of their own runs no catcher.
    seen.stream()
        .filter(look -> look.answered() || !look.name().equals(Plan.CATCHER))
        .forEach(
            look ->
                processes.add(
                    new ProcessReport(look.name(), null, look.port(), look.healthy(), 0)));
    return new StatusReport(
        "up",
        StoreChoice.Kind.GIVEN.word(),
        state.kafka(),
        state.mongodb(),
        "http://127.0.0.1:" + ports.catcher() + "/",
        processes);
  }

  private CompletableFuture<Look> look(String name, int port, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .handle(
            (response, away) ->
                response == null
                    ? new Look(name, port, 0, "")
                    : new Look(name, port, response.statusCode(), response.body()));
  }

  /**
   * What one page answered.
   *
   * @param status 0 if it did not
   */
  private record Look(String name, int port, int status, String body) {
    boolean answered() {
      return status != 0;
    }

    boolean healthy() {
      return status == 200;
    }

    /** Whether it says that this part does its work. */
    boolean says(String part) {
      try {
        JsonNode health = JSON.readTree(body);
        return health.path("components").path(part).path("status").asString("").equals("UP");
      } catch (JacksonException e) {
        return false;
      }
    }
  }
}
