package barocall.local;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Answers a write command only after it is in the file, and never writes half a command to it.
 *
 * <p>Commands change memory under the shared side of a lock and are committed under the exclusive
 * side, so a commit sees whole commands only, and one commit serves all that wait for it. After a
 * commit that failed, nothing is answered any more: what memory holds is no longer what the file
 * will show.
 */
final class StoreBackend extends H2Backend {
  private static final Set<String> READS =
      Set.of(
          "aggregate",
          "buildinfo",
          "collstats",
          "count",
          "dbstats",
          "distinct",
          "find",
          "getmore",
          "hello",
          "ismaster",
          "killcursors",
          "listcollections",
          "listdatabases",
          "listindexes",
          "ping",
          "serverstatus");

  private static final int COMPACT_EVERY_COMMITS = 500;
  private static final int COMPACT_BELOW_PERCENT = 50;
  private static final int COMPACT_BYTES = 4 << 20;
  private static final int CACHE_MEGABYTES = 64;
  private static final int RETENTION_MILLIS = 5_000;

  private final ReadWriteLock whole = new ReentrantReadWriteLock(true);
  private final Object commits = new Object();
  private long applied;
  private long committed;
  private int sinceCompaction;
  private volatile boolean broken;
  private final Consumer<RuntimeException> whenBroken;

  private StoreBackend(MVStore store, Consumer<RuntimeException> whenBroken) {
    super(store);
    this.whenBroken = whenBroken;
  }

  /**
   * Opens the file, or makes it.
   *
   * @param whenBroken told before anybody is answered that the file does not take what was written,
   *     as when the disk is full
   */
  static StoreBackend open(Path file, Consumer<RuntimeException> whenBroken) {
    var store =
        new MVStore.Builder()
            .fileName(file.toString())
            // Both would write in the middle of a command.
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .cacheSize(CACHE_MEGABYTES)
            .open();
    store.setRetentionTime(RETENTION_MILLIS);
    return new StoreBackend(store, whenBroken);
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new Database(name);
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    if (broken) {
      throw noLongerThere();
    }
    Document query = message.getDocument();
    String command = query.keySet().iterator().next();
    if (READS.contains(command.toLowerCase(Locale.ROOT)) && !writesElsewhere(query)) {
      return super.handleMessage(message);
    }
    long ticket;
    Lock shared = whole.readLock();
    shared.lock();
    try {
      return super.handleMessage(message);
    } finally {
      synchronized (commits) {
        ticket = ++applied;
      }
      shared.unlock();
      commitUpTo(ticket);
    }
  }

  @Override
  public void close() {
    whole.writeLock().lock();
    try {
      super.close();
    } finally {
      whole.writeLock().unlock();
    }
  }

  /** An aggregation that ends in {@code $out} or {@code $merge} writes. */
  private static boolean writesElsewhere(Document query) {
    return query.get("pipeline") instanceof Iterable<?> stages
        && stages.iterator().hasNext()
        && stages.toString().matches("(?s).*\\$(out|merge)\\b.*");
  }

  private void commitUpTo(long ticket) {
    Lock exclusive = whole.writeLock();
    exclusive.lock();
    try {
      if (committed >= ticket) {
        return;
      }
      if (broken) {
        throw noLongerThere();
      }
      if (getMvStore().isClosed()) {
        // Closing wrote what was applied before it.
        return;
      }
      long all;
      synchronized (commits) {
        all = applied;
      }
      writeToFile();
      committed = all;
    } finally {
      exclusive.unlock();
    }
  }

  private void writeToFile() {
    try {
      getMvStore().commit();
      if (++sinceCompaction >= COMPACT_EVERY_COMMITS) {
        sinceCompaction = 0;
        getMvStore().compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES);
      }
    } catch (RuntimeException failure) {
      broken = true;
      whenBroken.accept(failure);
      throw failure;
    }
  }

  private static IllegalStateException noLongerThere() {
    return new IllegalStateException("The store's file could not be written");
  }

  /**
   * Opens {@link StoreCollection}s. An inner class, because the superclass opens collections in its
   * constructor, when nothing but the enclosing backend is there yet.
   */
  private final class Database extends H2Database {
    Database(String name) {
      super(name, getMvStore(), getCursorRegistry());
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(
        String collection, CollectionOptions options) {
      String full = getDatabaseName() + "." + collection;
      MVMap<Object, Document> data =
          getMvStore()
              .openMap(
                  "databases." + full,
                  new MVMap.Builder<Object, Document>().valueType(new StoredTypes.DocumentType()));
      MVMap<String, Object> meta = getMvStore().openMap("meta." + full);
      return new StoreCollection(this, collection, options, data, meta, cursorRegistry);
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
        String collection, String index, List<IndexKey> keys, boolean sparse) {
      // The superclass opens it by this name and then gets the one that is open.
      getMvStore()
          .openMap(
              getDatabaseName() + "." + collection + "._index_" + index,
              new MVMap.Builder<KeyValue, Object>().keyType(new StoredTypes.KeyType()));
      return super.openOrCreateUniqueIndex(collection, index, keys, sparse);
    }
  }
}
