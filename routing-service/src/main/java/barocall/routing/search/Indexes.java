package barocall.routing.search;

import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.UnreadableEventException;
import barocall.routing.cases.Case;
import barocall.routing.cases.MongoCases.Change;
import barocall.routing.precedents.Wording;
import barocall.routing.search.CaseIndex.Found;
import barocall.routing.search.CaseIndex.Position;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps the words of all cases on this machine's disk, each city's by themselves: first all that
 * the store has, then what is written, a second or two after it. One thread does it, and no more
 * than so much at once: what comes in masses is found by its words some minutes later rather than
 * that anybody waits for it. Nothing is decided by it and nothing lost with it; a folder that is
 * gone is made anew from the store.
 *
 * <p>What stands here leads to a case and shows nothing of it: whoever asks looks it up in the
 * store.
 */
final class Indexes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);

  /** So many cases a round where all are read: the round is over within seconds. */
  private static final int SCANNED_AT_ONCE = 2_000;

  /** So many a round of those that were written: far more than any centre writes for long. */
  private static final int CHANGES_AT_ONCE = 200;

  private static final int LISTED_AT_ONCE = 5_000;
  private static final int LISTED_FAR_AGAIN = 100_000;
  private static final int FOUND_AT_ONCE = 32;

  /** Others write with clocks of their own, and a moment after they looked at them. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** As far back it looks from time to time, for clocks that are further off. */
  private static final Duration FAR_AGAIN = Duration.ofMinutes(5);

  private static final Duration FAR_AGAIN_EVERY = Duration.ofSeconds(30);
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(30);

  /** Files of hundreds of megabytes are not written anew for each case that is erased. */
  private static final Duration TIDY_EVERY = Duration.ofMinutes(10);

  /** How long it is kept that a case was written; who was away longer reads all cases anew. */
  static final Duration CHANGES_KEPT = Duration.ofDays(7);

  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final Duration AT_MOST = Duration.ofMinutes(2);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(2);

  private final List<City> cities;
  private final Source source;
  private final Path folder;
  private final Clock clock;
  private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread;
  private boolean failing;

  /** The index of one city and how far it is. Only the thread changes it. */
  private static final class Shelf {
    final CaseIndex index;
    final Set<String> seen = new LinkedHashSet<>();
    volatile Position position;
    Instant farAgainAt = Instant.EPOCH;
    Instant committedAt;
    Instant tidiedAt = Instant.EPOCH;
    Instant forgottenAt = Instant.EPOCH;
    boolean dirty;

    Shelf(CaseIndex index, Position position, Instant now) {
      this.index = index;
      this.position = position;
      this.committedAt = now;
    }
  }

  /**
   * @param folder of this instance and this database alone: what else lies beside it goes
   */
  Indexes(Source source, Cities cities, Path folder, Clock clock, Duration every) {
    this.source = source;
    this.cities = cities.all();
    this.folder = folder;
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread indexing = new Thread(work, "case-index");
              indexing.setDaemon(true);
              return indexing;
            });
    var unused =
        thread.scheduleWithFixedDelay(this::round, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether every case of a city is found by its words; until then some are. */
  boolean isReady(String city) {
    Shelf shelf = shelves.get(city);
    return shelf != null && shelf.position.scannedTo() == null;
  }

  /** The newest cases that have all of the words, those first that wait at the desk. */
  Found find(String city, String words, int atMost) {
    Shelf shelf = shelves.get(city);
    try {
      return shelf == null ? Found.NOTHING : shelf.index.find(words, atMost);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Whether a case has all of the words now. */
  boolean has(Case known, String words) {
    Shelf shelf = shelves.get(known.city());
    return shelf != null && shelf.index.has(known, words);
  }

  /** A failed round is said once, made good by the next, and holds up no other city. */
  private void round() {
    boolean failed = false;
    for (City city : cities) {
      try {
        follow(city);
      } catch (IOException | RuntimeException | LinkageError failure) {
        failed = true;
        if (!failing && !thread.isShutdown()) {
          LOG.warn(
              "The words of cases of {} could not be indexed; it will be tried again: {}",
              city.id(),
              failure.getClass().getSimpleName());
        }
        // A store that is away is no fault of the index.
        if (!(failure instanceof RuntimeException) || failure instanceof AlreadyClosedException) {
          reopenLater(city);
        }
      }
    }
    failing = failed;
  }

  /** What cannot be written is opened anew at the next round, as it was last committed. */
  private void reopenLater(City city) {
    Shelf shelf = shelves.remove(city.id());
    if (shelf != null) {
      closed(shelf);
    }
  }

  private static void closed(Shelf shelf) {
    try {
      shelf.index.close();
    } catch (IOException | RuntimeException unreadable) {
      LOG.debug("An index could not be closed", unreadable);
    }
  }

  private void follow(City city) throws IOException {
    Shelf shelf = shelves.get(city.id());
    Instant now = clock.instant();
    if (shelf == null) {
      shelf = opened(city, now);
      shelves.put(city.id(), shelf);
    }
    scan(city, shelf);
    readChanges(city, shelf, now);
    if (shelf.dirty) {
      shelf.index.show();
    }
    tidy(shelf, now);
    if (shelf.dirty && shelf.committedAt.isBefore(now.minus(COMMIT_EVERY))) {
      commit(shelf, now);
    }
    if (shelf.forgottenAt.isBefore(now.minus(FORGET_EVERY))) {
      source.forgetChangesBefore(city.id(), now.minus(CHANGES_KEPT)).block(AT_MOST);
      shelf.forgottenAt = now;
    }
  }

  /** As it was left; anew where it was left too long ago, or cannot be read. */
  private Shelf opened(City city, Instant now) throws IOException {
    Wording wording =
        Wording.ofEveryWord(
            city.language(),
            city.categories().stream().flatMap(it -> it.keywords().stream()).toList());
    Path place = folder.resolve(city.id());
    removeOthers();
    Files.createDirectories(place);
    CaseIndex index;
    try {
      index = CaseIndex.open(place, wording);
    } catch (LockObtainFailedException another) {
      throw another;
    } catch (CorruptIndexException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | IndexNotFoundException
        | NoSuchFileException
        | EOFException
        | IllegalArgumentException unreadable) {
      // Anything else, such as too many open files, is no fault of the index.
      LOG.warn(
          "The index of {} cannot be read and is made anew: {}",
          city.id(),
          unreadable.getClass().getSimpleName());
      remove(place);
      Files.createDirectories(place);
      index = CaseIndex.open(place, wording);
    }
    Position left = upTo(index.position(), now);
    Position fresh = Position.start(now.minus(FAR_AGAIN));
    if (left == null) {
      return new Shelf(index, fresh, now);
    }
    boolean tooLongAgo = left.readTo().isBefore(now.minus(CHANGES_KEPT.dividedBy(2)));
    return new Shelf(index, tooLongAgo ? fresh.untidy(left.untidy()) : left, now);
  }

  /** A clock that was ahead, or is set back, must not hide what is written from now on. */
  private static @Nullable Position upTo(@Nullable Position left, Instant now) {
    return left != null && left.readTo().isAfter(now) ? left.readTo(now) : left;
  }

  /** Those of a store that was rebuilt since. */
  private void removeOthers() throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(parent)) {
      for (Path one : all) {
        if (!one.getFileName().equals(folder.getFileName())) {
          remove(one);
        }
      }
    }
  }

  private static void remove(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }

  /** A part of all cases, in the order of their ids. */
  private void scan(City city, Shelf shelf) throws IOException {
    String from = shelf.position.scannedTo();
    if (from == null) {
      return;
    }
    List<Case> some =
        source
            .casesAfter(city.id(), from, SCANNED_AT_ONCE)
            .collectList()
            .blockOptional(AT_MOST)
            .orElse(List.of());
    if (some.isEmpty()) {
      shelf.position = shelf.position.scannedTo(null);
    } else {
      for (Case known : some) {
        put(shelf, known);
      }
      shelf.position = shelf.position.scannedTo(some.get(some.size() - 1).inquiryId());
    }
    shelf.dirty = true;
  }

  /** What was written since, each case once, as it is now. */
  private void readChanges(City city, Shelf shelf, Instant now) throws IOException {
    boolean far = shelf.farAgainAt.isBefore(now.minus(FAR_AGAIN_EVERY));
    Instant from = shelf.position.readTo().minus(far ? FAR_AGAIN : AGAIN);
    int most = far ? LISTED_FAR_AGAIN : LISTED_AT_ONCE;
    List<Change> all =
        source
            .changesSince(city.id(), from, most)
            .collectList()
            .blockOptional(AT_MOST)
            .orElse(List.of());
    List<Change> listed = all.stream().filter(it -> !shelf.seen.contains(it.note())).toList();
    shelf.farAgainAt = far ? now : shelf.farAgainAt;
    if (listed.isEmpty()) {
      Instant last = all.isEmpty() ? Instant.EPOCH : all.get(all.size() - 1).at();
      if (all.size() >= most && !far && last.isAfter(shelf.position.readTo())) {
        shelf.position = shelf.position.readTo(earlier(last, now));
      }
      return;
    }
    Map<String, Change> some = new HashMap<>();
    List<String> notes = new ArrayList<>();
    Instant to = shelf.position.readTo();
    for (Change change : listed) {
      if (some.size() >= CHANGES_AT_ONCE && !some.containsKey(change.inquiryId())) {
        break;
      }
      some.put(change.inquiryId(), change);
      notes.add(change.note());
      to = change.at().isAfter(to) ? change.at() : to;
    }
    List<Case> known =
        Flux.fromIterable(some.keySet())
            .flatMap(this::readable, FOUND_AT_ONCE)
            .collectList()
            .blockOptional(AT_MOST)
            .orElse(List.of());
    for (Case one : known) {
      put(shelf, one);
    }
    // Only now: what could not be read is listed again by the next round.
    shelf.seen.addAll(notes);
    shelf.position = shelf.position.readTo(earlier(to, now));
    Instant oldest = to.minus(FAR_AGAIN.multipliedBy(2));
    shelf.seen.removeIf(note -> at(note).isBefore(oldest));
    shelf.dirty = true;
  }

  /** The case; one that is there and cannot be understood does not hold up the others. */
  private Mono<Case> readable(String inquiryId) {
    return source
        .find(inquiryId)
        .onErrorResume(
            UnreadableEventException.class,
            unreadable -> {
              LOG.warn("The case {} cannot be read and is not indexed", inquiryId);
              return Mono.empty();
            });
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant at(String note) {
    return Instant.parse(note.split("/", -1)[2]);
  }

  /** One whose words cannot be analysed does not hold up the others. */
  private static void put(Shelf shelf, Case known) throws IOException {
    if (known.isErasedInPart()) {
      shelf.position = shelf.position.untidy(true);
    }
    try {
      shelf.index.put(known);
    } catch (RuntimeException unreadable) {
      LOG.warn(
          "Words of {} cannot be indexed: {}",
          known.inquiryId(),
          unreadable.getClass().getSimpleName());
    }
  }

  /** What was erased leaves the disk. */
  private static void tidy(Shelf shelf, Instant now) throws IOException {
    boolean whole = shelf.position.scannedTo() == null;
    if (shelf.position.untidy() && whole && shelf.tidiedAt.isBefore(now.minus(TIDY_EVERY))) {
      shelf.index.tidy();
      shelf.position = shelf.position.untidy(false);
      shelf.tidiedAt = now;
      commit(shelf, now);
      // Only then nobody reads the old files any more, and they go.
      shelf.index.show();
    }
  }

  private static void commit(Shelf shelf, Instant now) throws IOException {
    shelf.index.commit(shelf.position);
    shelf.committedAt = now;
    shelf.dirty = false;
  }

  /** How many cases of a city are in it; null while it is not open. */
  @Nullable Integer size(String city) {
    Shelf shelf = shelves.get(city);
    return shelf == null ? null : shelf.index.size();
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      // Who is interrupted while writing loses what was not committed, and reads it again.
      if (!thread.awaitTermination(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
        var unused = thread.awaitTermination(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Shelf shelf : shelves.values()) {
      try {
        commit(shelf, clock.instant());
      } catch (IOException | RuntimeException unwritable) {
        LOG.debug("An index could not be committed", unwritable);
      }
      closed(shelf);
    }
    shelves.clear();
  }
}
