package barocall.analytics.counting;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.analytics.Inquiries;
import barocall.analytics.counting.Counting.Delivery;
import barocall.analytics.facts.Bookings;
import barocall.analytics.facts.CityTime;
import barocall.analytics.facts.Fact;
import barocall.analytics.facts.InquiryFacts;
import barocall.analytics.facts.Origin;
import barocall.analytics.facts.Standing;
import barocall.contract.Event.InquiryEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever crashes, comes twice, comes in another order or is written by two at once: the figures
 * equal a plain count of the distinct events.
 */
class CountingUnderFireTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final int INQUIRIES = 12;
  private static final int WRITERS_PER_PARTITION = 2;

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 1; seed <= 150; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void figuresAreExact(long seed) throws Exception {
    Random random = new Random(seed);
    List<InquiryEvent> events = events(random, INQUIRIES);
    Map<String, List<InquiryEvent>> log = log(events, random);
    FaultyStore store = new FaultyStore(seed);

    ExecutorService writers = Executors.newFixedThreadPool(log.size() * WRITERS_PER_PARTITION);
    try {
      List<Future<?>> running = new ArrayList<>();
      log.forEach(
          (partition, records) -> {
            for (int writer = 0; writer < WRITERS_PER_PARTITION; writer++) {
              running.add(writers.submit(consumer(store, partition, records, seed * 31 + writer)));
            }
          });
      for (Future<?> writer : running) {
        writer.get(20, TimeUnit.SECONDS);
      }
    } finally {
      writers.shutdownNow();
    }

    assertThat(nonZero(store.amounts())).isEqualTo(expected(events));
    store.calm();
    new Counting(store, city -> CityTime.roundTheClock(SEOUL)).mendOpen();
    assertThat(store.open().keySet()).isEqualTo(expectedOpen(events));
  }

  /** Consumes from the stored position to the end, starting over after each crash or refusal. */
  static Callable<Void> consumer(
      CountingStore store, String partition, List<InquiryEvent> records, long seed) {
    return () -> {
      Random random = new Random(seed);
      Counting counting = new Counting(store, city -> CityTime.roundTheClock(SEOUL));
      while (true) {
        try {
          store.begin(partition, "topic", 0);
          OptionalLong position = store.position(partition);
          long begin = position.orElse(0);
          if (begin == records.size()) {
            return null;
          }
          long end = Math.min(records.size(), begin + 1 + random.nextInt(9));
          List<Delivery> batch = new ArrayList<>();
          for (long offset = begin; offset < end; offset++) {
            batch.add(new Delivery(offset, records.get((int) offset)));
          }
          counting.count(partition, begin, end, batch);
        } catch (Crash e) {
          // the next round is the process that comes after
        }
      }
    };
  }

  static List<InquiryEvent> events(Random random, int inquiries) {
    List<InquiryEvent> events = new ArrayList<>();
    for (int i = 0; i < inquiries; i++) {
      Instant at = Inquiries.NOON.plusSeconds(random.nextInt(200_000));
      String id = "inquiry-" + i;
      List<InquiryEvent> life =
          switch (i % 6) {
            case 0 -> Inquiries.answeredCall(id, at);
            case 1 -> Inquiries.abandonedCall(id, at);
            case 2 -> Inquiries.complaint(id, at);
            case 3 -> Inquiries.repeatedCall(id, at);
            case 4 -> Inquiries.callPutThrough(id, at);
            default -> Inquiries.history(id, at);
          };
      events.addAll(
          random.nextInt(4) == 0 ? life.subList(0, 1 + random.nextInt(life.size())) : life);
    }
    return events;
  }

  /**
   * The topics' partitions, each with its events in any order (history in its own) and some of them
   * twice.
   */
  static Map<String, List<InquiryEvent>> log(List<InquiryEvent> events, Random random) {
    Map<String, List<InquiryEvent>> log = new TreeMap<>();
    for (InquiryEvent event : events) {
      String partition =
          event.topic().wireName() + "-" + Math.floorMod(event.about().hashCode(), 2);
      log.computeIfAbsent(partition, p -> new ArrayList<>()).add(event);
    }
    log.forEach(
        (partition, records) -> {
          if (!partition.startsWith("history")) {
            Collections.shuffle(records, random);
          }
          for (InquiryEvent event : List.copyOf(records)) {
            if (random.nextInt(4) == 0) {
              records.add(event);
            }
          }
        });
    return log;
  }

  static Map<String, Map<String, Long>> expected(List<InquiryEvent> events) {
    return expected(events, CityTime.roundTheClock(SEOUL));
  }

  static Map<String, Map<String, Long>> expected(List<InquiryEvent> events, CityTime time) {
    Map<String, Map<String, Long>> amounts = new HashMap<>();
    inquiries(events)
        .forEach(
            (id, inquiry) ->
                Bookings.of(inquiry.facts(), time)
                    .forEach(
                        (booking, amount) ->
                            Rollups.of(
                                booking,
                                Rollups.Buckets.of("gyeongju", booking.at(), time.zone()),
                                (rollup, path) ->
                                    amounts
                                        .computeIfAbsent(rollup, r -> new TreeMap<>())
                                        .merge(path, amount, Long::sum))));
    return nonZero(amounts);
  }

  static java.util.Set<String> expectedOpen(List<InquiryEvent> events) {
    java.util.Set<String> open = new java.util.TreeSet<>();
    inquiries(events)
        .forEach(
            (id, inquiry) -> {
              if (Standing.of(inquiry.facts()).open()) {
                open.add(id);
              }
            });
    return open;
  }

  private static Map<String, InquiryFacts> inquiries(List<InquiryEvent> events) {
    Map<String, InquiryFacts> inquiries = new HashMap<>();
    for (InquiryEvent event : events) {
      inquiries.merge(
          event.about(),
          InquiryFacts.unknown(event.about(), "gyeongju").with(Fact.of(event, new Origin("t", 0))),
          (known, more) -> known.with(more.facts()));
    }
    return inquiries;
  }

  static Map<String, Map<String, Long>> nonZero(Map<String, Map<String, Long>> amounts) {
    Map<String, Map<String, Long>> kept = new HashMap<>();
    amounts.forEach(
        (rollup, paths) -> {
          Map<String, Long> some = new TreeMap<>(paths);
          some.values().removeIf(amount -> amount == 0);
          if (!some.isEmpty()) {
            kept.put(rollup, some);
          }
        });
    return kept;
  }

  private static final class Crash extends RuntimeException {}

  /**
   * Crashes before a call, after it, or between two documents of it; and lets others in between.
   */
  private static final class FaultyStore extends InMemoryCountingStore {
    private final Random random;
    private volatile boolean calm;

    FaultyStore(long seed) {
      random = new Random(seed);
    }

    /** From now on nothing crashes. */
    void calm() {
      calm = true;
    }

    private void perhaps() {
      if (calm) {
        return;
      }
      int dice;
      synchronized (random) {
        dice = random.nextInt(40);
      }
      if (dice == 0) {
        throw new Crash();
      }
      if (dice < 12) {
        Thread.yield();
      }
    }

    @Override
    public Map<String, InquiryFacts> inquiries(java.util.Collection<String> ids) {
      perhaps();
      return super.inquiries(ids);
    }

    @Override
    public boolean write(List<InquiryFacts> fresh, List<InquiryFacts> grown) {
      boolean won = true;
      for (InquiryFacts inquiry : fresh) {
        perhaps();
        won &= super.write(List.of(inquiry), List.of());
      }
      for (InquiryFacts inquiry : grown) {
        perhaps();
        won &= super.write(List.of(), List.of(inquiry));
      }
      perhaps();
      return won;
    }

    @Override
    public void rewriteOpen(Map<InquiryFacts, Standing> standings) {
      standings.forEach(
          (inquiry, standing) -> {
            perhaps();
            super.rewriteOpen(Map.of(inquiry, standing));
          });
    }

    @Override
    public boolean add(List<Addition> additions, String partition) {
      boolean applied = true;
      for (Addition addition : additions) {
        perhaps();
        applied &= super.add(List.of(addition), partition);
      }
      perhaps();
      return applied;
    }

    @Override
    public boolean move(String partition, long from, long to) {
      perhaps();
      return super.move(partition, from, to);
    }
  }
}
