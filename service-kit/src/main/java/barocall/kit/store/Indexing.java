package barocall.kit.store;

import barocall.kit.process.Frames;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Declares the indexes before anything else begins; the server passes over those that it has. A
 * store that is away, or long at building one, is not waited for: that goes on beside the work.
 */
final class Indexing implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Indexing.class);
  private static final Duration AT_MOST = Duration.ofSeconds(5);

  private final MongoDatabase database;
  private final List<NeededIndex> needed;
  private @Nullable Disposable declaring;

  Indexing(MongoDatabase database, List<NeededIndex> needed) {
    this.database = database;
    this.needed = needed;
  }

  @Override
  public void start() {
    Mono<Void> declared =
        Flux.fromIterable(needed)
            .concatMap(
                index ->
                    database
                        .getCollection(index.collection())
                        .createIndex(Indexes.ascending(index.field())))
            .then()
            .doOnError(
                away ->
                    LOG.warn("Indexes are not declared yet: {}", away.getClass().getSimpleName()))
            .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofSeconds(1)).maxBackoff(AT_MOST))
            .cache();
    declaring =
        declared.subscribe(
            done -> {}, failure -> LOG.error("Indexes were not declared: {}", Frames.of(failure)));
    declared.timeout(AT_MOST, Mono.empty()).block();
  }

  @Override
  public void stop() {
    if (declaring != null) {
      declaring.dispose();
      declaring = null;
    }
  }

  @Override
  public boolean isRunning() {
    return declaring != null;
  }

  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }
}
