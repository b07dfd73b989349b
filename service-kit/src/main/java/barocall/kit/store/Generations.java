package barocall.kit.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
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
 * <p>Before it does, it closes the old one: who works on a generation is noted while they do, and
 * ends when it is being closed, see {@link Fence}.
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
  private static final String CLOSING = "closing";
  private static final String INSTANCE = "instance/";
  private static final Document INSTANCES =
      new Document("_id", new Document("$gte", INSTANCE).append("$lt", "instance0"));

  /** How often whoever rebuilds has to say that they are still there. */
  public static final Duration SAY_EVERY = Duration.ofSeconds(3);

  private static final Duration GONE_AFTER = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LEFT_BEHIND_AFTER = Duration.ofDays(1);

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
   * Enters the present generation to work on it; while it is being closed, that is waited for.
   *
   * @param instance tells this process from all others
   * @param patience for a store that may not be there yet
   * @return the generation
   * @throws IllegalStateException with one sentence when no store answers for so long
   */
  long enter(String instance, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Silence silence = new Silence();
    while (true) {
      try {
        Document present = find(PRESENT).orElse(new Document());
        if (!present.containsKey(CLOSING)) {
          // This before the look that counts: whoever closes it does it the other way round.
          stay(instance);
          present = find(PRESENT).orElse(new Document());
        }
        String closing = present.getString(CLOSING);
        if (closing == null) {
          forgetLongGone();
          return present.get("generation", 0L);
        }
        result(leave(instance));
        if (silence.isOver(find(REBUILD).map(it -> it.getDate("seenAt")).orElse(null))) {
          LOG.warn("Whoever rebuilt {} is gone; it goes on as it was.", base);
          reopen(closing);
        } else {
          LOG.info("{} is being rebuilt; waiting for the end of that.", base);
          pause();
        }
        deadline = System.nanoTime() + patience.toNanos();
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

  /** Whether something has not changed for so long that nobody is there, by the monotonic clock. */
  private static final class Silence {
    private @Nullable Object last;
    private long since = System.nanoTime();

    boolean isOver(@Nullable Object now) {
      if (!Objects.equals(now, last)) {
        last = now;
        since = System.nanoTime();
      }
      return System.nanoTime() - since > GONE_AFTER.toNanos();
    }
  }

  /** That process works on the present generation. */
  void stay(String instance) {
    result(
        control.updateOne(
            new Document("_id", INSTANCE + instance),
            new Document("$set", new Document("seenAt", Date.from(clock.instant()))),
            new UpdateOptions().upsert(true)));
  }

  /** Those that have not been seen for long were killed; nobody has to wait for them. */
  private void forgetLongGone() {
    Date longAgo = Date.from(clock.instant().minus(LEFT_BEHIND_AFTER));
    result(
        control.deleteMany(new Document(INSTANCES).append("seenAt", new Document("$lt", longAgo))));
  }

  /** That process does not work on any generation any more. */
  Mono<Void> leave(String instance) {
    return Mono.from(control.deleteOne(new Document("_id", INSTANCE + instance))).then();
  }

  /** Whether that generation is the present one, and is not being closed. */
  Mono<Boolean> isOpen(long generation) {
    return Mono.from(control.find(new Document("_id", PRESENT)))
        .defaultIfEmpty(new Document())
        .map(
            present ->
                present.get("generation", 0L) == generation && !present.containsKey(CLOSING));
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
    // The earlier one can no longer make its own generation the present one.
    earlier.ifPresent(it -> reopen(it.getString("token")));
    if (present() != from) {
      end(claim);
      throw new RebuildRefusedException(
          base + " was rebuilt just now; begin again if it is to be once more.");
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
   * Closes the generation that is still present: no service begins to work on it any more, and
   * those that do end themselves within seconds. Returns when they have, or can write to it no
   * more.
   *
   * @throws RebuildRefusedException when another one was faster
   */
  public void close(Claim claim) {
    keep(claim);
    boolean closed =
        claim.from() == 0
            && find(PRESENT).isEmpty()
            && inserted(
                new Document("_id", PRESENT)
                    .append("generation", 0L)
                    .append(CLOSING, claim.token()));
    if (!closed) {
      var marked =
          result(
              control.updateOne(
                  new Document("_id", PRESENT).append("generation", claim.from()),
                  new Document("$set", new Document(CLOSING, claim.token()))));
      if (marked == null || marked.getMatchedCount() != 1) {
        throw new RebuildRefusedException("Another generation of " + base + " is present already.");
      }
    }
    long deadline = System.nanoTime() + GONE_AFTER.toNanos();
    while (result(control.find(INSTANCES).first()) != null && System.nanoTime() < deadline) {
      LOG.info("Waiting for instances of {} that have not ended.", base);
      pause();
    }
    // Whoever is left was killed, or has not been allowed to write for a while.
    result(control.deleteMany(INSTANCES));
  }

  /**
   * Makes the next generation the present one, after {@link #close}.
   *
   * @throws RebuildRefusedException when another one was faster, or a service went on meanwhile
   */
  public void present(Claim claim) {
    keep(claim);
    var moved =
        result(
            control.replaceOne(
                new Document("_id", PRESENT)
                    .append("generation", claim.from())
                    .append(CLOSING, claim.token()),
                new Document("_id", PRESENT).append("generation", claim.to())));
    if (moved == null || moved.getMatchedCount() != 1) {
      throw new RebuildRefusedException(
          "Another generation of %s is present, or a service goes on with the old one; nothing has changed, begin the rebuild again."
              .formatted(base));
    }
  }

  /** Ends the claim, and removes the generation that is of no use any more: the old or the new. */
  public void end(Claim claim) {
    // From here on the next generation becomes the present one no more, if it is not.
    reopen(claim.token());
    drop(present() == claim.to() ? claim.from() : claim.to());
    result(control.deleteOne(new Document("_id", REBUILD).append("token", claim.token())));
  }

  private void reopen(String token) {
    result(
        control.updateOne(
            new Document("_id", PRESENT).append(CLOSING, token),
            new Document("$unset", new Document(CLOSING, ""))));
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
