package barocall.kit.rebuild;

import barocall.contract.Event;
import barocall.kit.events.EventDeserializer;
import barocall.kit.events.LogMark;
import barocall.kit.rebuild.Batch.Recorded;
import barocall.kit.store.Generations;
import barocall.kit.store.Generations.Claim;
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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
 * <p>The service has to be stopped for the last part: what it decides is in the topics then, or
 * stands unsent in its store, and nothing is in between.
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
  private final Claim claim;
  private final MongoDatabase next;
  private final Projection projection;
  private final Consumer<String, byte[]> consumer;
  private final Map<String, String> topicIds;
  private final Clock clock;
  private final Progress progress;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final AtomicReference<RebuildRefusedException> lost = new AtomicReference<>();

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
   */
  Rebuild(
      Generations generations,
      Claim claim,
      Projection projection,
      Consumer<String, byte[]> consumer,
      Map<String, String> topicIds,
      Clock clock,
      Progress progress) {
    this.generations = generations;
    this.claim = claim;
    this.next = generations.database(claim.to());
    this.projection = projection;
    this.consumer = consumer;
    this.topicIds = topicIds;
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
    ScheduledExecutorService sayings = Executors.newSingleThreadScheduledExecutor();
    var unused =
        sayings.scheduleWithFixedDelay(
            this::sayThatItGoesOn, 0, Generations.SAY_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    try {
      begin();
      readToTheEnd(threads);
      caughtUp.run();
      while (!stopped.getAsBoolean()) {
        read(threads);
      }
      readToTheEnd(threads);
      projection.takeOver(generations.database(claim.from()));
      new LogMark(next).keep(topicIds, named(positions), clock.instant());
      generations.present(claim);
    } finally {
      threads.shutdownNow();
      sayings.shutdownNow();
    }
    try {
      generations.end(claim);
    } catch (MongoException | StoreAwayException away) {
      LOG.warn(
          "The old generation is left for the next rebuild to remove: {}",
          away.getClass().getSimpleName());
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
    consumer.beginningOffsets(partitions).forEach(this::beginAt);
  }

  private void beginAt(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
    positions.put(partition, offset);
  }

  private void readToTheEnd(ExecutorService threads) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(consumer.assignment());
    long of = sum(ends) - sum(begins);
    while (ends.entrySet().stream().anyMatch(it -> positions.get(it.getKey()) < it.getValue())) {
      read(threads);
      progress.read(Math.min(of, sum(positions) - sum(begins)), of);
    }
    progress.read(of, of);
  }

  /** What was fetched; partition n of all topics in one thread, as their inquiries are the same. */
  private void read(ExecutorService threads) {
    RebuildRefusedException taken = lost.get();
    if (taken != null) {
      throw taken;
    }
    var records = consumer.poll(POLL);
    Map<Integer, List<Batch>> together = new TreeMap<>();
    for (TopicPartition partition : records.partitions()) {
      List<Batch> batches =
          together.computeIfAbsent(partition.partition(), number -> new ArrayList<>());
      long begin = positions.get(partition);
      List<ConsumerRecord<String, byte[]>> all = records.records(partition);
      for (int from = 0; from < all.size(); from += AT_ONCE) {
        Batch batch =
            batch(partition, begin, all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        batches.add(batch);
        begin = batch.end();
      }
    }
    var work =
        together.values().stream()
            .map(batches -> CompletableFuture.runAsync(() -> batches.forEach(this::fold), threads))
            .toList();
    try {
      work.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    positions.replaceAll((partition, before) -> consumer.position(partition));
  }

  /** A store that is away for a moment is waited for: folding again changes nothing. */
  private void fold(Batch batch) {
    for (int attempt = 1; ; attempt++) {
      try {
        projection.fold(batch);
        return;
      } catch (MongoException | StoreAwayException away) {
        if (attempt == TRIES || lost.get() != null) {
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

  /** A store that is away for a moment is no reason to end; another rebuild is. */
  private void sayThatItGoesOn() {
    try {
      generations.keep(claim);
    } catch (RebuildRefusedException taken) {
      lost.set(taken);
    } catch (RuntimeException away) {
      LOG.warn("The store does not answer: {}", away.getClass().getSimpleName());
    }
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
