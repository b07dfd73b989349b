package barocall.local;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds by {@code _id} whatever else the filter asks for: the library's index serves only a filter
 * of {@code _id} alone and scans the collection for anything more.
 *
 * <p>Serves ids that are strings: one of them, a list of them, a range of them, and the order by
 * {@code _id}. Everything else is left to the library.
 */
final class StoreCollection extends H2Collection {
  private static final String ID = "_id";
  private static final Document ABSENT = new Document("$exists", false);

  private final MVMap<Object, Document> data;
  private final DefaultQueryMatcher matcher = new DefaultQueryMatcher();

  StoreCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      MVMap<Object, Document> data,
      MVMap<String, Object> meta,
      CursorRegistry cursors) {
    super(database, name, options, data, meta, cursors);
    this.data = data;
  }

  @Override
  protected QueryResult queryDocuments(
      Document query,
      @Nullable Document order,
      int skip,
      int limit,
      int batch,
      @Nullable Document fields) {
    if (!ID.equals(getIdField())) {
      return super.queryDocuments(query, order, skip, limit, batch, fields);
    }
    Object wanted = query.get(ID);
    List<String> ids = idsIn(wanted);
    if (ids != null) {
      Document rest = query.clone();
      rest.remove(ID);
      Stream<Document> found = ids.stream().map(data::get).filter(Objects::nonNull);
      return matchDocumentsFromStream(found, rest, order, skip, limit, batch, fields);
    }
    Range range = Range.of(wanted);
    boolean byId = order != null && order.keySet().equals(Set.of(ID));
    if (range == null && wanted == null && byId && hasOnlyStringIds()) {
      range = Range.ALL;
    }
    if (range == null) {
      return super.queryDocuments(query, order, skip, limit, batch, fields);
    }
    boolean descending = byId && ((Number) order.get(ID)).intValue() < 0;
    Stream<Document> found = between(range, descending);
    return matchDocumentsFromStream(found, query, byId ? null : order, skip, limit, batch, fields);
  }

  /**
   * Changes or replaces one document that is known by its id without copying it whole. The document
   * in the map is never changed in place: it may be read or written to the file meanwhile.
   */
  @Override
  public synchronized Document updateDocuments(
      Document selector,
      Document update,
      ArrayFilters arrayFilters,
      boolean multi,
      boolean upsert,
      Oplog oplog) {
    Document result =
        !multi && hasOnlyItsId() && oplog instanceof NoopOplog
            ? updateOne(selector, update, upsert)
            : null;
    return result == null
        ? super.updateDocuments(selector, update, arrayFilters, multi, upsert, oplog)
        : result;
  }

  private boolean hasOnlyItsId() {
    return ID.equals(getIdField()) && getIndexes().size() == 1;
  }

  /** The answer to the update, or null if it is for the library. */
  private @Nullable Document updateOne(Document selector, Document update, boolean upsert) {
    if (!(selector.get(ID) instanceof String id)) {
      return null;
    }
    Document before = data.get(id);
    if (before == null) {
      return upsert ? insertOne(id, selector, update) : updated(0, 0);
    }
    if (!matcher.matches(before, selector)) {
      // Whether to insert then is for the library to say: there is a document of that id.
      return upsert ? null : updated(0, 0);
    }
    Document after = after(before, update);
    if (after == null) {
      return null;
    }
    if (after == before) {
      return updated(1, 0);
    }
    data.put(id, after);
    return updated(1, 1);
  }

  private static @Nullable Document after(Document before, Document update) {
    if (update.keySet().stream().anyMatch(name -> name.startsWith("$"))) {
      FieldChanges changes = FieldChanges.of(update);
      return changes == null ? null : changes.on(before);
    }
    Object id = before.get(ID);
    if (update.containsKey(ID) && !id.equals(update.get(ID))) {
      return null;
    }
    Document after = new Document(ID, id);
    update.forEach(after::put);
    return after;
  }

  /** Only where the selector gives the new document nothing but its id. */
  private @Nullable Document insertOne(String id, Document selector, Document update) {
    FieldChanges changes = FieldChanges.of(update);
    boolean onlyId =
        selector.entrySet().stream()
            .allMatch(field -> field.getKey().equals(ID) || ABSENT.equals(field.getValue()));
    Document inserted = changes == null || !onlyId ? null : changes.on(new Document(ID, id));
    if (inserted == null) {
      return null;
    }
    addDocument(inserted);
    Document result = updated(0, 0);
    result.put("upserted", id);
    return result;
  }

  private static Document updated(int matched, int modified) {
    Document result = new Document("n", matched);
    result.put("nModified", modified);
    return result;
  }

  /** Nobody asks for it, and to know it each document would be encoded twice at each change. */
  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  /**
   * Gives out copies. The library changes a document that it found in place, which a reader on
   * another thread, or the writer of the file, would see half done.
   */
  @Override
  protected QueryResult createQueryResult(List<Document> documents, int batch) {
    return super.createQueryResult(documents.stream().map(Document::clone).toList(), batch);
  }

  /** The ids that the condition names, each once and in order, or null if it names none. */
  private static @Nullable List<String> idsIn(@Nullable Object condition) {
    if (condition instanceof String id) {
      return List.of(id);
    }
    if (condition instanceof Document operators && operators.size() == 1) {
      if (operators.get("$eq") instanceof String id) {
        return List.of(id);
      }
      if (operators.get("$in") instanceof Collection<?> ids
          && ids.stream().allMatch(String.class::isInstance)) {
        var sorted = new TreeSet<String>();
        ids.forEach(id -> sorted.add((String) id));
        return List.copyOf(sorted);
      }
    }
    return null;
  }

  /** Keys of one type lie together, so it is enough to look at both ends. */
  private boolean hasOnlyStringIds() {
    return data.firstKey() instanceof String && data.lastKey() instanceof String;
  }

  private Stream<Document> between(Range range, boolean descending) {
    Cursor<Object, Document> cursor =
        descending
            ? data.cursor(range.high(), range.low(), true)
            : data.cursor(range.low(), range.high(), false);
    Spliterator<Object> keys = Spliterators.spliteratorUnknownSize(cursor, Spliterator.ORDERED);
    return StreamSupport.stream(keys, false)
        .dropWhile(key -> descending && !(key instanceof String))
        .takeWhile(String.class::isInstance)
        .map(key -> cursor.getValue());
  }

  /** From {@code low} to {@code high}, both within; no {@code high} means to the last string. */
  private record Range(String low, @Nullable String high) {
    static final Range ALL = new Range("", null);

    /** A range that holds all that the condition lets through, or null if it is no range. */
    static @Nullable Range of(@Nullable Object condition) {
      if (!(condition instanceof Document operators)) {
        return null;
      }
      Object low = operators.getOrDefault("$gte", operators.get("$gt"));
      Object high = operators.getOrDefault("$lte", operators.get("$lt"));
      boolean strings =
          (low == null || low instanceof String) && (high == null || high instanceof String);
      if (!strings || (low == null && high == null)) {
        return null;
      }
      return new Range(low == null ? "" : (String) low, (String) high);
    }
  }
}
