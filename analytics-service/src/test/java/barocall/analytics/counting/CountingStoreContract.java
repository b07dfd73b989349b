package barocall.analytics.counting;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.analytics.Inquiries;
import barocall.analytics.counting.CountingStore.Addition;
import barocall.analytics.facts.CityTime;
import barocall.analytics.facts.Fact;
import barocall.analytics.facts.InquiryFacts;
import barocall.analytics.facts.Origin;
import barocall.analytics.facts.Standing;
import barocall.contract.Event.InquiryEvent;
import java.time.ZoneId;
import java.util.ArrayList;
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
import org.junit.jupiter.api.Test;

/** What the counting protocol rests on, whatever the store. */
abstract class CountingStoreContract {
  private static final String PARTITION = "call-received-0";
  private static final String OTHER = "call-ended-0";
  private static final int ROUNDS = 20;

  /** An empty store. */
  abstract CountingStore store();

  /** What it has added up, by rollup and path. */
  abstract Map<String, Map<String, Long>> amounts(CountingStore store);

  /** The ids of what it has as open. */
  abstract List<String> open(CountingStore store);

  @Test
  void keepsWhatIsWrittenAsItWas() {
    CountingStore store = store();
    InquiryFacts inquiry = inquiry("gyeongju-1").withVersion(1);
    assertThat(store.write(List.of(inquiry), List.of())).isTrue();
    assertThat(store.inquiries(List.of("gyeongju-1", "gyeongju-2")))
        .containsExactly(Map.entry("gyeongju-1", inquiry));
    assertThat(store.versions(List.of("gyeongju-1", "gyeongju-2")))
        .containsExactly(Map.entry("gyeongju-1", 1L));
  }

  @Test
  void aFreshInquiryThatIsKnownLosesAndTheOthersAreWritten() {
    CountingStore store = store();
    store.write(List.of(inquiry("gyeongju-1").withVersion(1)), List.of());
    boolean won =
        store.write(
            List.of(
                InquiryFacts.unknown("gyeongju-1", "gyeongju").withVersion(1),
                inquiry("gyeongju-2").withVersion(1)),
            List.of());
    assertThat(won).isFalse();
    assertThat(store.inquiries(List.of("gyeongju-1")).get("gyeongju-1").facts()).isNotEmpty();
    assertThat(store.versions(List.of("gyeongju-2"))).containsEntry("gyeongju-2", 1L);
  }

  @Test
  void anInquiryGrowsOnlyFromTheVersionThatWasRead() {
    CountingStore store = store();
    store.write(List.of(inquiry("gyeongju-1").withVersion(1)), List.of());
    assertThat(store.write(List.of(), List.of(inquiry("gyeongju-1").withVersion(3)))).isFalse();
    assertThat(store.write(List.of(), List.of(inquiry("gyeongju-1").withVersion(2)))).isTrue();
    assertThat(store.write(List.of(), List.of(inquiry("gyeongju-1").withVersion(2)))).isFalse();
    assertThat(store.versions(List.of("gyeongju-1"))).containsEntry("gyeongju-1", 2L);
  }

  @Test
  void addsOnlyWhereTheLastOffsetIsTheOneRead() {
    CountingStore store = store();
    Addition first = new Addition("gyeongju/day/d", -1, 4, Map.of("n.received", 2L));
    assertThat(store.lastCounted(List.of("gyeongju/day/d"), PARTITION)).isEmpty();
    assertThat(store.add(List.of(first), PARTITION)).isTrue();
    assertThat(store.add(List.of(first), PARTITION)).isFalse();
    assertThat(
            store.add(
                List.of(new Addition("gyeongju/day/d", 3, 9, Map.of("n.received", 7L))), PARTITION))
        .isFalse();
    assertThat(
            store.add(
                List.of(new Addition("gyeongju/day/d", 4, 9, Map.of("n.received", 1L))), PARTITION))
        .isTrue();
    assertThat(
            store.add(
                List.of(new Addition("gyeongju/day/d", -1, 2, Map.of("n.resolved", 1L))), OTHER))
        .isTrue();
    assertThat(store.lastCounted(List.of("gyeongju/day/d"), PARTITION))
        .containsEntry("gyeongju/day/d", 9L);
    assertThat(store.lastCounted(List.of("gyeongju/day/d"), OTHER))
        .containsEntry("gyeongju/day/d", 2L);
    assertThat(amounts(store))
        .isEqualTo(Map.of("gyeongju/day/d", Map.of("n.received", 3L, "n.resolved", 1L)));
  }

  @Test
  void aRefusedAdditionLeavesItsNeighboursApplied() {
    CountingStore store = store();
    store.add(List.of(new Addition("a", -1, 4, Map.of("n.received", 1L))), PARTITION);
    boolean applied =
        store.add(
            List.of(
                new Addition("a", -1, 5, Map.of("n.received", 1L)),
                new Addition("b", -1, 5, Map.of("n.received", 1L))),
            PARTITION);
    assertThat(applied).isFalse();
    assertThat(amounts(store))
        .isEqualTo(Map.of("a", Map.of("n.received", 1L), "b", Map.of("n.received", 1L)));
  }

  @Test
  void aPositionBeginsOnceAndMovesOnlyFromWhereItStands() {
    CountingStore store = store();
    assertThat(store.position(PARTITION)).isEmpty();
    store.begin(PARTITION, "topic-id", 3);
    store.begin(PARTITION, "another", 7);
    assertThat(store.position(PARTITION)).isEqualTo(OptionalLong.of(3));
    assertThat(store.topicId(PARTITION)).isEqualTo("topic-id");
    assertThat(store.topicId(OTHER)).isEmpty();
    assertThat(store.move(PARTITION, 3, 10)).isTrue();
    assertThat(store.move(PARTITION, 3, 8)).isFalse();
    assertThat(store.position(PARTITION)).isEqualTo(OptionalLong.of(10));
  }

  @Test
  void whatIsOpenIsRewrittenOnlyByLaterVersions() {
    CountingStore store = store();
    InquiryFacts one = inquiry("gyeongju-1").withVersion(1);
    InquiryFacts two = inquiry("gyeongju-2").withVersion(3);
    store.rewriteOpen(Map.of(one, Standing.of(one.facts()), two, Standing.of(two.facts())));
    store.rewriteOpen(Map.of(one, Standing.of(one.facts())));
    assertThat(open(store)).containsExactlyInAnyOrder("gyeongju-1", "gyeongju-2");
    assertThat(store.openVersions()).isEqualTo(Map.of("gyeongju-1", 1L, "gyeongju-2", 3L));
    store.rewriteOpen(closed(two.withVersion(2)));
    assertThat(open(store)).containsExactlyInAnyOrder("gyeongju-1", "gyeongju-2");
    store.rewriteOpen(closed(two.withVersion(4)));
    assertThat(open(store)).containsExactly("gyeongju-1");
  }

  /** A writer that was overtaken lists as open what has long been closed, and dies. */
  @Test
  void whatADeadWriterLeftOpenIsMended() {
    CountingStore store = store();
    InquiryFacts read = inquiry("gyeongju-1").withVersion(1);
    InquiryFacts now = closed(read.withVersion(2)).keySet().iterator().next();
    store.write(List.of(read), List.of());
    store.write(List.of(), List.of(now));
    store.rewriteOpen(Map.of(read, Standing.of(read.facts())));
    assertThat(open(store)).containsExactly("gyeongju-1");
    new Counting(store, city -> CityTime.roundTheClock(ZoneId.of("Asia/Seoul"))).mendOpen();
    assertThat(open(store)).isEmpty();
  }

  private static Map<InquiryFacts, Standing> closed(InquiryFacts inquiry) {
    InquiryFacts closed =
        inquiry.with(
            Inquiries.abandonedCall(inquiry.inquiryId(), Inquiries.NOON).stream()
                .flatMap(event -> Fact.of(event, new Origin(OTHER, 1)).stream())
                .toList());
    return Map.of(closed, Standing.of(closed.facts()));
  }

  /** Both want the same offsets, step by step, of one new rollup after the other. */
  @Test
  void ofTwoWritersAtOnceExactlyOneAddsEachPart() throws Exception {
    CountingStore store = store();
    store.begin(PARTITION, "topic-id", 0);
    Callable<Integer> writer =
        () -> {
          int moves = 0;
          for (long offset = store.position(PARTITION).orElseThrow();
              offset < ROUNDS;
              offset = store.position(PARTITION).orElseThrow()) {
            String rollup = "gyeongju/hour/" + offset / 4;
            long last = store.lastCounted(List.of(rollup), PARTITION).getOrDefault(rollup, -1L);
            if (last < offset) {
              store.add(
                  List.of(new Addition(rollup, last, offset, Map.of("n.received", 1L))), PARTITION);
            }
            long counted = store.lastCounted(List.of(rollup), PARTITION).getOrDefault(rollup, -1L);
            if (counted >= offset && store.move(PARTITION, offset, offset + 1)) {
              moves++;
            }
          }
          return moves;
        };
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> writers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        writers.add(pool.submit(writer));
      }
      for (Future<Integer> done : writers) {
        done.get(30, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    Map<String, Map<String, Long>> expected = new TreeMap<>();
    for (int i = 0; i < ROUNDS / 4; i++) {
      expected.put("gyeongju/hour/" + i, Map.of("n.received", 4L));
    }
    assertThat(amounts(store)).isEqualTo(expected);
    assertThat(store.position(PARTITION)).isEqualTo(OptionalLong.of(ROUNDS));
  }

  /** The whole protocol: lives in any order, some events twice, two writers of each partition. */
  @Test
  void twoWritersOfEachPartitionCountEachEventOnce() throws Exception {
    CountingStore store = store();
    Random random = new Random(11);
    List<InquiryEvent> events = CountingUnderFireTest.events(random, 12);
    Map<String, List<InquiryEvent>> log = CountingUnderFireTest.log(events, random);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Void>> writers = new ArrayList<>();
      log.forEach(
          (partition, records) -> {
            for (int writer = 0; writer < 2; writer++) {
              writers.add(
                  pool.submit(CountingUnderFireTest.consumer(store, partition, records, writer)));
            }
          });
      for (Future<Void> done : writers) {
        done.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(CountingUnderFireTest.nonZero(amounts(store)))
        .isEqualTo(CountingUnderFireTest.expected(events));
    new Counting(store, city -> CityTime.roundTheClock(ZoneId.of("Asia/Seoul"))).mendOpen();
    assertThat(open(store))
        .containsExactlyInAnyOrderElementsOf(CountingUnderFireTest.expectedOpen(events));
  }

  static InquiryFacts inquiry(String id) {
    return InquiryFacts.unknown(id, "gyeongju")
        .with(Fact.of(Inquiries.answeredCall(id, Inquiries.NOON).get(0), new Origin(PARTITION, 0)));
  }
}
