package barocall.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private final int linesAtOnce;
  private final JsonMapper json = new JsonMapper();

  HistoryImport(HistoryDoor door, Predicate<String> departmentKnown) {
    this(door, departmentKnown, MAX_LINES);
  }

  HistoryImport(HistoryDoor door, Predicate<String> departmentKnown, int linesAtOnce) {
    this.door = door;
    this.departmentKnown = departmentKnown;
    this.linesAtOnce = linesAtOnce;
  }

  /**
   * Sends all rows and fills the report, which holds also when it ends early what was done until
   * then.
   *
   * @throws TrafficException if intake refuses or stays away
   */
  void run(PastRows rows, ImportReport report, Progress progress) throws InterruptedException {
    ExecutorService senders = Executors.newFixedThreadPool(IN_FLIGHT);
    Deque<Flight> flying = new ArrayDeque<>();
    try {
      List<HistoryDoor.Line> chunk = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      int bytes = 0;
      for (Optional<Reading> row = rows.next(); row.isPresent(); row = rows.next()) {
        if (row.get() instanceof Reading.Bad bad) {
          report.add(bad);
          continue;
        }
        Reading.Told told = (Reading.Told) row.get();
        byte[] line = HistoryDoor.bytes(json, told.inquiry());
        if (line.length > MAX_LINE_BYTES) {
          report.add(new Reading.Bad(told.line(), "more than 64 KiB"));
          continue;
        }
        HistoryLine.Escalation escalation = told.inquiry().escalation();
        report.add(told, escalation == null || departmentKnown.test(escalation.department()));
        if (chunk.size() == linesAtOnce || bytes + line.length > MAX_BYTES) {
          send(senders, flying, chunk, ids, report);
          progress.at(rows.position(), "%,d rows".formatted(report.read()));
          chunk = new ArrayList<>();
          ids = new HashSet<>();
          bytes = 0;
        }
        chunk.add(new HistoryDoor.Line(told.line(), line));
        ids.add(told.inquiry().id());
        bytes += line.length;
      }
      if (!chunk.isEmpty()) {
        send(senders, flying, chunk, ids, report);
      }
      while (!flying.isEmpty()) {
        report.add(answer(flying.poll()));
      }
      progress.at(rows.size(), "%,d rows".formatted(report.read()));
    } finally {
      rows.remarks().forEach(report::remark);
      senders.shutdownNow();
    }
  }

  /** A chunk that is on its way, and the ids in it. */
  private record Flight(Future<HistoryDoor.Answer> answer, Set<String> ids) {}

  private void send(
      ExecutorService senders,
      Deque<Flight> flying,
      List<HistoryDoor.Line> chunk,
      Set<String> ids,
      ImportReport report)
      throws InterruptedException {
    // Of one id the row that stands first in the file is to be told first.
    while (flying.size() == IN_FLIGHT
        || flying.stream().anyMatch(flight -> !Collections.disjoint(flight.ids(), ids))) {
      report.add(answer(flying.remove()));
    }
    flying.add(new Flight(senders.submit(() -> door.post(chunk)), ids));
  }

  private static HistoryDoor.Answer answer(Flight flight) throws InterruptedException {
    try {
      return flight.answer().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
