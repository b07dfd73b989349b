package barocall.traffic;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was found in a file, for the person who named it: of every use that is made of its rows. */
final class FileReport {

  private final List<String> remarks = new ArrayList<>();
  private final Map<Oddity, Long> oddities = new EnumMap<>(Oddity.class);
  private final BadRows rows;
  private long read;
  private long bad;

  FileReport(BadRows rows) {
    this.rows = rows;
  }

  void remark(String sentence) {
    remarks.add(sentence);
  }

  void add(Reading.Bad row) {
    read++;
    bad++;
    rows.add("Bad", row);
  }

  void add(Reading.Told row) {
    read++;
    row.oddities().forEach(oddity -> oddities.merge(oddity, 1L, Long::sum));
  }

  /** Rows of the file, the bad ones among them. */
  long read() {
    return read;
  }

  /** Rows that could not be read. */
  long bad() {
    return bad;
  }

  long count(Oddity oddity) {
    return oddities.getOrDefault(oddity, 0L);
  }

  /** What is strange about the file and its rows. */
  List<String> oddities() {
    List<String> lines = new ArrayList<>(remarks);
    oddities.forEach(
        (oddity, count) -> lines.add(String.format(Locale.ROOT, "%,d %s", count, oddity.label())));
    return lines;
  }
}
