package barocall.analytics.journal;

import barocall.analytics.facts.Count;
import barocall.analytics.figures.ErlangC;
import barocall.analytics.figures.Measure;
import barocall.analytics.figures.Row;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How many agents a day's busiest hour needs, by Erlang's formula.
 *
 * @param hour when it began
 * @param needed the fewest who answer that percentage within 20 s
 * @param agents whom the city has
 * @param percent how many of a hundred calls should be answered so soon
 */
record Staffing(OffsetDateTime hour, ErlangC needed, int agents, double percent) {
  /** Within so many seconds a call should be answered. */
  static final double SOON = 20;

  /** What the trade takes where a city has no target of its own. */
  static final double USUAL_PERCENT = 80;

  /** No number of agents answers all of them. */
  private static final double MOST_PERCENT = 99;

  private static final int AROUND = 2;

  /** Empty for more than a day, and where too few calls say how long one takes. */
  static Optional<Staffing> of(Period period, Journal journal, int agents, double target) {
    Double handling = Measure.AVERAGE_HANDLING_TIME.of(journal.now()).value();
    if (period.range() != Period.Range.DAY || handling == null || handling <= 0) {
      return Optional.empty();
    }
    double seconds = handling;
    double percent = Math.min(target, MOST_PERCENT);
    return journal.course().stream()
        .max(Comparator.comparingLong((Row row) -> row.count(Count.OFFERED)))
        .filter(row -> row.count(Count.OFFERED) > 0)
        .map(
            row ->
                new Staffing(
                    row.from(),
                    ErlangC.needed(row.count(Count.OFFERED), seconds, percent / 100, SOON),
                    agents,
                    percent));
  }

  /** A few more and fewer than are needed, and as many as there are. */
  List<ErlangC> queues() {
    return IntStream.concat(
            IntStream.rangeClosed(needed.agents() - AROUND, needed.agents() + AROUND),
            IntStream.of(agents))
        .filter(n -> n > 0)
        .distinct()
        .sorted()
        .mapToObj(needed::with)
        .toList();
  }
}
