package barocall.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an import did, for the person who started it. */
final class ImportReport {

  private final FileReport file;
  private final BadRows rows;
  private final Map<String, Long> unknownDepartments = new TreeMap<>();
  private long accepted;
  private long repeated;
  private long rejected;
  private long takenAsNow;
  private long firstTakenAsNow;

  ImportReport(BadRows rows) {
    this.file = new FileReport(rows);
    this.rows = rows;
  }

  void remark(String sentence) {
    file.remark(sentence);
  }

  void add(Reading.Bad row) {
    file.add(row);
  }

  void add(Reading.Told row, boolean departmentKnown) {
    file.add(row);
    HistoryLine.Escalation escalation = row.inquiry().escalation();
    if (escalation != null && !departmentKnown) {
      unknownDepartments.merge(escalation.department(), 1L, Long::sum);
    }
  }

  void add(HistoryDoor.Answer answer) {
    accepted += answer.accepted();
    repeated += answer.repeated();
    rejected += answer.rejected().size();
    if (takenAsNow == 0 && !answer.takenAsNow().isEmpty()) {
      firstTakenAsNow = answer.takenAsNow().get(0);
    }
    takenAsNow += answer.takenAsNow().size();
    answer.rejected().forEach(row -> rows.add("Rejected by intake", row));
  }

  /** Rows of the file, the bad ones among them. */
  long read() {
    return file.read();
  }

  long accepted() {
    return accepted;
  }

  long repeated() {
    return repeated;
  }

  /** Rows that intake refused. */
  long rejected() {
    return rejected;
  }

  /** Rows that could not be read. */
  long bad() {
    return file.bad();
  }

  /** Rows of which intake took a time as now, for it had not come yet. */
  long takenAsNow() {
    return takenAsNow;
  }

  /** Whether there were rows and none of them is there now. */
  boolean nothingCounts() {
    return accepted + repeated == 0 && bad() + rejected > 0;
  }

  long count(Oddity oddity) {
    return file.count(oddity);
  }

  Map<String, Long> unknownDepartments() {
    return Map.copyOf(unknownDepartments);
  }

  /** The report as lines. */
  List<String> lines(Duration took, long pauses) {
    double seconds = Math.max(took.toMillis(), 1) / 1000.0;
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d rows read in %.1f s (%,.0f rows/s): %,d accepted, %,d repeated, %,d rejected by intake, %,d bad",
            read(),
            seconds,
            read() / seconds,
            accepted,
            repeated,
            rejected,
            bad()));
    lines.addAll(file.oddities());
    if (pauses > 0) {
      lines.add(String.format(Locale.ROOT, "%,d waits for a busy or absent intake", pauses));
    }
    if (takenAsNow > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d rows with a time that has not come yet, which counts as now; the first stands in line %d",
              takenAsNow,
              firstTakenAsNow));
    }
    unknownDepartments.forEach(
        (department, count) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "Department %s is not in the city file; its %,d rows count under that name",
                    department,
                    count)));
    lines.addAll(rows.lines());
    return lines;
  }
}
