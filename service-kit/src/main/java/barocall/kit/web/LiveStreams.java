package barocall.kit.web;

import barocall.kit.web.SharedPoll.Pace;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes streams of server-sent events: pictures and lists. A controller answers with the flux and
 * {@code text/event-stream}; {@code live.js} is the other end. When the service ends, its streams
 * end first, so that browsers turn to another instance at once.
 */
public final class LiveStreams implements SmartLifecycle {
  private static final Duration COME_BACK = Duration.ofSeconds(1);

  private final JsonMapper json;
  private final Pace pace;
  private final Duration heartbeat;
  private final Duration longest;
  private final Scheduler scheduler;
  private final Supplier<String> runs;
  private final Flux<ServerSentEvent<String>> beats;
  private volatile Sinks.Empty<Void> end = Sinks.empty();
  private volatile boolean running;

  LiveStreams(
      JsonMapper json,
      Pace pace,
      Duration heartbeat,
      Duration longest,
      Scheduler scheduler,
      Supplier<String> runs) {
    this.json = json;
    this.pace = pace;
    this.heartbeat = heartbeat;
    this.longest = longest;
    this.scheduler = scheduler;
    this.runs = runs;
    this.beats = beats();
  }

  /**
   * A picture for each key.
   *
   * @param ask the question, asked once a second for each key that somebody looks at
   * @param id the id of a picture, such as its {@code asOf}
   * @param essence what must differ for a picture to be sent again: all but the time, say
   */
  public <T> SharedPicture<T> picture(
      Function<String, Mono<T>> ask, Function<T, String> id, Function<T, ?> essence) {
    return new SharedPicture<>(this, ask, id, essence);
  }

  /**
   * A list for each key.
   *
   * @param ask for the rows in their order, asked once a second for each key that somebody looks at
   * @param idOf what tells rows apart
   */
  public <T> LiveList<T> list(Function<String, Mono<List<T>>> ask, Function<T, String> idOf) {
    return new LiveList<>(this, ask, idOf);
  }

  /**
   * Where a viewer of a list left off: the header that browsers send when they reconnect by
   * themselves, or the parameter {@code lastEventId} that {@code live.js} sends when it opens a new
   * stream; null for a new viewer.
   */
  public static @Nullable String lastEventId(ServerHttpRequest request) {
    String header = request.getHeaders().getFirst("Last-Event-ID");
    return header == null ? request.getQueryParams().getFirst("lastEventId") : header;
  }

  Pace pace() {
    return pace;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  String newRun() {
    return runs.get();
  }

  ServerSentEvent<String> event(String name, @Nullable String id, Object data) {
    var event = ServerSentEvent.<String>builder(json.writeValueAsString(data)).event(name);
    return (id == null ? event : event.id(id)).build();
  }

  /**
   * Adds what every stream has: when to come back, a sign of life, an end with the service, and one
   * after a while, said by the event {@code over}. Who comes back must show again that they may
   * look, so nobody looks on for long after a log-out, a changed password or being kept out.
   */
  Flux<ServerSentEvent<String>> served(Flux<ServerSentEvent<String>> events) {
    var opening = ServerSentEvent.<String>builder().comment("barocall").retry(COME_BACK).build();
    var over = ServerSentEvent.<String>builder("{}").event("over").build();
    return Flux.merge(1, events, beats.onBackpressureDrop())
        .startWith(opening)
        .takeUntilOther(Mono.delay(longest, scheduler))
        .concatWithValues(over)
        .takeUntilOther(end.asMono());
  }

  /**
   * An event, as scripts cannot see comments, and so could not tell a quiet stream from a dead one.
   */
  private Flux<ServerSentEvent<String>> beats() {
    ServerSentEvent<String> beat =
        ServerSentEvent.<String>builder("{}").event("beat").comment("beat").build();
    return Flux.interval(heartbeat, scheduler).onBackpressureDrop().map(tick -> beat);
  }

  @Override
  public void start() {
    end = Sinks.empty();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    end.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
