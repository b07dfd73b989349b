package barocall.access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The sessions that were ended by log-out, in a small file beside the credentials, because all
 * services must know. Each line is a session's id and the second at which it would have ended by
 * itself; after that it is dropped. Services look for changes at most once a second.
 */
public final class EndedSessions {
  private static final System.Logger LOG = System.getLogger(EndedSessions.class.getName());
  private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path file;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Map<String, Instant> own = new HashMap<>();
  private Map<String, Instant> read = Map.of();
  private CredentialsFile.Stamp stamp = new CredentialsFile.Stamp(null, -1, null);
  private long lookedAt;
  private boolean looked;
  private boolean complained;

  public EndedSessions(Path file, Clock clock) {
    this(file, clock, System::nanoTime);
  }

  EndedSessions(Path file, Clock clock, LongSupplier nanoTime) {
    this.file = file.toAbsolutePath();
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** The file that belongs to these credentials. */
  public static EndedSessions beside(CredentialsFile credentials, Clock clock) {
    return new EndedSessions(credentials.path().resolveSibling("ended-sessions"), clock);
  }

  synchronized boolean contains(String id) {
    look();
    return own.containsKey(id) || read.containsKey(id);
  }

  /** Ends a session; when the file cannot be written, at least in this process. */
  synchronized void add(String id, Instant expires) {
    Instant now = clock.instant();
    own.values().removeIf(until -> !until.isAfter(now));
    own.put(id, expires);
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel = CredentialsFile.open(lockFile);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      Map<String, Instant> all = new TreeMap<>(parse());
      all.putAll(own);
      all.values().removeIf(until -> !until.isAfter(now));
      StringBuilder lines = new StringBuilder();
      all.forEach(
          (i, until) -> lines.append(i).append(' ').append(until.getEpochSecond()).append('\n'));
      CredentialsFile.replace(file, lines.toString().getBytes(StandardCharsets.UTF_8));
      read = all;
      stamp = CredentialsFile.Stamp.of(file);
    } catch (IOException e) {
      if (!complained) {
        complained = true;
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} cannot be written, so a log-out ends the session in this service only;"
                + " let this user write the folder.",
            file);
      }
    }
  }

  private void look() {
    long nanos = nanoTime.getAsLong();
    if (looked && nanos - lookedAt < LOOK_EVERY_NANOS) {
      return;
    }
    looked = true;
    lookedAt = nanos;
    CredentialsFile.Stamp seen = CredentialsFile.Stamp.of(file);
    if (seen.equals(stamp)) {
      return;
    }
    try {
      read = parse();
      stamp = seen;
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.ERROR, "{0} cannot be read; what was known stays in force.", file);
    }
  }

  private Map<String, Instant> parse() throws IOException {
    Map<String, Instant> sessions = new HashMap<>();
    if (!Files.exists(file)) {
      return sessions;
    }
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String[] words = line.trim().split(" ");
      if (words.length == 2 && words[1].matches("\\d{1,12}")) {
        sessions.put(words[0], Instant.ofEpochSecond(Long.parseLong(words[1])));
      }
    }
    return sessions;
  }
}
