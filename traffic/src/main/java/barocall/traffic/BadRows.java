package barocall.traffic;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file that do not count, with line and reason. A few are kept to be shown; where
 * there are more, all of them are written to a file, so that a person can mend them.
 */
final class BadRows implements AutoCloseable {

  private static final int SHOWN = 50;

  private final int shown;
  private final List<Path> places;
  private final List<Path> stale = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private Path list;
  private @Nullable BufferedWriter out;
  private @Nullable String trouble;
  private long count;

  /**
   * None yet of that file; if there are more than 50, all go into a file beside it, or into that
   * folder where the file's own can't be written to. What an earlier run left there is removed.
   */
  static BadRows of(Path file, Path elsewhere) {
    String name = file.getFileName() + ".bad.txt";
    return new BadRows(SHOWN, List.of(file.resolveSibling(name), elsewhere.resolve(name)));
  }

  /**
   * None yet.
   *
   * @param shown how many are shown
   * @param places where all are written if there are more: the first that can be written to; what
   *     stands there speaks of an earlier run and is removed
   */
  BadRows(int shown, List<Path> places) {
    this.shown = shown;
    this.places = places.stream().distinct().toList();
    this.list = places.get(0);
    for (Path place : this.places) {
      try {
        Files.deleteIfExists(place);
      } catch (IOException e) {
        stale.add(place);
      }
    }
  }

  /** Adds one; {@code what} says whose judgement it is. */
  void add(String what, Reading.Bad row) {
    String line = "%s: line %d: %s".formatted(what, row.line(), row.reason());
    count++;
    if (count <= shown) {
      kept.add(line);
      return;
    }
    if (trouble != null) {
      return;
    }
    try {
      if (out == null) {
        out = opened();
        for (String before : kept) {
          out.write(before + "\n");
        }
      }
      out.write(line + "\n");
    } catch (IOException e) {
      trouble = unwritten(e);
    }
  }

  private BufferedWriter opened() throws IOException {
    IOException first = null;
    for (Path place : places) {
      try {
        BufferedWriter opened = Files.newBufferedWriter(place);
        list = place;
        stale.remove(place);
        return opened;
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? new IOException("no place") : first;
  }

  private String unwritten(IOException e) {
    return "%s can't be written (%s)".formatted(list, e.getClass().getSimpleName());
  }

  /** What to show. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(kept);
    if (count > shown) {
      lines.add(
          String.format(
              Locale.ROOT,
              "And %,d more: %s",
              count - shown,
              trouble == null ? "all of them stand in " + list : trouble));
    }
    stale.forEach(
        place -> lines.add("%s is of an earlier run and can't be removed".formatted(place)));
    return lines;
  }

  @Override
  public void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      trouble = unwritten(e);
    }
  }
}
