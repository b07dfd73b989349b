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
 * @param needed the fewest who answer 80 % within 20 s
 * @param agents whom the city has
 */
record Staffing(OffsetDateTime hour, ErlangC needed, int agents) {
  /** Within so many seconds a call should be answered. */
  static final double SOON = 20;

  private static final double TARGET = 0.8;
  private static final int AROUND = 2;

  /** Empty for more than a day, and where too few calls say how long one takes. */
  static Optional<Staffing> of(Period period, Journal journal, int agents) {
    Double handling = Measure.AVERAGE_HANDLING_TIME.of(journal.now()).value();
    if (period.range() != Period.Range.DAY || handling == null || handling <= 0) {
      return Optional.empty();
    }
    double seconds = handling;
    return journal.course().stream()
        .max(Comparator.comparingLong((Row row) -> row.count(Count.OFFERED)))
        .filter(row -> row.count(Count.OFFERED) > 0)
        .map(
            row ->
                new Staffing(
                    row.from(),
                    ErlangC.needed(row.count(Count.OFFERED), seconds, TARGET, SOON),
                    agents));
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
