package barocall.local;

import de.bwaldvogel.mongo.backend.NumericUtils;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an update sets and adds to, as a tree of field names, so that hundreds of paths into one
 * wide document are walked together. The library takes each path apart several times, compares each
 * with each other, and copies the whole document more than once.
 *
 * <p>Serves {@code $set} and {@code $inc} along documents. Arrays on the way, other operators,
 * conflicts and whatever is an error are left to the library, which knows the words for it.
 */
final class FieldChanges {
  private final Map<String, Change> changes;

  private FieldChanges(Map<String, Change> changes) {
    this.changes = changes;
  }

  private sealed interface Change {}

  private record Put(@Nullable Object value) implements Change {}

  private record Add(Number amount) implements Change {}

  private record Within(Map<String, Change> changes) implements Change {
    Within() {
      this(new LinkedHashMap<>());
    }
  }

  /** Says that a document is not for us. */
  private static final class LeftToLibrary extends Exception {
    private static final long serialVersionUID = 1;

    LeftToLibrary() {
      super("left to the library", null, false, false);
    }
  }

  /** What the update changes, or null if that is for the library. */
  static @Nullable FieldChanges of(Document update) {
    Map<String, Change> changes = new LinkedHashMap<>();
    for (Map.Entry<String, Object> operator : update.entrySet()) {
      if (!(operator.getValue() instanceof Document fields)) {
        return null;
      }
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        Change change = change(operator.getKey(), field.getValue());
        if (change == null || !put(changes, field.getKey(), change)) {
          return null;
        }
      }
    }
    return changes.isEmpty() || changes.containsKey("_id") ? null : new FieldChanges(changes);
  }

  private static @Nullable Change change(String operator, @Nullable Object value) {
    return switch (operator) {
      case "$set" -> new Put(value);
      case "$inc" -> value instanceof Number amount ? new Add(amount) : null;
      default -> null;
    };
  }

  /** False where a name is not a plain one, or the path meets another one's end. */
  private static boolean put(Map<String, Change> changes, String path, Change change) {
    Map<String, Change> level = changes;
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
      String name = path.substring(from, dot);
      if (!isPlain(name)
          || !(level.computeIfAbsent(name, n -> new Within()) instanceof Within in)) {
        return false;
      }
      level = in.changes();
      from = dot + 1;
    }
    String last = path.substring(from);
    return isPlain(last) && level.put(last, change) == null;
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty() && name.charAt(0) != '$';
  }

  /**
   * The document as it is afterwards: itself if nothing changes, else another one that shares with
   * it all that is the same; or null if that is for the library.
   */
  @Nullable Document on(Document document) {
    try {
      return changed(document, changes);
    } catch (LeftToLibrary e) {
      return null;
    }
  }

  private static Document changed(Document before, Map<String, Change> changes)
      throws LeftToLibrary {
    Document after = before;
    for (Map.Entry<String, Change> each : changes.entrySet()) {
      String name = each.getKey();
      Object old = before.get(name);
      boolean isNew = old == null && !before.containsKey(name);
      if (old == null && !isNew && !(each.getValue() instanceof Put)) {
        throw new LeftToLibrary();
      }
      Object now = after(old, each.getValue());
      if (isNew || now != old) {
        if (after == before) {
          after = new Document();
          before.forEach(after::put);
        }
        after.put(name, now);
      }
    }
    return after;
  }

  private static @Nullable Object after(@Nullable Object old, Change change) throws LeftToLibrary {
    if (change instanceof Within within) {
      if (old != null && !(old instanceof Document)) {
        throw new LeftToLibrary();
      }
      return changed(old == null ? new Document() : (Document) old, within.changes());
    } else if (change instanceof Add add) {
      if (old != null && !(old instanceof Number)) {
        throw new LeftToLibrary();
      }
      Number sum = NumericUtils.addNumbers(old == null ? 0 : (Number) old, add.amount());
      return sum.equals(old) ? old : sum;
    }
    Object value = ((Put) change).value();
    return isSame(old, value) ? old : value;
  }

  private static boolean isSame(@Nullable Object old, @Nullable Object value) {
    if (old instanceof Number one && value instanceof Number other) {
      return Utils.normalizeNumber(one).equals(Utils.normalizeNumber(other));
    }
    return old != null && !(old instanceof Collection<?>) && old.equals(value);
  }
}
