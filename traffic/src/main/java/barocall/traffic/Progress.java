package barocall.traffic;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells the person at the terminal how far a long job is; in a log, as a line now and then. */
interface Progress extends AutoCloseable {

  /** {@code done} of the units that the job has, and words about it. */
  void at(long done, String words);

  @Override
  void close();

  /** A moving bar on a terminal, a line every ten seconds elsewhere. */
  static Progress of(String task, long units, boolean terminal, PrintStream out, Clock clock) {
    return terminal ? new Bar(task, units) : new Lines(task, units, out, clock);
  }

  /** Told to nobody. */
  static Progress none() {
    return new Progress() {
      @Override
      public void at(long done, String words) {}

      @Override
      public void close() {}
    };
  }

  /** On a terminal. */
  final class Bar implements Progress {
    private final ProgressBar bar;

    private Bar(String task, long units) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(units)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .build();
    }

    @Override
    public void at(long done, String words) {
      bar.stepTo(done);
      bar.setExtraMessage(words);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** In a log. */
  final class Lines implements Progress {
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private final String task;
    private final long units;
    private final PrintStream out;
    private final Clock clock;
    private Instant next;

    private Lines(String task, long units, PrintStream out, Clock clock) {
      this.task = task;
      this.units = units;
      this.out = out;
      this.clock = clock;
      this.next = clock.instant().plus(BETWEEN);
    }

    @Override
    public void at(long done, String words) {
      Instant now = clock.instant();
      if (now.isBefore(next)) {
        return;
      }
      next = now.plus(BETWEEN);
      long percent = units == 0 ? 100 : 100 * done / units;
      out.printf("%s: %d %%, %s%n", task, percent, words);
    }

    @Override
    public void close() {}
  }
}
