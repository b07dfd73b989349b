package barocall.analytics.live;

import barocall.city.Text;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A city's whole live picture. One serves all its viewers, so names come in both languages.
 *
 * @param today counts since midnight, by name
 * @param figures the measures of today beside what is usual, by id
 * @param usualDays how many of the last eight such weekdays had anything
 * @param curve what came in and was answered today by ten minutes, and the least and most of the
 *     usual days
 */
record Picture(
    String city,
    OffsetDateTime asOf,
    Map<String, Long> today,
    Map<String, Headline> figures,
    int usualDays,
    Waiting waiting,
    long open,
    long overdue,
    long sinceOpening,
    long writtenSinceBaseline,
    List<Slot> curve,
    List<ChannelToday> channels,
    List<DepartmentNow> departments,
    List<AgentToday> agents,
    List<Line> events) {

  /**
   * A measure of today.
   *
   * @param value null where it rests on fewer than five cases
   * @param n the cases it rests on
   * @param usual on average up to this time of day; null where there is nothing to compare with
   * @param verdict how it stands to the city's target: {@code met}, {@code missed}, or {@code few}
   *     under five cases; null where there is none
   */
  record Headline(
      @Nullable Double value, long n, @Nullable Double usual, @Nullable String verdict) {}

  /** Callers who wait now; the longest since when. */
  record Waiting(long count, @Nullable Instant longestSince) {}

  /**
   * Ten minutes of the day, named by their beginning as {@code 09:10}.
   *
   * @param received null for those that have not begun yet
   */
  record Slot(
      String time,
      @Nullable Long received,
      @Nullable Long answered,
      @Nullable Long usualLeast,
      @Nullable Long usualMost) {}

  record ChannelToday(String channel, Text name, long received, long resolved) {}

  record DepartmentNow(
      String department,
      Text name,
      long open,
      long overdue,
      long escalatedToday,
      long resolvedToday) {}

  /**
   * An agent: state, and what they did today.
   *
   * @param state null while the exchange has told none
   */
  record AgentToday(
      String agent,
      String name,
      @Nullable String state,
      @Nullable Text stateName,
      @Nullable Instant since,
      long answered,
      long resolved,
      long escalated) {}

  /** A line of the ticker with its words. */
  record Line(String id, Instant at, String what, Text text) {}

  /** Everything but the time: what must differ for the picture to be sent again. */
  Picture withoutTime() {
    return new Picture(
        city,
        OffsetDateTime.MIN,
        today,
        figures,
        usualDays,
        waiting,
        open,
        overdue,
        sinceOpening,
        writtenSinceBaseline,
        curve,
        channels,
        departments,
        agents,
        events);
  }
}
