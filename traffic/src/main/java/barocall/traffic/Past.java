package barocall.traffic;

import barocall.city.City;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A made-up past of a city, a day at a time; {@link #position} counts days. */
final class Past implements PastRows {

  private final City city;
  private final DemoScript script;
  private final PastCalls calls;
  private final boolean written;
  private final OffsetDateTime until;
  private final long seed;
  private final long days;
  private final Iterator<LocalDate> dates;
  private Iterator<HistoryLine> today = List.<HistoryLine>of().iterator();
  private long played;
  private long line;

  private Past(
      City city,
      DemoScript script,
      boolean written,
      OffsetDateTime until,
      long seed,
      long days,
      Stream<LocalDate> dates) {
    this.city = city;
    this.script = script;
    this.calls = new PastCalls(city, script, seed);
    this.written = written;
    this.until = until;
    this.seed = seed;
    this.days = days;
    this.dates = dates.iterator();
  }

  /** The calls of these days in order, {@code to} not included; with written inquiries or not. */
  static Past of(
      City city, DemoScript script, LocalDate from, LocalDate to, boolean written, long seed) {
    return new Past(
        city,
        script,
        written,
        OffsetDateTime.MAX,
        seed,
        ChronoUnit.DAYS.between(from, to),
        from.datesUntil(to));
  }

  /** What happened before a moment, on the day so many days before it. */
  static Past before(City city, DemoScript script, OffsetDateTime until, int daysAgo, long seed) {
    LocalDate day = until.atZoneSameInstant(city.timeZone()).toLocalDate().minusDays(daysAgo);
    return new Past(city, script, true, until, seed, 1, Stream.of(day));
  }

  @Override
  public Optional<Reading> next() {
    return inquiry().map(inquiry -> new Reading.Told(++line, inquiry, List.of()));
  }

  /** The next inquiry, or none at the end. */
  Optional<HistoryLine> inquiry() {
    while (!today.hasNext() && dates.hasNext()) {
      LocalDate date = dates.next();
      int ofTheDay = calls.on(date);
      int letters = written && ofTheDay > 0 ? script.cities().get(city.id()).written() : 0;
      today = PastDay.of(city, script, date, ofTheDay, letters, until, seed).iterator();
      played++;
    }
    return today.hasNext() ? Optional.of(today.next()) : Optional.empty();
  }

  @Override
  public long position() {
    return played;
  }

  @Override
  public long size() {
    return days;
  }

  @Override
  public List<String> remarks() {
    return List.of();
  }

  @Override
  public void close() {}
}
