package barocall.testkit.model;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lets code run again up to where it stood: the first accesses are answered as they were, and at
 * the first one that was not answered yet the run ends. As the code knows nothing but the answers,
 * it comes to the same place each time, so the answers are all there is to know of where it stands.
 */
public final class Replay {
  private final List<Object> answers;
  private final @Nullable Function<Access, Object> live;
  private int given;
  private @Nullable Access pending;

  private Replay(List<Object> answers, @Nullable Function<Access, Object> live) {
    this.answers = answers;
    this.live = live;
  }

  /** Up to where those answers lead. */
  static Replay of(List<Object> answers) {
    return new Replay(answers, null);
  }

  /** To the end, each access answered as it comes. */
  static Replay live(Function<Access, Object> live) {
    return new Replay(List.of(), live);
  }

  /** An answer that is none: the store or broker cannot be reached. */
  public record Away() {}

  /** What code sees of a store or broker that cannot be reached. */
  public static final class AwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AwayException() {
      super("away", null, false, false);
    }
  }

  /** Ends a run of blocking code; no fault, and caught by nobody else. */
  static final class Stands extends Error {
    private static final long serialVersionUID = 1L;

    Stands() {
      super("stands at an access", null, false, false);
    }
  }

  @Nullable Access pending() {
    return pending;
  }

  /** The answer to blocking code. */
  public Object answer(Access access) {
    if (live != null) {
      return live.apply(access);
    }
    if (given == answers.size()) {
      pending = access;
      throw new Stands();
    }
    return answer(answers.get(given++));
  }

  /**
   * The answer to reactive code, when it is asked for. Where several are asked for at once, they
   * come one after the other.
   */
  public <T> Mono<T> later(Access access, Function<Object, Mono<T>> as) {
    return Mono.defer(
        () -> {
          if (live != null) {
            return as.apply(live.apply(access));
          }
          if (pending != null) {
            return Mono.never();
          }
          if (given == answers.size()) {
            pending = access;
            return Mono.never();
          }
          return as.apply(answer(answers.get(given++)));
        });
  }

  private static Object answer(Object answer) {
    if (answer instanceof Away) {
      throw new AwayException();
    }
    return answer;
  }
}
