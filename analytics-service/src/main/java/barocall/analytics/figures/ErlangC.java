package barocall.analytics.figures;

/**
 * How a queue with so many agents goes, by Erlang's C formula: calls come at random, nobody hangs
 * up, the load does not change. A.K. Erlang, 1917; as call centres use it for planning.
 *
 * @param callsPerHour calls placed in the queue
 * @param handlingSeconds average handling time: talk, hold and after-call work
 * @param agents at work all the time
 */
public record ErlangC(double callsPerHour, double handlingSeconds, int agents) {
  private static final int MOST_AGENTS = 10_000;
  private static final double SECONDS = 3_600;

  public ErlangC {
    if (!(callsPerHour >= 0) || !(handlingSeconds > 0) || agents < 1) {
      throw new IllegalArgumentException("a queue needs calls, a handling time and agents");
    }
  }

  /** The fewest agents with whom that share of calls is answered within so many seconds. */
  public static ErlangC needed(
      double callsPerHour, double handlingSeconds, double share, double seconds) {
    int agents = Math.max(1, (int) Math.floor(callsPerHour * handlingSeconds / SECONDS));
    ErlangC queue = new ErlangC(callsPerHour, handlingSeconds, agents);
    while (queue.serviceLevel(seconds) < share && queue.agents < MOST_AGENTS) {
      queue = queue.with(queue.agents + 1);
    }
    return queue;
  }

  /** The same load with so many agents. */
  public ErlangC with(int agents) {
    return new ErlangC(callsPerHour, handlingSeconds, agents);
  }

  /** Erlangs: how many agents would be busy all the time. */
  public double load() {
    return callsPerHour * handlingSeconds / SECONDS;
  }

  /** The share of their time that agents are busy; 1 where the queue grows without end. */
  public double occupancy() {
    return Math.min(1, load() / agents);
  }

  /** The share of callers who wait at all; 1 where the queue grows without end. */
  public double waiting() {
    if (load() >= agents) {
      return 1;
    }
    // Erlang B step by step, which neither powers nor factorials overflow, and from it Erlang C.
    double blocked = 1;
    for (int n = 1; n <= agents; n++) {
      blocked = load() * blocked / (n + load() * blocked);
    }
    return blocked / (1 - occupancy() * (1 - blocked));
  }

  /** The share of calls that are answered within so many seconds. */
  public double serviceLevel(double seconds) {
    return load() >= agents
        ? 0
        : 1 - waiting() * Math.exp(-(agents - load()) * seconds / handlingSeconds);
  }

  /** Average speed of answer in seconds; infinite where the queue grows without end. */
  public double averageSpeedOfAnswer() {
    return load() >= agents
        ? Double.POSITIVE_INFINITY
        : waiting() * handlingSeconds / (agents - load());
  }
}
