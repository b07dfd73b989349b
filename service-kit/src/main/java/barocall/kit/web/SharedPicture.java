package barocall.kit.web;

import barocall.kit.web.SharedPoll.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The newest picture of something for any number of viewers, at the cost of one question a second
 * and one conversion to JSON. Made by {@link LiveStreams#picture}.
 *
 * <p>The stream's events: {@code picture} with the JSON and the id that a function gives; {@code
 * stale} {@code {"since"}} when the question fails, followed by a {@code picture} as soon as it
 * works again; {@code beat}.
 *
 * @param <T> a picture; two that are equal in essence are sent once
 */
public final class SharedPicture<T> {
  private final SharedPoll<T, Shown> poll;
  private final LiveStreams streams;

  private record Shown(Object essence, ServerSentEvent<String> event) {}

  SharedPicture(
      LiveStreams streams,
      Function<String, Mono<T>> ask,
      Function<T, String> id,
      Function<T, ?> essence) {
    this.streams = streams;
    this.poll =
        new SharedPoll<>(
            ask,
            (before, picture) -> shown(before, picture, id, essence),
            streams.pace(),
            streams.scheduler());
  }

  /** The stream for a new viewer: the newest picture at once, then each that differs. */
  public Flux<ServerSentEvent<String>> of(String key) {
    return Flux.defer(
        () -> {
          var first = new FirstOnly();
          return streams.served(poll.of(key).concatMapIterable(seen -> events(seen, first), 1));
        });
  }

  /** Asks soon: something about this key has changed. */
  public void nudge(String key) {
    poll.nudge(key);
  }

  private Shown shown(
      @Nullable Shown before, T picture, Function<T, String> id, Function<T, ?> essence) {
    Object now = essence.apply(picture);
    if (before != null && Objects.equals(before.essence(), now)) {
      return before;
    }
    return new Shown(now, streams.event("picture", id.apply(picture), picture));
  }

  private List<ServerSentEvent<String>> events(Seen<Shown> seen, FirstOnly first) {
    var events = new ArrayList<ServerSentEvent<String>>(2);
    boolean isFirst = first.take();
    Instant staleSince = seen.staleSince();
    if (seen.state() != null && (isFirst || staleSince == null)) {
      events.add(seen.state().event());
    }
    if (staleSince != null) {
      events.add(streams.event("stale", null, Map.of("since", staleSince)));
    }
    return events;
  }

  /** True once. A subscriber's signals come one after the other. */
  private static final class FirstOnly {
    private boolean taken;

    boolean take() {
      boolean first = !taken;
      taken = true;
      return first;
    }
  }
}
