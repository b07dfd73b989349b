package barocall.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the rows of a file to intake as past inquiries, some chunks at a time, none held in memory.
 */
final class HistoryImport {

  private static final int MAX_LINES = 1_000;
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_LINE_BYTES = 64 * 1024;
  private static final int IN_FLIGHT = 3;

  private final HistoryDoor door;
  private final Predicate<String> departmentKnown;
  private final JsonMapper json = new JsonMapper();

  HistoryImport(HistoryDoor door, Predicate<String> departmentKnown) {
    this.door = door;
    this.departmentKnown = departmentKnown;
  }

  /**
   * Sends all rows and fills the report, which holds also when it ends early what was done until
   * then.
   *
   * @throws TrafficException if intake refuses or stays away
   */
  void run(CsvFile file, RowReader rows, ImportReport report, Progress progress)
      throws InterruptedException {
    rows.remarks().forEach(report::remark);
    ExecutorService senders = Executors.newFixedThreadPool(IN_FLIGHT);
    Deque<Future<HistoryDoor.Answer>> flying = new ArrayDeque<>();
    try {
      List<HistoryDoor.Line> chunk = new ArrayList<>();
      int bytes = 0;
      for (Optional<CsvFile.Row> row = file.next(); row.isPresent(); row = file.next()) {
        Reading reading = rows.read(row.get());
        if (reading instanceof Reading.Bad bad) {
          report.add(bad);
          continue;
        }
        Reading.Told told = (Reading.Told) reading;
        byte[] line = HistoryDoor.bytes(json, told.inquiry());
        if (line.length > MAX_LINE_BYTES) {
          report.add(new Reading.Bad(told.line(), "more than 64 KiB"));
          continue;
        }
        HistoryLine.Escalation escalation = told.inquiry().escalation();
        report.add(told, escalation == null || departmentKnown.test(escalation.department()));
        if (chunk.size() == MAX_LINES || bytes + line.length > MAX_BYTES) {
          send(senders, flying, chunk, report);
          progress.at(file.position(), "%,d rows".formatted(report.read()));
          chunk = new ArrayList<>();
          bytes = 0;
        }
        chunk.add(new HistoryDoor.Line(told.line(), line));
        bytes += line.length;
      }
      if (!chunk.isEmpty()) {
        send(senders, flying, chunk, report);
      }
      while (!flying.isEmpty()) {
        report.add(answer(flying.poll()));
      }
      progress.at(file.size(), "%,d rows".formatted(report.read()));
      if (file.repeatedHeaders() > 0) {
        report.remark(
            "The header stands %,d more times between the rows.".formatted(file.repeatedHeaders()));
      }
    } finally {
      senders.shutdownNow();
    }
  }

  private void send(
      ExecutorService senders,
      Deque<Future<HistoryDoor.Answer>> flying,
      List<HistoryDoor.Line> chunk,
      ImportReport report)
      throws InterruptedException {
    if (flying.size() == IN_FLIGHT) {
      report.add(answer(flying.poll()));
    }
    flying.add(senders.submit(() -> door.post(chunk)));
  }

  private static HistoryDoor.Answer answer(Future<HistoryDoor.Answer> sent)
      throws InterruptedException {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
