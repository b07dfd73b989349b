package barocall.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The last things of one kind that a catcher took, also kept as JSON lines so that a restart still
 * shows them.
 */
final class CaughtThings<T> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final int keep;
  private final ArrayDeque<T> things = new ArrayDeque<>();
  private long lastId;
  private int lines;

  /** Takes up what is in the file; a line that was cut off by a crash is left out. */
  CaughtThings(Path file, Class<T> type, ToLongFunction<T> id, int keep) throws IOException {
    this.file = file;
    this.keep = keep;
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        try {
          T thing = JSON.readValue(line, type);
          things.add(thing);
          lastId = Math.max(lastId, id.applyAsLong(thing));
        } catch (JacksonException e) {
          System.err.println("Left out a line of " + file + " that is no JSON.");
        }
        if (things.size() > keep) {
          things.removeFirst();
        }
      }
    }
    rewrite();
  }

  /** Keeps what is made of the next id. */
  synchronized T add(LongFunction<T> made) throws IOException {
    T thing = made.apply(lastId + 1);
    Files.writeString(
        file,
        JSON.writeValueAsString(thing) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    lastId++;
    lines++;
    things.add(thing);
    if (things.size() > keep) {
      things.removeFirst();
    }
    if (lines > 2 * keep) {
      rewrite();
    }
    return thing;
  }

  /** All that is kept, oldest first. */
  synchronized List<T> all() {
    return new ArrayList<>(things);
  }

  /** Forgets all; ids go on counting until a restart. */
  synchronized void clear() throws IOException {
    things.clear();
    rewrite();
  }

  private void rewrite() throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    List<String> kept = things.stream().map(JSON::writeValueAsString).toList();
    Files.write(fresh, kept);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    lines = kept.size();
  }
}
