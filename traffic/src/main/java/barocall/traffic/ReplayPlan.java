package barocall.traffic;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/** When each row of a file happens again. Pure: the same rows, speed and run give the same plan. */
final class ReplayPlan {

  /**
   * A row in its turn.
   *
   * @param key by which a repeat of the run is recognised
   * @param at since the beginning of the replay
   * @param lasts from receipt to end, at the replay's speed; empty if the row has no end
   * @param figures of the call, if it is one
   */
  record Turn(
      HistoryLine row,
      String key,
      Duration at,
      Optional<Duration> lasts,
      Optional<CallFigures> figures) {}

  private static final Comparator<HistoryLine> BY_RECEIPT =
      Comparator.comparing((HistoryLine row) -> row.receivedAt().toInstant())
          .thenComparing(HistoryLine::id);

  /** The rows that were received first, no more than so many held while a file is read. */
  static final class Earliest {
    private final PriorityQueue<HistoryLine> latestFirst =
        new PriorityQueue<>(BY_RECEIPT.reversed());
    private final long limit;

    Earliest(long limit) {
      this.limit = limit;
    }

    void add(HistoryLine row) {
      latestFirst.add(row);
      if (latestFirst.size() > limit) {
        latestFirst.remove();
      }
    }

    int size() {
      return latestFirst.size();
    }

    /** In the order in which they were received. */
    List<HistoryLine> rows() {
      return latestFirst.stream().sorted(BY_RECEIPT).toList();
    }
  }

  /** The turns of rows that are in the order in which they were received. */
  static List<Turn> of(List<HistoryLine> ordered, double speed, String run) {
    return ordered.stream().map(row -> turn(row, ordered.get(0), speed, run)).toList();
  }

  private static Turn turn(HistoryLine row, HistoryLine first, double speed, String run) {
    Optional<Duration> lasts =
        Optional.ofNullable(row.resolution())
            .map(end -> Duration.between(row.receivedAt(), end.at()))
            .map(time -> time.isNegative() ? Duration.ZERO : shortened(time, speed));
    return new Turn(
        row,
        run + "." + URLEncoder.encode(row.id(), StandardCharsets.UTF_8).replace('%', '_'),
        shortened(Duration.between(first.receivedAt(), row.receivedAt()), speed),
        lasts,
        row.channel().equals("telephone")
            ? Optional.of(CallFigures.plausible(new Random(row.id().hashCode())))
            : Optional.empty());
  }

  private ReplayPlan() {}

  static Duration shortened(Duration time, double speed) {
    return Duration.ofMillis(Math.round(time.toMillis() / speed));
  }
}
