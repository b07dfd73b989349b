package barocall.traffic;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** When each row of a file happens again. Pure: the same rows, speed and run give the same plan. */
final class ReplayPlan {

  private ReplayPlan() {}

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

  /** The first {@code limit} rows in the order in which they were received. */
  static List<Turn> of(List<HistoryLine> rows, double speed, String run, long limit) {
    List<HistoryLine> ordered =
        rows.stream()
            .sorted(
                Comparator.comparing((HistoryLine row) -> row.receivedAt().toInstant())
                    .thenComparing(HistoryLine::id))
            .limit(limit)
            .toList();
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

  static Duration shortened(Duration time, double speed) {
    return Duration.ofMillis(Math.round(time.toMillis() / speed));
  }
}
