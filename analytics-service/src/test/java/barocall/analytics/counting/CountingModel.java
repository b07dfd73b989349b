package barocall.analytics.counting;

import barocall.analytics.counting.Counting.Delivery;
import barocall.analytics.counting.SteppedStore.Guard;
import barocall.analytics.counting.SteppedStore.Listed;
import barocall.analytics.counting.SteppedStore.Position;
import barocall.analytics.counting.SteppedStore.Rollup;
import barocall.analytics.counting.SteppedStore.Rollups;
import barocall.analytics.facts.CityTime;
import barocall.analytics.facts.Fact;
import barocall.analytics.facts.InquiryFacts;
import barocall.analytics.facts.Origin;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.InquiryEvent;
import barocall.testkit.model.Alone;
import barocall.testkit.model.Documents;
import barocall.testkit.model.Explorer;
import barocall.testkit.model.Explorer.Bounds;
import barocall.testkit.model.Process;
import barocall.testkit.model.Promises;
import barocall.testkit.model.Replay;
import barocall.testkit.model.Work;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counting by several writers, as a model whose code is the service's own: {@link Bookmark} and
 * {@link Counting} on a store whose every access is a step.
 *
 * <p>A writer takes a partition over, begins a batch of any size from where it believes to stand,
 * goes on after it was counted or refused, begins it again when the store was away, loses the
 * partition between two batches, or crashes anywhere. Nobody keeps two writers from the same
 * partition: whoever was replaced and does not know it yet goes on as if nothing had happened.
 */
final class CountingModel implements Promises {
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private static final CityTime TIME = CityTime.roundTheClock(SEOUL);
  private static final String TOPIC_ID = "topic";

  /** Rests without the partition. */
  private static final String WITHOUT = "without";

  /** Rests for good: this log is not the one that was counted. */
  private static final String STOPPED = "stopped";

  private final Map<String, List<@Nullable InquiryEvent>> log;
  private final int batch;
  private final Set<Guard> missing = EnumSet.noneOf(Guard.class);
  private final Function<CountingStore, Counting> code;
  private final List<Process> processes = new ArrayList<>();
  private final Set<String> inquiries = new TreeSet<>();
  private final List<InquiryEvent> events = new ArrayList<>();
  private final Map<String, Map<String, Long>> figures;
  private final Map<String, Map<String, Long>> headlines;
  private final Set<String> rollups;
  private final Set<String> open;
  private boolean faultless;

  /**
   * @param log the records of each partition by their offsets; null where compaction left a gap
   * @param batch how many records a batch has at most
   */
  CountingModel(Map<String, List<@Nullable InquiryEvent>> log, int batch) {
    this.log = new TreeMap<>(log);
    this.batch = batch;
    this.code = store -> new Counting(store, city -> TIME);
    for (List<@Nullable InquiryEvent> records : log.values()) {
      for (InquiryEvent event : records) {
        if (event != null) {
          events.add(event);
          inquiries.add(event.about());
        }
      }
    }
    figures = CountingUnderFireTest.expected(events);
    headlines = PlainCount.of(events, SEOUL);
    rollups = rollups(events);
    open = CountingUnderFireTest.expectedOpen(events);
  }

  /** Without that guard of the store, to see that it is missed. */
  CountingModel without(Guard guard) {
    missing.add(guard);
    return this;
  }

  /** One more writer of a partition. */
  CountingModel writer(String host, String partition) {
    processes.add(
        new Process(
            host + " on " + partition,
            host,
            "on " + partition,
            WITHOUT,
            (rest, store) -> works(partition, rest),
            rest -> rest.equals(STOPPED) ? STOPPED : WITHOUT));
    return this;
  }

  /** Somebody who puts right what is listed as open, at any time. */
  CountingModel mender(String host) {
    processes.add(
        new Process(
            host + " mending",
            host,
            "mending",
            "",
            (rest, store) -> List.of(mend()),
            rest -> rest));
    return this;
  }

  Explorer.Result explore(Bounds bounds) {
    faultless = bounds.crashes() == 0 && bounds.outages() == 0;
    return new Explorer(processes, document -> null, bounds, this).explore();
  }

  private List<Work> works(String partition, Object rest) {
    if (rest.equals(WITHOUT)) {
      return List.of(takeOver(partition));
    }
    if (rest.equals(STOPPED)) {
      return List.of();
    }
    long next = (Long) rest;
    List<Work> works = new ArrayList<>();
    for (long end = next + 1; end <= Math.min(next + batch, end(partition)); end++) {
      // The last record of a batch is one that is there.
      if (log.get(partition).get((int) end - 1) != null) {
        works.add(count(partition, next, end));
      }
    }
    works.add(Work.blocking("lose " + partition, replay -> null, (value, failure) -> WITHOUT));
    return works;
  }

  private Work takeOver(String partition) {
    return Work.blocking(
        "take over " + partition,
        replay -> bookmark(replay).takenOver(partition, TOPIC_ID, 0, end(partition)),
        (value, failure) -> {
          if (isAway(failure)) {
            return takeOver(partition);
          }
          OptionalLong next = (OptionalLong) value;
          return next != null && next.isPresent() ? next.getAsLong() : STOPPED;
        });
  }

  private Work count(String partition, long begin, long end) {
    List<Delivery> deliveries = new ArrayList<>();
    for (long offset = begin; offset < end; offset++) {
      InquiryEvent event = log.get(partition).get((int) offset);
      if (event != null) {
        deliveries.add(new Delivery(offset, event));
      }
    }
    return Work.blocking(
        "count " + partition + " from " + begin + " to " + end,
        replay -> bookmark(replay).after(partition, begin, end, deliveries),
        (value, failure) -> isAway(failure) ? count(partition, begin, end) : value);
  }

  private Work mend() {
    return Work.blocking(
        "mend what is open",
        replay -> {
          code.apply(store(replay)).mendOpen();
          return "";
        },
        (value, failure) -> "");
  }

  private static boolean isAway(@Nullable Throwable failure) {
    if (failure != null && !(failure instanceof Replay.AwayException)) {
      throw new IllegalStateException(failure);
    }
    return failure != null;
  }

  private SteppedStore store(Replay replay) {
    return new SteppedStore(replay, inquiries, missing);
  }

  private Bookmark bookmark(Replay replay) {
    SteppedStore store = store(replay);
    return new Bookmark(store, code.apply(store));
  }

  private int end(String partition) {
    return log.get(partition).size();
  }

  // What must hold.

  /** A rollup says at every moment what the records up to the last offset counted say. */
  @Override
  public @Nullable String wrongIn(String document, Object content) {
    if (content instanceof Rollups rollups) {
      return rollups.byId().entrySet().stream()
          .map(rollup -> wrongIn(rollup.getKey(), rollup.getValue()))
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
    if (content instanceof InquiryFacts inquiry) {
      Set<String> keys = new HashSet<>();
      for (Fact fact : inquiry.facts()) {
        if (!keys.add(fact.key())) {
          return document + " has " + fact.key() + " twice";
        }
        if (!isOf(fact, inquiry.inquiryId())) {
          return document + " has " + fact.key() + " of a record that does not bring it";
        }
      }
    }
    return null;
  }

  private @Nullable String wrongIn(String id, Rollup rollup) {
    List<InquiryEvent> counted = new ArrayList<>();
    rollup
        .counted()
        .forEach(
            (partition, last) ->
                log.get(partition).subList(0, Math.toIntExact(last + 1)).stream()
                    .filter(CallReceived.class::isInstance)
                    .forEach(counted::add));
    long received =
        PlainCount.of(counted, SEOUL).getOrDefault(id, Map.of()).getOrDefault("n.received", 0L);
    long says = rollup.amounts().getOrDefault("n.received", 0L);
    return says == received
        ? null
        : id + " has " + says + " received, of " + received + " in the records that it counted";
  }

  private boolean isOf(Fact fact, String inquiryId) {
    Origin origin = fact.origin();
    List<@Nullable InquiryEvent> records = log.getOrDefault(origin.partition(), List.of());
    InquiryEvent event =
        origin.offset() >= 0 && origin.offset() < records.size()
            ? records.get((int) origin.offset())
            : null;
    return event != null
        && event.about().equals(inquiryId)
        && event.id().equals(fact.key().replaceFirst("/", "/" + inquiryId + "/"));
  }

  /** Once all positions are at the end everything is exact; and whoever goes on gets there. */
  @Override
  public @Nullable String wrongIn(Documents store) {
    if (isAtEnd(store)) {
      String wrong = wrongAtEnd(store);
      if (wrong != null) {
        return wrong;
      }
    }
    Alone alone = new Alone(store);
    for (String partition : log.keySet()) {
      Object rest = WITHOUT;
      for (int i = 0; !rest.equals((long) end(partition)); i++) {
        if (i > end(partition) + 2 || rest.equals(STOPPED)) {
          return "whoever begins now never gets to the end of " + partition;
        }
        rest = next(alone, works(partition, rest).get(0));
      }
    }
    String wrong = wrongAtEnd(alone);
    if (wrong == null) {
      alone.does(mend());
      wrong = wrongInOpen(alone);
    }
    return wrong == null ? null : "if all ended now and one went on: " + wrong;
  }

  /** Whoever rests with a partition and goes on, counts it to its end. */
  @Override
  public @Nullable String wrongAtRest(Process process, Object rest, Documents store) {
    Alone alone = new Alone(store);
    Object at = rest;
    for (int i = 0; at instanceof Long && i <= 2 * events.size() + 2; i++) {
      List<Work> works = process.works().apply(at, alone);
      if (works.size() == 1) {
        return isAtEnd(process, alone)
            ? null
            : process.name() + " believes to be at the end, and the position is not";
      }
      at = next(alone, works.get(0));
    }
    return at instanceof Long ? process.name() + ", left alone, never gets to the end" : null;
  }

  private boolean isAtEnd(Process process, Documents store) {
    String partition = process.role().substring("on ".length());
    return store.content(SteppedStore.positionOf(partition)) instanceof Position position
        && position.next() == end(partition);
  }

  private static Object next(Alone alone, Work work) {
    return work.then().apply(alone.does(work));
  }

  /** Where nothing went wrong, the list of what is open needs no mending once all is counted. */
  @Override
  public @Nullable String wrongNow(Moment moment) {
    if (!faultless || !isAtEnd(moment)) {
      return null;
    }
    return processes.stream().allMatch(process -> moment.rest(process.name()).isPresent())
        ? wrongInOpen(moment)
        : null;
  }

  private boolean isAtEnd(Documents store) {
    return log.keySet().stream()
        .allMatch(
            partition ->
                store.content(SteppedStore.positionOf(partition)) instanceof Position position
                    && position.next() == end(partition));
  }

  private @Nullable String wrongAtEnd(Documents store) {
    Map<String, Map<String, Long>> counted = new TreeMap<>();
    Map<String, Map<String, Long>> heads = new TreeMap<>();
    for (String id : rollups) {
      if (store.content(SteppedStore.rollup(id)) instanceof Rollups all) {
        Rollup rollup = all.get(id);
        counted.put(id, rollup.amounts());
        Map<String, Long> head = new TreeMap<>(rollup.amounts());
        head.keySet().retainAll(PlainCount.FIGURES);
        heads.put(id, head);
      }
    }
    if (!CountingUnderFireTest.nonZero(heads).equals(headlines)) {
      return "all is counted, and the figures are "
          + new TreeMap<>(CountingUnderFireTest.nonZero(heads))
          + " instead of "
          + headlines;
    }
    if (!CountingUnderFireTest.nonZero(counted).equals(figures)) {
      return "all is counted, and some figure other than the headlines is wrong";
    }
    for (String id : inquiries) {
      Set<String> keys = new TreeSet<>();
      if (store.content(SteppedStore.inquiry(id)) instanceof InquiryFacts inquiry) {
        inquiry.facts().forEach(fact -> keys.add(fact.key()));
      }
      Set<String> expected = new TreeSet<>();
      events.stream()
          .filter(event -> event.about().equals(id))
          .forEach(event -> expected.add(event.id().replace("/" + id, "")));
      if (!keys.equals(expected)) {
        return "all is counted, and " + id + " has " + keys + " instead of " + expected;
      }
    }
    return null;
  }

  private @Nullable String wrongInOpen(Documents store) {
    Set<String> listed = new TreeSet<>();
    for (String id : inquiries) {
      if (store.content(SteppedStore.open(id)) instanceof Listed) {
        listed.add(id);
      }
    }
    return listed.equals(open) ? null : "open are " + listed + " instead of " + open;
  }

  /** Every rollup that any event alone is counted in, also where the whole says otherwise. */
  private static Set<String> rollups(List<InquiryEvent> events) {
    Set<String> ids = new TreeSet<>();
    events.forEach(event -> ids.addAll(CountingUnderFireTest.expected(List.of(event)).keySet()));
    return ids;
  }
}
