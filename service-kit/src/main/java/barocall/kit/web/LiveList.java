package barocall.kit.web;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import barocall.kit.web.SharedPoll.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A list that stays true on any number of screens, at the cost of one question a second. Made by
 * {@link LiveStreams#list}.
 *
 * <p>The stream's events: {@code snapshot} {@code {"rows"}} for who is new or was away too long;
 * {@code changes} {@code {"put", "gone", "order"}}: rows that are new or different, ids that went,
 * and the ids in order when that changed. Their ids let a client that reconnects with {@code
 * Last-Event-ID} catch up; {@code stale} and {@code beat} as in {@link SharedPicture}.
 *
 * @param <T> a row; equal rows are the same
 */
public final class LiveList<T> {
  /** How many changes are remembered for those who come back. */
  private static final int REMEMBERED = 1_000;

  private static final Duration ANNOUNCE_AGAIN = Duration.ofSeconds(1);

  private final SharedPoll<List<T>, Rows<T>> poll;
  private final LiveStreams streams;

  /** The list at one number of a run of polls, and which rows changed at the numbers before. */
  private record Rows<T>(String run, long number, Map<String, T> rows, Deque<Change> changes) {}

  private record Change(long number, Set<String> ids, boolean reordered) {}

  LiveList(LiveStreams streams, Function<String, Mono<List<T>>> ask, Function<T, String> idOf) {
    this.streams = streams;
    this.poll =
        new SharedPoll<>(
            ask, (before, rows) -> next(before, rows, idOf), streams.pace(), streams.scheduler());
  }

  /**
   * The stream for a viewer.
   *
   * @param lastEventId what the header {@code Last-Event-ID} says, or null for a new viewer
   */
  public Flux<ServerSentEvent<String>> of(String key, @Nullable String lastEventId) {
    return of(key, lastEventId, ids -> Mono.empty());
  }

  /**
   * As {@link #of(String, String)}, with something that must be done before rows are shown.
   *
   * @param showing is given the ids of rows that this stream has not shown yet; they are shown when
   *     it completes. While it fails, it is tried once a second, and the viewer is told that the
   *     list is stale
   */
  public Flux<ServerSentEvent<String>> of(
      String key, @Nullable String lastEventId, Function<List<String>, Mono<Void>> showing) {
    return of(key, lastEventId, showing, "", Flux.empty());
  }

  /**
   * The same, with what cannot wait for the next look at the list.
   *
   * @param name of the events beside the list
   * @param beside what they say; it shows nothing that would have to be announced. Their events
   *     have no id, so nobody catches up with them
   */
  public Flux<ServerSentEvent<String>> of(
      String key,
      @Nullable String lastEventId,
      Function<List<String>, Mono<Void>> showing,
      String name,
      Flux<?> beside) {
    return Flux.defer(
        () -> {
          var viewer = new Viewer(lastEventId);
          Flux<ServerSentEvent<String>> rows =
              poll.of(key)
                  .concatMap(
                      now -> {
                        List<ServerSentEvent<String>> events = viewer.events(now);
                        return announced(viewer.newlyShown(), showing)
                            .concatWith(Flux.fromIterable(events));
                      },
                      1);
          return streams.served(
              Flux.merge(1, rows, beside.map(data -> streams.event(name, null, data))));
        });
  }

  private Flux<ServerSentEvent<String>> announced(
      List<String> ids, Function<List<String>, Mono<Void>> showing) {
    if (ids.isEmpty()) {
      return Flux.empty();
    }
    return showing
        .apply(ids)
        .thenMany(Flux.<ServerSentEvent<String>>empty())
        .onErrorResume(
            failure ->
                Flux.just(stale(Instant.ofEpochMilli(streams.scheduler().now(MILLISECONDS))))
                    .concatWith(
                        Mono.delay(ANNOUNCE_AGAIN, streams.scheduler())
                            .thenMany(Flux.defer(() -> announced(ids, showing)))));
  }

  private ServerSentEvent<String> stale(Instant since) {
    return streams.event("stale", null, Map.of("since", since));
  }

  /** Asks soon: something about this key has changed. */
  public void nudge(String key) {
    poll.nudge(key);
  }

  private Rows<T> next(@Nullable Rows<T> before, List<T> answer, Function<T, String> idOf) {
    var rows = new LinkedHashMap<String, T>();
    answer.forEach(row -> rows.put(idOf.apply(row), row));
    if (before == null) {
      return new Rows<>(streams.newRun(), 1, rows, new ArrayDeque<>());
    }
    var ids = new LinkedHashSet<String>();
    rows.forEach(
        (id, row) -> {
          if (!row.equals(before.rows().get(id))) {
            ids.add(id);
          }
        });
    before.rows().keySet().stream().filter(id -> !rows.containsKey(id)).forEach(ids::add);
    boolean reordered = !List.copyOf(before.rows().keySet()).equals(List.copyOf(rows.keySet()));
    if (ids.isEmpty() && !reordered) {
      return before;
    }
    var changes = new ArrayDeque<>(before.changes());
    changes.addLast(new Change(before.number() + 1, ids, reordered));
    if (changes.size() > REMEMBERED) {
      changes.removeFirst();
    }
    return new Rows<>(before.run(), before.number() + 1, rows, changes);
  }

  /** One screen: what it has seen decides what it is sent. Its signals come one after the other. */
  private final class Viewer {
    private final Set<String> shown = new HashSet<>();
    private List<String> newlyShown = List.of();
    private @Nullable String run;
    private long seen;

    Viewer(@Nullable String lastEventId) {
      if (lastEventId != null && lastEventId.matches("[0-9a-z]{1,32}-[0-9]{1,18}")) {
        int dash = lastEventId.indexOf('-');
        run = lastEventId.substring(0, dash);
        seen = Long.parseLong(lastEventId.substring(dash + 1));
      }
    }

    List<ServerSentEvent<String>> events(Seen<Rows<T>> now) {
      var events = new ArrayList<ServerSentEvent<String>>(2);
      newlyShown = List.of();
      Rows<T> rows = now.state();
      if (rows != null) {
        rowsSince(rows, events);
      }
      Instant staleSince = now.staleSince();
      if (staleSince != null) {
        events.add(stale(staleSince));
      }
      return events;
    }

    private void rowsSince(Rows<T> rows, List<ServerSentEvent<String>> events) {
      String id = rows.run() + "-" + rows.number();
      if (!rows.run().equals(run) || seen > rows.number() || forgotten(rows)) {
        shows(rows.rows().keySet(), rows);
        events.add(
            streams.event("snapshot", id, Map.of("rows", List.copyOf(rows.rows().values()))));
      } else {
        events.add(streams.event("changes", id, since(rows)));
      }
      run = rows.run();
      seen = rows.number();
    }

    /** Of what the last events show, what this stream has not shown before. */
    List<String> newlyShown() {
      return newlyShown;
    }

    private void shows(Collection<String> ids, Rows<T> rows) {
      shown.retainAll(rows.rows().keySet());
      newlyShown = ids.stream().filter(shown::add).toList();
    }

    private boolean forgotten(Rows<T> rows) {
      long oldest =
          rows.changes().isEmpty() ? rows.number() + 1 : rows.changes().getFirst().number();
      return seen < oldest - 1;
    }

    private Map<String, Object> since(Rows<T> rows) {
      List<Change> missed =
          rows.changes().stream().filter(change -> change.number() > seen).toList();
      var put = new LinkedHashMap<String, T>();
      var gone = new LinkedHashSet<String>();
      missed.stream()
          .map(Change::ids)
          .flatMap(Collection::stream)
          .forEach(
              id -> {
                T row = rows.rows().get(id);
                if (row == null) {
                  gone.add(id);
                } else {
                  put.put(id, row);
                }
              });
      shows(put.keySet(), rows);
      var said = new LinkedHashMap<String, Object>();
      said.put("put", List.copyOf(put.values()));
      said.put("gone", List.copyOf(gone));
      if (missed.stream().anyMatch(Change::reordered)) {
        said.put("order", List.copyOf(rows.rows().keySet()));
      }
      return said;
    }
  }
}
