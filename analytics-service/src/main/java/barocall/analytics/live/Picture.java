package barocall.analytics.live;

import barocall.analytics.live.AgentBoard.AgentNow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A city's whole live picture.
 *
 * @param today counts since midnight, by name
 * @param usual the same up to this time of day on average over the last eight such weekdays; absent
 *     without any
 * @param usualDays how many of those days had anything
 * @param curve what came in and was answered today by ten minutes, and the least and most of the
 *     usual days
 */
record Picture(
    String city,
    OffsetDateTime asOf,
    Map<String, Long> today,
    @Nullable Map<String, Double> usual,
    int usualDays,
    Waiting waiting,
    long open,
    long overdue,
    long sinceOpening,
    List<Slot> curve,
    List<ChannelToday> channels,
    List<DepartmentNow> departments,
    List<AgentToday> agents,
    List<Happening> events) {

  /** Callers who wait now; the longest since when. */
  record Waiting(long count, @Nullable Instant longestSince) {}

  /** Ten minutes of the day, named by their beginning as {@code 09:10}. */
  record Slot(String time, long received, long answered, long usualLeast, long usualMost) {}

  record ChannelToday(String channel, long received, long resolved) {}

  record DepartmentNow(
      String department,
      String name,
      long open,
      long overdue,
      long escalatedToday,
      long resolvedToday) {}

  /** An agent: state, and what they did today. */
  record AgentToday(
      String agent,
      String name,
      @Nullable String state,
      @Nullable Instant since,
      long answered,
      long resolved,
      long escalated) {
    static AgentToday of(
        String agent,
        String name,
        @Nullable AgentNow now,
        long answered,
        long resolved,
        long escalated) {
      return new AgentToday(
          agent,
          name,
          now == null ? null : now.state(),
          now == null ? null : now.since(),
          answered,
          resolved,
          escalated);
    }
  }

  /** Everything but the time: what must differ for the picture to be sent again. */
  Picture withoutTime() {
    return new Picture(
        city,
        OffsetDateTime.MIN,
        today,
        usual,
        usualDays,
        waiting,
        open,
        overdue,
        sinceOpening,
        curve,
        channels,
        departments,
        agents,
        events);
  }
}
