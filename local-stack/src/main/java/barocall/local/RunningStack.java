package barocall.local;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A stack that another process supervises, as the other commands see it. */
final class RunningStack {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final StackState state;
  private final ProcessHandle supervisor;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private RunningStack(StackState state, ProcessHandle supervisor) {
    this.state = state;
    this.supervisor = supervisor;
  }

  /** The stack that runs on that folder, if any. */
  static Optional<RunningStack> on(DataFolder folder) {
    return folder
        .readState()
        .flatMap(
            state ->
                state.supervisor().alive().map(supervisor -> new RunningStack(state, supervisor)));
  }

  StackState state() {
    return state;
  }

  ProcessHandle supervisor() {
    return supervisor;
  }

  StatusReport status() throws InterruptedException {
    return JSON.readValue(ask("GET", "/status", Duration.ofSeconds(20)), StatusReport.class);
  }

  String start(String process, int instance) throws InterruptedException {
    return order("/start/", process, instance);
  }

  String stop(String process, int instance) throws InterruptedException {
    return order("/stop/", process, instance);
  }

  /** Begins a rebuild of these services. */
  void rebuild(List<String> services) throws InterruptedException {
    String names =
        String.join(
            ",",
            services.stream()
                .map(service -> URLEncoder.encode(service, StandardCharsets.UTF_8))
                .toList());
    ask("POST", "/rebuild/" + names, PATIENCE);
  }

  /** How far the last rebuild is. */
  RebuildReport rebuild() throws InterruptedException {
    return JSON.readValue(ask("GET", "/rebuild", Duration.ofSeconds(20)), RebuildReport.class);
  }

  private String order(String what, String process, int instance) throws InterruptedException {
    String path = what + URLEncoder.encode(process, StandardCharsets.UTF_8) + "?" + instance;
    return JSON.readTree(ask("POST", path, PATIENCE)).path("detail").asString("");
  }

  private String ask(String method, String path, Duration patience) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + state.controlPort() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Bearer " + state.token())
            .timeout(patience)
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        return response.body();
      }
      String why = JSON.readTree(response.body()).path("detail").asString("It failed.");
      throw response.statusCode() == Orders.WRONG_USAGE
          ? LaunchException.wrongUsage(why)
          : new LaunchException(why);
    } catch (IOException e) {
      throw new LaunchException(
          "Process %d, which supervises Barocall, does not answer; end it and start again."
              .formatted(supervisor.pid()),
          e);
    }
  }
}
