package barocall.testkit;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Work that goes on beside a test until it is closed. If it fails meanwhile, closing fails with
 * what it failed by: what the test waits for would never have come.
 */
public final class Beside implements AutoCloseable {
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Disposable work;

  private Beside(Publisher<?> work) {
    this.work = Flux.from(work).subscribe(done -> {}, failure::set);
  }

  /** Begins it. */
  public static Beside doing(Publisher<?> work) {
    return new Beside(work);
  }

  /**
   * Ends it.
   *
   * @throws AssertionError if it had failed
   */
  @Override
  public void close() {
    work.dispose();
    Throwable failed = failure.get();
    if (failed != null) {
      throw new AssertionError("What was done beside the test failed", failed);
    }
  }
}
