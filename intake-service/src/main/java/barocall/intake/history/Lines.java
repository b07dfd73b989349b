package barocall.intake.history;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of bytes into lines, holding no more than one line's limit: what exceeds it is
 * dropped, and the line is marked. Blank lines are counted but not given.
 */
final class Lines {
  private final int limit;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean tooLong;
  private long number = 1;

  Lines(int limit) {
    this.limit = limit;
  }

  /**
   * A line.
   *
   * @param number from 1, blank lines included
   */
  record Line(long number, byte[] bytes, boolean tooLong) {}

  /** The lines that these bytes complete. */
  List<Line> feed(byte[] bytes) {
    List<Line> complete = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        keep(bytes, from, i);
        end(complete);
        from = i + 1;
      }
    }
    keep(bytes, from, bytes.length);
    return complete;
  }

  /** The last line, if it does not end with a line break. */
  List<Line> end() {
    List<Line> last = new ArrayList<>();
    end(last);
    return last;
  }

  private void keep(byte[] bytes, int from, int to) {
    if (line.size() + to - from > limit) {
      tooLong = true;
      line.reset();
    } else if (!tooLong) {
      line.write(bytes, from, to - from);
    }
  }

  private void end(List<Line> lines) {
    byte[] bytes = line.toByteArray();
    if (tooLong || !isBlank(bytes)) {
      lines.add(new Line(number, bytes, tooLong));
    }
    line.reset();
    tooLong = false;
    number++;
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
