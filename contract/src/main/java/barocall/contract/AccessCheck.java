package barocall.contract;

import barocall.contract.Event.Chained;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the records of who saw and did what are all there and as they were written. In
 * which order they come does not matter, and one that comes again changes nothing. Of each it keeps
 * eight bytes, so that years of them find room.
 *
 * <p>What no chain can show by itself is that its newest records are gone, or all of a writer: for
 * that the {@link #newest()} of one check are kept and must be there at the next.
 */
public final class AccessCheck {
  private static final int FINGERPRINT_BYTES = 8;

  private final UnaryOperator<String> seal;
  private final Map<String, Map<String, Run>> writers = new TreeMap<>();

  /** Each once, however often the same record comes. */
  private final Set<String> findings = new LinkedHashSet<>();

  private int count;

  /**
   * @param seal as the chain was made with
   */
  public AccessCheck(UnaryOperator<String> seal) {
    this.seal = seal;
  }

  /**
   * The newest record of a run.
   *
   * @param key of the record
   */
  public record Newest(String key, String seal) {}

  /** What is known of one run. */
  private static final class Run {
    /** By number less one; 0 where there is none. */
    private long[] marks = new long[16];

    private int highest;
    private String newestSeal = "";

    /** What records name before them, until that has come. */
    private final Map<Integer, Long> unmet = new HashMap<>();

    private final List<Integer> broken = new ArrayList<>();
    private @Nullable String origin;

    long mark(int number) {
      return number < 1 || number > highest ? 0 : marks[number - 1];
    }

    void put(Chained<?> record) {
      int number = record.number();
      if (number > marks.length) {
        marks = Arrays.copyOf(marks, Math.max(number, marks.length * 2));
      }
      marks[number - 1] = AccessCheck.mark(record.seal());
      if (number > highest) {
        highest = number;
        newestSeal = record.seal();
      }
      if (number == 1) {
        origin = record.before();
      } else {
        unmet.put(number, AccessCheck.mark(String.valueOf(record.before())));
      }
      meet(number);
      meet(number + 1);
    }

    private void meet(int number) {
      Long named = unmet.get(number);
      long there = mark(number - 1);
      if (named != null && there != 0) {
        unmet.remove(number);
        if (named != there) {
          broken.add(number);
        }
      }
    }
  }

  /** Takes a record in. */
  public void add(Chained<?> record) {
    boolean whole = AccessChain.isWhole(record, seal);
    if (!whole) {
      findings.add(
          "%s does not bear its writer's seal: it was changed, or somebody else wrote it. What stands there now is %s."
              .formatted(name(record.about(), record.run(), record.number()), fingerprint(record)));
    }
    Run run =
        writers
            .computeIfAbsent(record.about(), any -> new LinkedHashMap<>())
            .computeIfAbsent(record.run(), any -> new Run());
    // A number that somebody made up is no place in the run.
    if (record.number() < 1 || (!whole && record.number() > run.highest + 1)) {
      return;
    }
    long known = run.mark(record.number());
    if (known == 0) {
      run.put(record);
      count++;
    } else if (known != mark(record.seal())) {
      findings.add(
          "%s is there twice and says different things, one of them %s."
              .formatted(name(record.about(), record.run(), record.number()), fingerprint(record)));
    }
  }

  /** Takes in that a record of the topic cannot be read. */
  public void unreadable(String place) {
    findings.add("The record %s cannot be read: nobody of ours wrote it so.".formatted(place));
  }

  /** How many records there are. */
  public int count() {
    return count;
  }

  /**
   * What is wrong, a sentence each; empty if nothing is.
   *
   * @param before what was {@link #newest()} at an earlier check; empty if there was none
   */
  public List<String> findings(Collection<Newest> before) {
    List<String> all = new ArrayList<>(findings);
    writers.forEach(
        (writer, runs) -> {
          runs.forEach((name, run) -> inside(writer, name, run, all));
          beginnings(writer, runs, all);
        });
    for (Newest kept : before) {
      if (!isThere(kept)) {
        all.add(
            "%s was there at an earlier check and is not any more, or not as it was."
                .formatted(kept.key()));
      }
    }
    return all;
  }

  /** The newest record of each run, to be kept for the next check. */
  public List<Newest> newest() {
    List<Newest> newest = new ArrayList<>();
    writers.forEach(
        (writer, runs) ->
            runs.forEach(
                (name, run) -> {
                  if (run.highest > 0) {
                    newest.add(new Newest(writer + "/" + name + "/" + run.highest, run.newestSeal));
                  }
                }));
    return newest;
  }

  private static void inside(String writer, String name, Run run, List<String> found) {
    int missingFrom = 0;
    for (int number = 1; number <= run.highest; number++) {
      if (run.mark(number) == 0) {
        missingFrom = missingFrom == 0 ? number : missingFrom;
      } else if (missingFrom != 0) {
        found.add(missing(writer, name, missingFrom, number - 1));
        missingFrom = 0;
      }
    }
    for (int number : run.broken) {
      found.add(
          "%s does not follow the record before it: one of them was changed."
              .formatted(name(writer, name, number)));
    }
  }

  /** A run begins where an earlier one stood; only the first of all begins with nothing. */
  private static void beginnings(String writer, Map<String, Run> runs, List<String> found) {
    Set<Long> wanted = new HashSet<>();
    for (Run run : runs.values()) {
      if (run.origin != null) {
        wanted.add(mark(run.origin));
      }
    }
    Map<Long, Run> holders = new HashMap<>();
    for (Run run : runs.values()) {
      for (int number = 1; number <= run.highest; number++) {
        if (wanted.contains(run.mark(number))) {
          holders.put(run.mark(number), run);
        }
      }
    }
    int nothingBefore = 0;
    for (var each : runs.entrySet()) {
      Run run = each.getValue();
      if (run.mark(1) == 0) {
        continue;
      }
      if (run.origin == null) {
        nothingBefore++;
        continue;
      }
      Run holder = holders.get(mark(run.origin));
      if (holder == null || holder == run) {
        found.add(
            "%s follows a record that is not there: the last ones that %s wrote before are missing."
                .formatted(name(writer, each.getKey(), 1), writer));
      }
    }
    if (nothingBefore > 1) {
      found.add(
          "%s begins %d times as if it had never written before: what it wrote between is missing, or somebody else wrote it."
              .formatted(writer, nothingBefore));
    }
  }

  private boolean isThere(Newest kept) {
    int end = kept.key().lastIndexOf('/');
    int middle = kept.key().lastIndexOf('/', end - 1);
    if (middle < 0) {
      return false;
    }
    Run run =
        writers
            .getOrDefault(kept.key().substring(0, middle), Map.of())
            .get(kept.key().substring(middle + 1, end));
    try {
      return run != null
          && run.mark(Integer.parseInt(kept.key().substring(end + 1))) == mark(kept.seal());
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String missing(String writer, String run, int from, int to) {
    return from == to
        ? "%s is missing.".formatted(name(writer, run, from))
        : "Records %d to %d of run %s of %s are missing.".formatted(from, to, run, writer);
  }

  private static String name(String writer, String run, int number) {
    return "Record %d of run %s of %s".formatted(number, run, writer);
  }

  /** So that whoever accepts what was found accepts this record and no other in its place. */
  private static String fingerprint(Chained<?> record) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(EventCodec.json(record));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Enough of a seal to tell it from others, as each is proved whole by itself (FNV-1a). */
  private static long mark(String seal) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < seal.length(); i++) {
      hash = (hash ^ seal.charAt(i)) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }
}
