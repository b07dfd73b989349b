package barocall.local;

import barocall.local.RebuildReport.Part;
import barocall.local.RebuildReport.Phase;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds what services keep, one after the other: a process beside the service reads the topics
 * into a new database; when it has caught up the service stops, the rest is caught up, and the
 * service starts on what is new. Cut off before that, everything is as it was.
 */
final class Rebuilding {
  private static final String SAYS = "rebuild: ";
  private static final Pattern READ = Pattern.compile("read (\\d+) of (\\d+)");
  private static final String CAUGHT_UP = "caught up";
  private static final String REFUSED = "refused: ";
  private static final long END_SECONDS = 10;

  private final DataFolder folder;
  private final Stage stage;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private @Nullable Thread thread;
  private @Nullable Process process;

  /** What stops and starts services. */
  interface Stage {
    void stop(String service) throws InterruptedException;

    void start(String service) throws InterruptedException;
  }

  Rebuilding(DataFolder folder, Stage stage) {
    this.folder = folder;
    this.stage = stage;
  }

  /**
   * Begins; {@link #report()} says how far it is.
   *
   * @throws LaunchException when a rebuild is going on
   */
  synchronized void begin(List<? extends Rebuildable> services) {
    if (isRunning()) {
      throw new LaunchException(
          "A rebuild is going on. "
              + parts.values().stream()
                  .filter(part -> part.phase() != Phase.DONE)
                  .findFirst()
                  .map(Part::sentence)
                  .orElse(""));
    }
    parts.clear();
    services.forEach(child -> set(child, Phase.WAITING, 0, 0, ""));
    Thread worker =
        new Thread(
            () -> {
              for (Rebuildable child : services) {
                rebuild(child);
              }
            },
            "rebuild");
    worker.setDaemon(true);
    worker.start();
    thread = worker;
  }

  private boolean isRunning() {
    return thread != null && thread.isAlive();
  }

  synchronized RebuildReport report() {
    return new RebuildReport(isRunning(), new ArrayList<>(parts.values()));
  }

  private synchronized void set(Rebuildable child, Phase phase, long read, long of, String detail) {
    parts.put(child.name(), new Part(child.name(), phase, read, of, detail));
  }

  private synchronized long records(Rebuildable child) {
    Part part = parts.get(child.name());
    return part == null ? 0 : part.of();
  }

  private void rebuild(Rebuildable child) {
    set(child, Phase.STARTING, 0, 0, "");
    boolean wasWanted = child.isWanted();
    String failure;
    try {
      failure = rebuilt(child);
      if (wasWanted && !child.isRunning()) {
        stage.start(child.name());
      }
    } catch (LaunchException e) {
      failure = String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = "Barocall stops.";
    }
    set(
        child,
        failure.isEmpty() ? Phase.DONE : Phase.FAILED,
        records(child),
        records(child),
        failure);
  }

  /** Why it was not rebuilt; empty if it was. */
  private String rebuilt(Rebuildable child) throws InterruptedException {
    Path log = folder.log("rebuild-" + child.name());
    String refusal = "its log is " + log + ".";
    try {
      Files.createDirectories(log.getParent());
      Process started = start(child);
      try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8);
          BufferedWriter answers = started.outputWriter(StandardCharsets.UTF_8);
          BufferedWriter kept = Files.newBufferedWriter(log)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          kept.write(line);
          kept.newLine();
          kept.flush();
          String said = line.startsWith(SAYS) ? line.substring(SAYS.length()) : "";
          Matcher read = READ.matcher(said);
          if (read.matches()) {
            long of = Long.parseLong(read.group(2));
            set(child, Phase.READING, Long.parseLong(read.group(1)), of, "");
          } else if (said.equals(CAUGHT_UP)) {
            set(child, Phase.SWITCHING, records(child), records(child), "");
            stage.stop(child.name());
            answers.write("go on");
            answers.newLine();
            answers.flush();
          } else if (said.startsWith(REFUSED)) {
            refusal = said.substring(REFUSED.length());
          }
        }
      }
      return started.waitFor() == 0 ? "" : refusal;
    } catch (IOException e) {
      return "%s (%s)".formatted(refusal, e.getMessage());
    }
  }

  private synchronized Process start(Rebuildable child) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new LaunchException("Barocall stops.");
    }
    Process started = child.besides(Map.of("BAROCALL_REBUILD", "beside"));
    process = started;
    return started;
  }

  /** Ends what is going on; the service's old database stays the present one. */
  void end() throws InterruptedException {
    Thread working;
    synchronized (this) {
      working = thread;
      if (working != null) {
        working.interrupt();
      }
      if (process != null) {
        process.destroy();
      }
    }
    if (working != null) {
      working.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
    }
  }
}
