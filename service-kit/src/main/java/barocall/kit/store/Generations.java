package barocall.kit.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which database of a service is the present one. A rebuild fills the next and then makes that the
 * present one, by one compare-and-set.
 *
 * <p>Generation 0 is the database {@code barocall_<service>}, generation n {@code
 * barocall_<service>_n}. The collection {@code generations} of the former says which one is present
 * and who is rebuilding; nobody needs another.
 */
public final class Generations {
  private static final Logger LOG = LoggerFactory.getLogger(Generations.class);
  private static final String CONTROL = "generations";
  private static final String PRESENT = "present";
  private static final String REBUILD = "rebuild";

  /** How often whoever rebuilds has to say that they are still there. */
  public static final Duration SAY_EVERY = Duration.ofSeconds(3);

  private static final Duration GONE_AFTER = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final MongoClient client;
  private final String base;
  private final Clock clock;
  private final MongoCollection<Document> control;

  /**
   * @param base the database of generation 0
   */
  public Generations(MongoClient client, String base, Clock clock) {
    this.client = client;
    this.base = base;
    this.clock = clock;
    this.control = client.getDatabase(base).getCollection(CONTROL);
  }

  /** The generation that is present; 0 if nothing was ever rebuilt. */
  public long present() {
    return find(PRESENT).map(it -> it.getLong("generation")).orElse(0L);
  }

  /**
   * As {@link #present()}, where the store may not be there yet.
   *
   * @throws IllegalStateException with one sentence when no store answers for so long
   */
  long present(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return present();
      } catch (MongoException | StoreAwayException away) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "No store answers. Start it, or set MONGODB_URI to where it is.", away);
        }
        LOG.warn("The store does not answer yet; waiting for it.");
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the store", e);
    }
  }

  /** The database of a generation. */
  public MongoDatabase database(long generation) {
    return client.getDatabase(name(generation));
  }

  private String name(long generation) {
    return generation == 0 ? base : base + "_" + generation;
  }

  /**
   * That one rebuild goes on, from the present generation to the next.
   *
   * @param token by which it is told from others
   */
  public record Claim(long from, long to, String token) {}

  /**
   * Takes the right to rebuild. What an earlier rebuild left behind that was cut off is removed.
   *
   * @throws RebuildRefusedException when another rebuild is going on
   */
  public Claim claim() {
    Instant now = clock.instant();
    Optional<Document> earlier = find(REBUILD);
    if (earlier.filter(it -> isAlive(it, now)).isPresent()) {
      throw new RebuildRefusedException(
          "%s is being rebuilt already; wait for the end of that, or end it and try again after %d seconds."
              .formatted(base, GONE_AFTER.toSeconds()));
    }
    long from = present();
    long to = Math.max(from, earlier.map(it -> it.getLong("generation")).orElse(0L)) + 1;
    var claim = new Claim(from, to, UUID.randomUUID().toString());
    Document mine =
        new Document("_id", REBUILD)
            .append("from", from)
            .append("generation", to)
            .append("token", claim.token())
            .append("seenAt", Date.from(now));
    boolean won =
        earlier.isEmpty() ? inserted(mine) : replaced(earlier.get().getString("token"), mine);
    if (!won) {
      throw new RebuildRefusedException(base + " is being rebuilt already by somebody faster.");
    }
    earlier.stream()
        .flatMap(it -> Stream.of(it.getLong("from"), it.getLong("generation")))
        .filter(it -> it != from)
        .forEach(this::drop);
    drop(to);
    return claim;
  }

  private static boolean isAlive(Document rebuild, Instant now) {
    return rebuild.getDate("seenAt").toInstant().isAfter(now.minus(GONE_AFTER));
  }

  /**
   * Says that the rebuild still goes on.
   *
   * @throws RebuildRefusedException when another one took its place
   */
  public void keep(Claim claim) {
    var kept =
        result(
            control.updateOne(
                new Document("_id", REBUILD).append("token", claim.token()),
                new Document("$set", new Document("seenAt", Date.from(clock.instant())))));
    if (kept == null || kept.getMatchedCount() != 1) {
      throw new RebuildRefusedException("Another rebuild of " + base + " took over.");
    }
  }

  /**
   * Makes the next generation the present one.
   *
   * @throws RebuildRefusedException when another one was faster
   */
  public void present(Claim claim) {
    keep(claim);
    Document next = new Document("_id", PRESENT).append("generation", claim.to());
    boolean won =
        claim.from() == 0 && find(PRESENT).isEmpty() ? inserted(next) : moved(claim.from(), next);
    if (!won) {
      throw new RebuildRefusedException("Another generation of " + base + " is present already.");
    }
  }

  /** Ends the claim, and removes the generation that is of no use any more: the old or the new. */
  public void end(Claim claim) {
    drop(present() == claim.to() ? claim.from() : claim.to());
    result(control.deleteOne(new Document("_id", REBUILD).append("token", claim.token())));
  }

  private boolean inserted(Document document) {
    try {
      result(control.insertOne(document));
      return true;
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
        return false;
      }
      throw e;
    }
  }

  private boolean replaced(String token, Document mine) {
    var replaced =
        result(control.replaceOne(new Document("_id", REBUILD).append("token", token), mine));
    return replaced != null && replaced.getMatchedCount() == 1;
  }

  private boolean moved(long from, Document next) {
    var moved =
        result(control.replaceOne(new Document("_id", PRESENT).append("generation", from), next));
    return moved != null && moved.getMatchedCount() == 1;
  }

  /** Removes all that a generation holds; what says which one is present stays. */
  private void drop(long generation) {
    MongoDatabase database = database(generation);
    if (generation != 0) {
      result(database.drop());
      return;
    }
    List<String> names = Awaiting.result(Flux.from(database.listCollectionNames()).collectList());
    for (String name : names == null ? List.<String>of() : names) {
      if (!name.equals(CONTROL) && !name.startsWith("system.")) {
        result(database.getCollection(name).drop());
      }
    }
  }

  private Optional<Document> find(String id) {
    return Optional.ofNullable(result(control.find(new Document("_id", id))));
  }

  private static <T> @Nullable T result(Publisher<T> work) {
    return Awaiting.result(Mono.from(work));
  }
}
