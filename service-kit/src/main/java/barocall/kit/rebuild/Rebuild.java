package barocall.kit.rebuild;

import barocall.contract.Event;
import barocall.contract.Topic;
import barocall.kit.events.EventDeserializer;
import barocall.kit.events.Handled;
import barocall.kit.events.LogMark;
import barocall.kit.rebuild.Batch.Recorded;
import barocall.kit.store.Generations;
import barocall.kit.store.RebuildRefusedException;
import barocall.kit.store.StoreAwayException;
import com.mongodb.MongoException;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the next generation of what a service keeps, from the beginning of the topics, while the
 * service goes on with the present one. When it has caught up it waits until the service has
 * stopped, catches the rest up, and makes the new generation the present one. Cut off anywhere
 * before that, it leaves the present one as it was.
 *
 * <p>The service has to be stopped for the last part, and is kept from the old generation from then
 * on: what it decided is in the topics then, or stands unsent in its store, and nothing is in
 * between.
 */
public final class Rebuild {
  private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
  private static final EventDeserializer READER = new EventDeserializer();
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int AT_ONCE = 1_000;
  private static final int THREADS = 4;
  private static final int TRIES = 20;
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);

  private final Generations generations;
  private final HeldClaim held;
  private final MongoDatabase next;
  private final Projection projection;
  private final Consumer<String, byte[]> consumer;
  private final Map<String, String> topicIds;
  private final Clock clock;
  private final Progress progress;
  private final Supplier<Handled> handled;
  private final Map<TopicPartition, Long> positions = new HashMap<>();

  /** Where the next batch begins; a position goes on over offsets that hold no record. */
  private final Map<TopicPartition, Long> batchBegins = new HashMap<>();

  private Map<TopicPartition, Long> begins = Map.of();
  private Map<TopicPartition, Long> endsAtFirst = Map.of();

  /** Is told how far it is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param read records so far
     * @param of records that there are now
     */
    void read(long read, long of);
  }

  /**
   * @param consumer of no group; it is closed by whoever opened it
   * @param topicIds the ids that the topics have now, by name
   * @param handled says how far the service's group has handled the topics
   */
  Rebuild(
      Generations generations,
      HeldClaim held,
      Projection projection,
      Consumer<String, byte[]> consumer,
      Map<String, String> topicIds,
      Supplier<Handled> handled,
      Clock clock,
      Progress progress) {
    this.generations = generations;
    this.held = held;
    this.next = generations.database(held.claim().to());
    this.projection = projection;
    this.consumer = consumer;
    this.topicIds = topicIds;
    this.handled = handled;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Rebuilds.
   *
   * @param caughtUp is called once, when little is left to read
   * @param stopped whether the service has stopped, so that the rest can be caught up
   */
  void run(Runnable caughtUp, BooleanSupplier stopped) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      begin();
      readTo(limits(), projection::fold, threads);
      caughtUp.run();
      while (!stopped.getAsBoolean()) {
        read(limits(), projection::fold, threads);
      }
      held.closeOld();
      readTo(limits(), projection::fold, threads);
      readTo(ends(), projection::foldUnhandled, threads);
      projection.takeOver(generations.database(held.claim().from()));
      new LogMark(next).keep(topicIds, named(positions), clock.instant(), handled.get().note());
      held.present();
    } finally {
      threads.shutdownNow();
    }
  }

  private void begin() {
    List<TopicPartition> partitions = new ArrayList<>();
    projection
        .topics()
        .forEach(
            topic ->
                consumer
                    .partitionsFor(topic.wireName())
                    .forEach(it -> partitions.add(new TopicPartition(it.topic(), it.partition()))));
    consumer.assign(partitions);
    begins = consumer.beginningOffsets(partitions);
    endsAtFirst = ends();
    begins.forEach(this::beginAt);
  }

  private void beginAt(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
    positions.put(partition, offset);
    batchBegins.put(partition, offset);
  }

  private Map<TopicPartition, Long> ends() {
    return consumer.endOffsets(consumer.assignment());
  }

  /** Up to where it reads for now: what the service has handled, of other topics all there is. */
  private Map<TopicPartition, Long> limits() {
    Map<TopicPartition, Long> limits = new HashMap<>(ends());
    Set<String> delivered =
        projection.delivered().stream().map(Topic::wireName).collect(Collectors.toSet());
    if (!delivered.isEmpty()) {
      Map<TopicPartition, Long> done = handled.get().positions();
      Set<String> known =
          done.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
      limits.replaceAll(
          (partition, end) ->
              delivered.contains(partition.topic())
                  ? Math.min(end, handledOf(partition, done, known))
                  : end);
    }
    return limits;
  }

  /**
   * Where the brokers know no position of a topic at all, they have forgotten it, or it is another
   * topic: what there was at the beginning counts as handled.
   */
  private long handledOf(
      TopicPartition partition, Map<TopicPartition, Long> done, Set<String> known) {
    return known.contains(partition.topic())
        ? done.getOrDefault(partition, begins.getOrDefault(partition, 0L))
        : endsAtFirst.getOrDefault(partition, 0L);
  }

  private void readTo(
      Map<TopicPartition, Long> limits,
      java.util.function.Consumer<Batch> fold,
      ExecutorService threads) {
    long of = Math.max(sum(limits), sum(positions)) - sum(begins);
    while (limits.entrySet().stream().anyMatch(it -> positions.get(it.getKey()) < it.getValue())) {
      read(limits, fold, threads);
      progress.read(Math.min(of, sum(positions) - sum(begins)), of);
    }
    progress.read(of, of);
  }

  /**
   * What was fetched and lies before the limits; partition n of all topics in one thread, as their
   * inquiries are the same.
   */
  private void read(
      Map<TopicPartition, Long> limits,
      java.util.function.Consumer<Batch> fold,
      ExecutorService threads) {
    held.check();
    Map<Boolean, List<TopicPartition>> wanted =
        positions.keySet().stream()
            .collect(
                Collectors.partitioningBy(
                    it -> positions.get(it) < limits.getOrDefault(it, Long.MAX_VALUE)));
    consumer.resume(wanted.getOrDefault(true, List.of()));
    consumer.pause(wanted.getOrDefault(false, List.of()));
    var records = consumer.poll(POLL);
    Map<Integer, List<Batch>> together = new TreeMap<>();
    for (TopicPartition partition : records.partitions()) {
      List<Batch> batches =
          together.computeIfAbsent(partition.partition(), number -> new ArrayList<>());
      long begin = batchBegins.get(partition);
      List<ConsumerRecord<String, byte[]>> all =
          before(limits.getOrDefault(partition, Long.MAX_VALUE), records.records(partition));
      for (int from = 0; from < all.size(); from += AT_ONCE) {
        Batch batch =
            batch(partition, begin, all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        batches.add(batch);
        begin = batch.end();
      }
      batchBegins.put(partition, begin);
    }
    var work =
        together.values().stream()
            .map(
                batches ->
                    CompletableFuture.runAsync(
                        () -> batches.forEach(it -> fold(it, fold)), threads))
            .toList();
    try {
      work.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    positions.replaceAll((partition, before) -> consumer.position(partition));
  }

  /** What lies behind the limit is fetched again when its turn comes. */
  private List<ConsumerRecord<String, byte[]>> before(
      long limit, List<ConsumerRecord<String, byte[]>> records) {
    List<ConsumerRecord<String, byte[]>> before =
        records.stream().filter(record -> record.offset() < limit).toList();
    if (before.size() < records.size()) {
      ConsumerRecord<String, byte[]> first = records.get(before.size());
      consumer.seek(new TopicPartition(first.topic(), first.partition()), first.offset());
    }
    return before;
  }

  /** A store that is away for a moment is waited for: folding again changes nothing. */
  private void fold(Batch batch, java.util.function.Consumer<Batch> fold) {
    for (int attempt = 1; ; attempt++) {
      try {
        fold.accept(batch);
        return;
      } catch (MongoException | StoreAwayException away) {
        held.check();
        if (attempt == TRIES) {
          throw away;
        }
        LOG.warn("{} waits for the store: {}", batch.partition(), away.getClass().getSimpleName());
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(AGAIN_AFTER.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RebuildRefusedException("The rebuild was ended; nothing has changed.");
    }
  }

  private Batch batch(
      TopicPartition partition, long begin, List<ConsumerRecord<String, byte[]>> records) {
    List<Recorded> readable = new ArrayList<>(records.size());
    for (ConsumerRecord<String, byte[]> record : records) {
      // What cannot be read was put among the dead letters when it came.
      Event event = READER.deserialize(record.topic(), record.headers(), record.value()).event();
      if (event != null) {
        readable.add(
            new Recorded(event, record.offset(), Instant.ofEpochMilli(record.timestamp())));
      }
    }
    return new Batch(
        partition.toString(),
        topicIds.getOrDefault(partition.topic(), ""),
        begin,
        records.get(records.size() - 1).offset() + 1,
        readable);
  }

  private static long sum(Map<TopicPartition, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> named(Map<TopicPartition, Long> offsets) {
    Map<String, Long> named = new TreeMap<>();
    offsets.forEach((partition, offset) -> named.put(partition.toString(), offset));
    return named;
  }
}
