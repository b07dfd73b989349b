package barocall.contract;

import barocall.contract.Event.AccessRecorded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the records of who saw and did what are all there and as they were written. In
 * which order they come does not matter, and one that comes again changes nothing.
 *
 * <p>What no chain can show by itself is that its newest records are gone, or all of a writer: for
 * that the {@link #newest()} of one check are kept and must be there at the next.
 */
public final class AccessCheck {
  private final UnaryOperator<String> seal;
  private final Map<String, Map<String, TreeMap<Integer, AccessRecorded>>> writers =
      new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
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

  /** Takes a record in. */
  public void add(AccessRecorded record) {
    if (!AccessChain.isWhole(record, seal)) {
      findings.add(
          "%s does not bear its writer's seal: it was changed, or somebody else wrote it."
              .formatted(name(record)));
    }
    AccessRecorded known =
        writers
            .computeIfAbsent(record.about(), any -> new LinkedHashMap<>())
            .computeIfAbsent(record.run(), any -> new TreeMap<>())
            .putIfAbsent(record.number(), record);
    if (known == null) {
      count++;
    } else if (!known.equals(record)) {
      findings.add("There are two records that say different things: %s.".formatted(name(record)));
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
    writers.forEach((writer, runs) -> all.addAll(findings(writer, runs)));
    Set<Newest> there = new HashSet<>();
    each(record -> there.add(new Newest(record.key(), record.seal())));
    before.stream()
        .filter(it -> !there.contains(it))
        .map(
            it ->
                "%s was there at an earlier check and is not any more, or not as it was."
                    .formatted(it.key()))
        .forEach(all::add);
    return all;
  }

  /** The newest record of each run, to be kept for the next check. */
  public List<Newest> newest() {
    return writers.values().stream()
        .flatMap(runs -> runs.values().stream())
        .map(run -> run.lastEntry().getValue())
        .map(it -> new Newest(it.key(), it.seal()))
        .toList();
  }

  private static List<String> findings(
      String writer, Map<String, TreeMap<Integer, AccessRecorded>> runs) {
    List<String> found = new ArrayList<>();
    Map<String, String> runOf = new LinkedHashMap<>();
    runs.forEach(
        (run, records) -> records.values().forEach(it -> runOf.putIfAbsent(it.seal(), run)));
    int beginnings = 0;
    for (var run : runs.entrySet()) {
      AccessRecorded last = null;
      for (AccessRecorded record : run.getValue().values()) {
        int expected = last == null ? 1 : last.number() + 1;
        if (record.number() > expected) {
          found.add(missing(writer, run.getKey(), expected, record.number() - 1));
        } else if (last != null && !last.seal().equals(record.before())) {
          found.add(
              "%s does not follow the record before it: one of them was changed."
                  .formatted(name(record)));
        } else if (last == null && record.before() == null) {
          beginnings++;
        } else if (last == null && !follows(record, runOf)) {
          found.add(
              "%s follows a record that is not there: the last ones that %s wrote before are missing."
                  .formatted(name(record), writer));
        }
        last = record;
      }
    }
    if (beginnings > 1) {
      found.add(
          "%s begins %d times as if it had never written before: what it wrote between is missing, or somebody else wrote it."
              .formatted(writer, beginnings));
    }
    return found;
  }

  private static boolean follows(AccessRecorded first, Map<String, String> runOf) {
    @Nullable String run = runOf.get(String.valueOf(first.before()));
    return run != null && !run.equals(first.run());
  }

  private static String missing(String writer, String run, int from, int to) {
    return from == to
        ? "Record %d of run %s of %s is missing.".formatted(from, run, writer)
        : "Records %d to %d of run %s of %s are missing.".formatted(from, to, run, writer);
  }

  private static String name(AccessRecorded record) {
    return "Record %d of run %s of %s".formatted(record.number(), record.run(), record.about());
  }

  private void each(java.util.function.Consumer<AccessRecorded> look) {
    writers.values().forEach(runs -> runs.values().forEach(run -> run.values().forEach(look)));
  }
}
