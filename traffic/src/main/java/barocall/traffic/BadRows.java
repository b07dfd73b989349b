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
  private final Path list;
  private final List<String> kept = new ArrayList<>();
  private @Nullable BufferedWriter out;
  private @Nullable String trouble;
  private long count;

  /** None yet of that file; if there are more than 50, all go into a file beside it. */
  static BadRows of(Path file) {
    return new BadRows(SHOWN, file.resolveSibling(file.getFileName() + ".bad.txt"));
  }

  /**
   * None yet.
   *
   * @param shown how many are shown
   * @param list where all are written if there are more; what stands there is replaced
   */
  BadRows(int shown, Path list) {
    this.shown = shown;
    this.list = list;
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
        out = Files.newBufferedWriter(list);
        for (String before : kept) {
          out.write(before + "\n");
        }
      }
      out.write(line + "\n");
    } catch (IOException e) {
      trouble = "%s can't be written (%s)".formatted(list, e.getClass().getSimpleName());
    }
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
    return lines;
  }

  @Override
  public void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      trouble = "%s can't be written (%s)".formatted(list, e.getClass().getSimpleName());
    }
  }
}
