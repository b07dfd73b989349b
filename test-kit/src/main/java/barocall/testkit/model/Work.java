package barocall.testkit.model;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A piece of work that a process begins when it is at rest: real code.
 *
 * @param name as a printed schedule calls it; two works of one process with the same name are the
 *     same
 * @param code runs it as far as its answers go
 * @param then at what the process rests when it has ended, or the next work
 */
public record Work(
    String name, Function<Replay, @Nullable Ended> code, Function<Ended, Object> then) {

  /** How it ended: with a value, or with a failure. */
  public record Ended(@Nullable Object value, @Nullable Throwable failure) {}

  /** Work that waits for each answer. */
  public static Work blocking(
      String name,
      Function<Replay, @Nullable Object> code,
      BiFunction<@Nullable Object, @Nullable Throwable, Object> then) {
    return new Work(
        name,
        replay -> {
          try {
            return new Ended(code.apply(replay), null);
          } catch (Replay.Stands stands) {
            return null;
          } catch (RuntimeException failure) {
            return new Ended(null, failure);
          }
        },
        ended -> then.apply(ended.value(), ended.failure()));
  }

  /** Work that is told each answer, and does nothing in other threads. */
  public static <T> Work reactive(
      String name,
      Function<Replay, Mono<T>> code,
      BiFunction<@Nullable Object, @Nullable Throwable, Object> then) {
    return new Work(
        name,
        replay -> {
          Ended[] end = new Ended[1];
          code.apply(replay)
              .subscribe(
                  value -> end[0] = new Ended(value, null),
                  failure -> end[0] = new Ended(null, failure),
                  () -> {
                    if (end[0] == null) {
                      end[0] = new Ended(null, null);
                    }
                  });
          if (end[0] == null && replay.pending() == null) {
            throw new IllegalStateException(name + " waits for something that is no access");
          }
          return end[0];
        },
        ended -> then.apply(ended.value(), ended.failure()));
  }
}
