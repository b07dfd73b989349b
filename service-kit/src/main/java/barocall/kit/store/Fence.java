package barocall.kit.store;

import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Lets this process write to its generation only while that is the present one and is not being
 * closed by a rebuild. What it has seen counts for a few seconds; a rebuild waits for longer than
 * that, and only for processes that did not leave.
 */
public final class Fence implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fence.class);

  /** A write may take as long again until a rebuild goes on without us. */
  private static final Duration VALID = Duration.ofSeconds(8);

  /** The process has to end in time. */
  private static final Duration LEAVING = Duration.ofSeconds(1);

  private final Generations generations;
  private final String instance;
  private final long generation;
  private volatile long seenAt;
  private volatile boolean open = true;

  private Fence(Generations generations, String instance, long generation, long seenAt) {
    this.generations = generations;
    this.instance = instance;
    this.generation = generation;
    this.seenAt = seenAt;
  }

  /**
   * Enters the present generation; while it is being closed, that is waited for.
   *
   * @throws IllegalStateException with one sentence when no store answers for so long
   */
  public static Fence enter(Generations generations, Duration patience) {
    String instance = UUID.randomUUID().toString();
    long generation = generations.enter(instance, patience);
    // The first write looks for itself.
    return new Fence(generations, instance, generation, System.nanoTime() - VALID.toNanos());
  }

  /** The generation that this process works on, from its start to its end. */
  long generation() {
    return generation;
  }

  /** Completes when this process may write, and fails as if the store were away when it may not. */
  Mono<Void> passed() {
    return Mono.defer(
        () ->
            open && System.nanoTime() - seenAt < VALID.toNanos()
                ? Mono.empty()
                : look()
                    .flatMap(
                        there ->
                            there ? Mono.<Void>empty() : Mono.error(new StoreAwayException())));
  }

  private Mono<Boolean> look() {
    return Mono.defer(
        () -> {
          long now = System.nanoTime();
          return generations
              .isOpen(generation)
              .map(
                  there -> {
                    if (open && there) {
                      seenAt = now;
                    } else {
                      open = false;
                    }
                    return open;
                  });
        });
  }

  /** Looks, and says that this process is still there; false when it has to end. */
  public boolean isOpen() {
    boolean there = Boolean.TRUE.equals(Awaiting.result(look()));
    if (there) {
      generations.stay(instance);
    }
    return there;
  }

  /** Nothing is written any more, and nobody has to wait for this process. */
  @Override
  public void close() {
    open = false;
    try {
      generations.leave(instance).timeout(LEAVING).block();
    } catch (RuntimeException away) {
      LOG.debug("A rebuild may wait for this process: {}", away.getClass().getSimpleName());
    }
  }
}
