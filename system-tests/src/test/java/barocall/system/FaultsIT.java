package barocall.system;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Things go wrong while people write, and every promise holds: what was accepted is there, counted
 * once and told, whatever was killed and when.
 */
@Tag("faults")
class FaultsIT {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);
  private static final int BEFORE = 9;
  private static final int AFTER = 9;
  private static final int NUMBERS_OF_A_ROUND = 100_000;
  private static final int MOST_SHOWN = 40;

  /** How long everything may take to be done, and again to be shown. */
  private final Duration drained =
      Duration.ofSeconds(Integer.getInteger("barocall.faults.drained", 180));

  private final int rounds = Integer.getInteger("barocall.faults.rounds", 2);
  private final int firstRound = Integer.getInteger("barocall.faults.from", 1);

  /** The same for every build, so that a failure is a change's; another finds other faults. */
  private final long seed = Long.getLong("barocall.faults.seed", 22);

  private final String store = System.getProperty("barocall.faults.store", "embedded");
  private final String only = System.getProperty("barocall.faults.fault", "");

  private final Map<Integer, Duration> jumped = new HashMap<>();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void whateverHappensWhatWasAcceptedIsThereCountedOnceAndTold() throws IOException {
    Path log = Path.of("target", "faults", "history-" + seed + ".jsonl");
    try (History history = new History(log);
        Ground ground = new Ground(store, folder)) {
      say("Faults on the store %s, seed %d; the clients' log is %s", store, seed, log);
      Looking looking = new Looking(ground);
      for (int round = firstRound; round < firstRound + rounds; round++) {
        round(round, ground, history, looking);
      }
    }
  }

  private void round(int round, Ground ground, History history, Looking looking) {
    Random random = Fault.random(seed, round);
    List<Fault> faults = chosen(random, ground);
    String words = faults.stream().map(Fault::word).collect(Collectors.joining(","));
    faults.forEach(fault -> jumped.merge(round, fault.clocksDiffer(), Duration::plus));
    long begin = System.nanoTime();
    List<String> struck = new ArrayList<>();
    try (Traffic traffic = new Traffic(ground, history, round, round * NUMBERS_OF_A_ROUND)) {
      traffic.begin();
      traffic.awaitAccepted(BEFORE);
      say("round %d: %s begins", round, words);
      for (Fault fault : faults) {
        struck.add(fault.strike(ground, random));
      }
      traffic.awaitAccepted(AFTER);
      requireNoDifference(round, traffic.finish(drained), history, looking);
      say(
          "round %d: %s (%s): %d accepted, the slowest after %.1f s, no difference; %d s",
          round,
          words,
          String.join("; ", struck),
          traffic.accepted(),
          history.longestWait(round).toMillis() / 1000.0,
          Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "Seed %d, round %d, fault %s (%s): %s%nAgain: ./barocall faults --seed %d --from %d --rounds 1 --fault %s --store %s%nWhat it left: %s%n%s"
              .formatted(
                  seed,
                  round,
                  words,
                  struck.isEmpty() ? "not over" : String.join("; ", struck),
                  e.getMessage(),
                  seed,
                  round,
                  words,
                  store,
                  folder,
                  ground.suite().logs()),
          e);
    }
  }

  /** Whatever the round, its own are asked one by one; of earlier ones the lists and figures. */
  private void requireNoDifference(int round, int unfinished, History history, Looking looking) {
    if (!history.refused().isEmpty()) {
      throw new AssertionError("refused to clients that did nothing wrong: " + history.refused());
    }
    List<Told> told = history.told();
    List<Told> asked = told.stream().filter(it -> it.round() == round).toList();
    Supplier<List<String>> differences =
        () -> {
          List<String> all = Checks.differences(told, looking.seen(asked), this::clocksDiffered);
          if (unfinished > 0) {
            all.add(0, unfinished + " inquiries are not accepted or not done");
          }
          return all;
        };
    try {
      // Everything is only looked at when nothing waits any more, which is asked at little cost.
      Awaitility.await()
          .atMost(drained)
          .pollDelay(Duration.ZERO)
          .pollInterval(LOOK_EVERY)
          .ignoreExceptions()
          .until(() -> looking.waiting().isEmpty() && differences.get().isEmpty());
    } catch (ConditionTimeoutException e) {
      List<String> left = differences.get();
      throw new AssertionError(
          "%d differences after %d s:%n  %s"
              .formatted(
                  left.size(),
                  drained.toSeconds(),
                  String.join("\n  ", left.subList(0, Math.min(MOST_SHOWN, left.size())))),
          e);
    }
  }

  private Duration clocksDiffered(Told told) {
    return CLOCKS_DIFFER.plus(jumped.getOrDefault(told.round(), Duration.ZERO));
  }

  private List<Fault> chosen(Random random, Ground ground) {
    Fault drawn = Fault.drawn(random);
    return (only.isEmpty() ? Stream.of(drawn) : Stream.of(only.split(",")).map(Fault::of))
        .map(fault -> possible(fault, ground))
        .toList();
  }

  private static Fault possible(Fault fault, Ground ground) {
    Optional<String> impossible = fault.impossible(ground);
    impossible.ifPresent(why -> say("%s is left out: %s", fault.word(), why));
    return impossible.isEmpty() ? fault : Fault.KILLED_SERVICE;
  }

  private static void say(String format, Object... values) {
    System.out.println(format.formatted(values));
  }
}
