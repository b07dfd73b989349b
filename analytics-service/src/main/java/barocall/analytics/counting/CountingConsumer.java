package barocall.analytics.counting;

import barocall.analytics.counting.Counting.Delivery;
import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.contract.UnreadableEventException;
import barocall.kit.health.Reading;
import barocall.kit.tracing.Traces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the log to {@link Counting}: one batch of a partition at a time, several partitions'
 * batches in flight. The positions that count are in the store; a partition is read from there on
 * assignment, after a batch that was overtaken, and after the store was away. They are also
 * committed to Kafka, for displays of lag only.
 */
final class CountingConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(CountingConsumer.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration RESTART_AFTER = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int IN_FLIGHT = 4;

  private final String name;
  private final List<String> topics;
  private final Properties settings;
  private final Map<String, String> topicIds;
  private final Bookmark bookmark;
  private final Aside aside;
  private final Predicate<String> knownCity;
  private final Consumer<List<Event>> seen;
  private final Reading reading;
  private final Traces traces;

  private final ExecutorService workers;
  private final ConcurrentLinkedQueue<Ready> ready = new ConcurrentLinkedQueue<>();
  private final Map<TopicPartition, Tenure> tenures = new HashMap<>();
  private final AtomicBoolean running = new AtomicBoolean(true);
  private final Thread thread;

  /** While a partition is ours; work that began in an earlier tenure is of no account. */
  private static final class Tenure {
    private volatile boolean over;

    /** Where the next batch begins. */
    private volatile long next;
  }

  /** Where a record goes that cannot be counted; returns when it is there. */
  @FunctionalInterface
  interface Aside {
    void put(ConsumerRecord<?, ?> record, byte @Nullable [] value, String reason);
  }

  /** A partition goes on from there. */
  private record Ready(TopicPartition partition, Tenure tenure, long next) {}

  /**
   * @param topicIds the ids that the topics have now, by name
   * @param knownCity whether a city is one of ours
   * @param seen is shown every readable event of a batch, perhaps more than once
   * @param reading is told in one sentence why counting has stopped for good
   */
  CountingConsumer(
      String name,
      List<String> topics,
      Properties settings,
      Map<String, String> topicIds,
      CountingStore store,
      Counting counting,
      Aside aside,
      Predicate<String> knownCity,
      Consumer<List<Event>> seen,
      Reading reading,
      Traces traces) {
    this.name = name;
    this.topics = topics;
    this.settings = settings;
    this.topicIds = topicIds;
    this.bookmark = new Bookmark(store, counting);
    this.aside = aside;
    this.knownCity = knownCity;
    this.seen = seen;
    this.reading = reading;
    this.traces = traces;
    this.workers =
        Executors.newFixedThreadPool(IN_FLIGHT, task -> new Thread(task, name + "-batch"));
    this.thread = new Thread(this::run, name);
  }

  void start() {
    thread.start();
  }

  /**
   * Reads until the end; a broker that is away ends one consumer, and the next one takes its place.
   */
  private void run() {
    while (running.get()) {
      try (KafkaConsumer<String, byte[]> consumer =
          new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
        consumer.subscribe(topics, new Assignments(consumer));
        while (running.get()) {
          goOn(consumer);
          submit(consumer);
        }
      } catch (FencedInstanceIdException | AuthenticationException | AuthorizationException e) {
        running.set(false);
        reading.died(
            "The message broker no longer lets "
                + name
                + " read: "
                + e.getClass().getSimpleName()
                + ". Give each instance a number of its own (BAROCALL_INSTANCE) and check its rights.");
      } catch (KafkaException e) {
        LOG.warn("{}: reading the events failed and begins again: {}", name, reason(e));
        pause(RESTART_AFTER.toMillis());
      } catch (RuntimeException | Error fault) {
        died(fault);
      } finally {
        tenures.values().forEach(tenure -> tenure.over = true);
        tenures.clear();
      }
    }
  }

  /** A fault of our own that nothing foresaw; a new process reads on where the store says. */
  private void died(Throwable fault) {
    running.set(false);
    reading.died(name + " has ended by a fault of its own: " + reason(fault));
  }

  private void submit(KafkaConsumer<String, byte[]> consumer) {
    var records = consumer.poll(POLL);
    for (TopicPartition partition : records.partitions()) {
      consumer.pause(List.of(partition));
      Tenure tenure = tenures.get(partition);
      if (tenure != null) {
        List<ConsumerRecord<String, byte[]>> batch = records.records(partition);
        workers.execute(() -> work(partition, tenure, batch));
      }
    }
  }

  /** Lets partitions go on whose batch is done, from where the store says. */
  private void goOn(KafkaConsumer<String, byte[]> consumer) {
    for (Ready done = ready.poll(); done != null; done = ready.poll()) {
      TopicPartition partition = done.partition();
      if (tenures.get(partition) != done.tenure()) {
        continue;
      }
      done.tenure().next = done.next();
      if (consumer.position(partition) != done.next()) {
        consumer.seek(partition, done.next());
      }
      consumer.commitAsync(
          Map.of(partition, new OffsetAndMetadata(done.next())),
          (offsets, failure) -> {
            if (failure != null) {
              LOG.debug("{}: the position for displays was not committed", name);
            }
          });
      consumer.resume(List.of(partition));
    }
  }

  /** Where tenures begin and end. Nothing here waits for the store: polling must go on. */
  private final class Assignments implements ConsumerRebalanceListener {
    private final KafkaConsumer<String, byte[]> consumer;

    Assignments(KafkaConsumer<String, byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.pause(partitions);
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      for (TopicPartition partition : partitions) {
        Tenure tenure = new Tenure();
        tenures.put(partition, tenure);
        long begin = begins.getOrDefault(partition, 0L);
        long end = ends.getOrDefault(partition, 0L);
        workers.execute(() -> takeOver(partition, tenure, begin, end));
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        Tenure tenure = tenures.remove(partition);
        if (tenure != null) {
          tenure.over = true;
        }
      }
    }
  }

  private void takeOver(TopicPartition partition, Tenure tenure, long begin, long end) {
    patiently(
        partition,
        tenure,
        () -> {
          String topicId = topicIds.getOrDefault(partition.topic(), "");
          OptionalLong next = bookmark.takenOver(partition.toString(), topicId, begin, end);
          if (next.isEmpty()) {
            foreign(partition);
          }
          return next;
        });
  }

  private void foreign(TopicPartition partition) {
    running.set(false);
    reading.stopped(
        "The topic "
            + partition.topic()
            + " is not the one that the figures in the store were counted from; give back the broker's data that"
            + " belongs to this store, or count everything anew with ./barocall rebuild analytics-service.");
  }

  private void work(
      TopicPartition partition, Tenure tenure, List<ConsumerRecord<String, byte[]>> batch) {
    Batch read = new Batch(batch);
    patiently(
        partition,
        tenure,
        () -> {
          read.toItsEnd();
          // Compaction leaves gaps: the first record may lie behind where the batch begins.
          long begin = tenure.next;
          long end = batch.get(batch.size() - 1).offset() + 1;
          // Before it is counted: what watchers do may come twice, but must not be left out.
          seen.accept(read.events);
          return OptionalLong.of(bookmark.after(partition.toString(), begin, end, read.deliveries));
        });
  }

  /**
   * What one poll brought of a partition. Each record is read once, however often counting is tried
   * again, so that one that is put aside is put aside once.
   */
  private final class Batch {
    private final List<ConsumerRecord<String, byte[]>> records;
    private final List<Delivery> deliveries;
    private final List<Event> events;
    private int next;

    Batch(List<ConsumerRecord<String, byte[]>> records) {
      this.records = records;
      this.deliveries = new ArrayList<>(records.size());
      this.events = new ArrayList<>(records.size());
    }

    void toItsEnd() {
      while (next < records.size()) {
        String trace = Traces.of(records.get(next).headers());
        traces.reading(records.get(next).topic(), trace).observe(() -> ofTrace(trace));
      }
    }

    /** What one request said, as an import does, stands together: it is read in one span. */
    private void ofTrace(@Nullable String trace) {
      do {
        read(records.get(next), deliveries, events);
        next++;
      } while (next < records.size()
          && Objects.equals(trace, Traces.of(records.get(next).headers())));
    }
  }

  /** What cannot be read or counted goes to the dead letters; the batch goes on. */
  private void read(
      ConsumerRecord<String, byte[]> record, List<Delivery> deliveries, List<Event> events) {
    try {
      Event event = EventCodec.decode(record.topic(), record.headers(), record.value());
      if (!knownCity.test(event.cityId())) {
        throw new UnreadableEventException("no city file has the id that the event names");
      }
      Delivery delivery = new Delivery(record.offset(), event);
      FactDocuments.check(delivery);
      deliveries.add(delivery);
      events.add(event);
    } catch (UnreadableEventException e) {
      aside.put(record, record.value(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Whatever a record does to us, its neighbours must not wait for it.
      aside.put(record, record.value(), reason(e));
    }
  }

  /**
   * Repeats a piece of work until it succeeds or the partition is no longer ours: a store or broker
   * that is away is no fault of the records.
   */
  private void patiently(
      TopicPartition partition, Tenure tenure, java.util.function.Supplier<OptionalLong> piece) {
    long pause = 100;
    while (!tenure.over && running.get() && !Thread.currentThread().isInterrupted()) {
      try {
        piece.get().ifPresent(next -> ready.add(new Ready(partition, tenure, next)));
        return;
      } catch (RuntimeException e) {
        LOG.warn("Counting of {} waits: {}", partition, reason(e));
        pause(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE.toMillis());
      } catch (Error fault) {
        died(fault);
        return;
      }
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reason(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return e.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /** Begins no other batch. */
  void stop() {
    running.set(false);
  }

  /** Ends within a few seconds; a batch that is not done is done again by whoever comes next. */
  void end() throws InterruptedException {
    stop();
    thread.join(TimeUnit.SECONDS.toMillis(2));
    workers.shutdown();
    if (!workers.awaitTermination(2, TimeUnit.SECONDS)) {
      workers.shutdownNow();
    }
  }
}
