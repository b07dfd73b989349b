package barocall.kit.events;

import barocall.kit.events.LogMark.Mark;
import barocall.kit.store.Generations;
import barocall.kit.store.PresentGeneration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Notices at the start that the store and the topics are of different lives, before anything is
 * read, and notes every few seconds how far the topics are read so that the next start can tell.
 *
 * <p>Another life is: topics with other ids; a log that ends before what was read of it; and, where
 * the broker keeps the positions, records that were handled long after the store's last note, so
 * that the store must be an older copy, or an empty one.
 */
final class LogGuard implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(LogGuard.class);
  private static final long NOTE_SECONDS = 5;
  private static final long ASK_SECONDS = 20;

  /** A service that runs notes its positions long before that. */
  private static final Duration UNNOTED_AT_MOST = Duration.ofMinutes(1);

  private final LogMark mark;
  private final Admin admin;
  private final @Nullable Runnable topics;
  private final String service;
  private final boolean brokerKeepsPositions;
  private final Generations generations;
  private final PresentGeneration mine;
  private final Clock clock;
  private final Runnable end;
  private Map<String, String> topicIds = Map.of();
  private @Nullable ScheduledExecutorService rounds;

  // Guarded by this.
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean looked;

  /**
   * @param topics what makes sure that the topics are there, if the broker was away at the start:
   *     then this looks when it is back
   * @param brokerKeepsPositions whether the service goes on from the positions of its group
   * @param end ends the service, whose database is not the present one any more
   */
  LogGuard(
      LogMark mark,
      Admin admin,
      @Nullable Runnable topics,
      String service,
      boolean brokerKeepsPositions,
      Generations generations,
      PresentGeneration mine,
      Clock clock,
      Runnable end) {
    this.mark = mark;
    this.admin = admin;
    this.topics = topics;
    this.service = service;
    this.brokerKeepsPositions = brokerKeepsPositions;
    this.generations = generations;
    this.mine = mine;
    this.clock = clock;
    this.end = end;
  }

  /**
   * Looks.
   *
   * @throws OtherLifeException where they do not belong together
   */
  void look() {
    topicIds = LogMark.topicIds(admin);
    Map<TopicPartition, Long> committed = committed();
    Optional<Mark> noted = mark.read();
    if (noted.isEmpty()) {
      if (brokerKeepsPositions
          && mark.isInEmptyDatabase()
          && committed.values().stream().anyMatch(position -> position > 0)) {
        throw otherLife(
            "Its database is empty, although it has read the topics before; give back the store's data,"
                + " or make it anew from the topics");
      }
      note(committed);
      return;
    }
    Mark before = noted.get();
    before
        .topicIds()
        .forEach(
            (topic, id) -> {
              if (topicIds.containsKey(topic) && !id.equals(topicIds.get(topic))) {
                throw otherLife(
                    "The topic %s is not the one that its database was made from; give back the broker's data that belongs to this store, or begin anew from these topics"
                        .formatted(topic));
              }
            });
    ends(before.positions())
        .forEach(
            (partition, end) -> {
              if (before.positions().getOrDefault(partition.toString(), 0L) > end) {
                throw otherLife(
                    "The log of %s ends at %d, before what its database was made from; give back the broker's data that belongs to this store, or begin anew from these topics"
                        .formatted(partition, end));
              }
            });
    if (brokerKeepsPositions) {
      lookForOlderStore(before, committed);
    }
  }

  /** Records that were written, and so handled, long after the note, and yet are not in it. */
  private void lookForOlderStore(Mark before, Map<TopicPartition, Long> committed) {
    Instant unnoted = before.at().plus(UNNOTED_AT_MOST);
    Map<TopicPartition, OffsetSpec> written = new HashMap<>();
    committed.forEach(
        (partition, position) -> {
          if (position > before.positions().getOrDefault(partition.toString(), 0L)) {
            written.put(partition, OffsetSpec.forTimestamp(unnoted.toEpochMilli()));
          }
        });
    offsets(written)
        .forEach(
            (partition, first) -> {
              if (first >= 0 && first < committed.getOrDefault(partition, 0L)) {
                throw otherLife(
                    "Its database is older than what it has read: it knows the events up to about %s; give back the store's data of later, or make it anew from the topics"
                        .formatted(before.at()));
              }
            });
  }

  private OtherLifeException otherLife(String what) {
    return new OtherLifeException(
        "%s does not start. %s with ./barocall rebuild %s.".formatted(service, what, service));
  }

  /** Does something as soon as it has looked and all was well; at once if it has. */
  void whenLooked(Runnable reading) {
    synchronized (this) {
      if (!looked) {
        waiting.add(reading);
        return;
      }
    }
    reading.run();
  }

  private void allIsWell() {
    List<Runnable> now;
    synchronized (this) {
      looked = true;
      now = List.copyOf(waiting);
      waiting.clear();
    }
    now.forEach(Runnable::run);
  }

  private synchronized boolean hasLooked() {
    return looked;
  }

  @Override
  public void start() {
    if (topics == null) {
      look();
      allIsWell();
    }
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "log-mark");
              made.setDaemon(true);
              return made;
            });
    var unused =
        thread.scheduleWithFixedDelay(this::round, NOTE_SECONDS, NOTE_SECONDS, TimeUnit.SECONDS);
    rounds = thread;
  }

  /** What fails is done by the next round; a store or broker that is away is said elsewhere. */
  private void round() {
    try {
      if (!hasLooked()) {
        lookNow();
        return;
      }
      if (generations.present() != mine.number()) {
        LOG.warn(
            "{} was rebuilt meanwhile: it ends, and goes on with what is new when started",
            service);
        end.run();
        return;
      }
      note(committed());
    } catch (RuntimeException e) {
      LOG.debug("How far the topics are read was not noted: {}", e.getClass().getSimpleName());
    }
  }

  /** The broker may be back: what would have kept the service from starting ends it now. */
  private void lookNow() {
    if (topics != null) {
      topics.run();
    }
    try {
      look();
    } catch (OtherLifeException other) {
      LOG.error(other.getMessage());
      end.run();
      return;
    }
    LOG.info("The message broker answers: {} reads from now on.", service);
    allIsWell();
  }

  private void note(Map<TopicPartition, Long> positions) {
    Map<String, Long> named = new TreeMap<>();
    positions.forEach((partition, position) -> named.put(partition.toString(), position));
    mark.keep(topicIds, named, clock.instant());
  }

  @Override
  public void stop() {
    if (rounds != null) {
      rounds.shutdownNow();
      rounds = null;
    }
  }

  @Override
  public boolean isRunning() {
    return rounds != null;
  }

  /** Before any consumer starts; ended after the last of them. */
  @Override
  public int getPhase() {
    return 0;
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> committed = new HashMap<>();
    asked(() -> admin.listConsumerGroupOffsets(service).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, position) -> {
              if (position != null && topicIds.containsKey(partition.topic())) {
                committed.put(partition, position.offset());
              }
            });
    return committed;
  }

  private Map<TopicPartition, Long> ends(Map<String, Long> positions) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String name : positions.keySet()) {
      int dash = name.lastIndexOf('-');
      if (topicIds.containsKey(name.substring(0, dash))) {
        partitions.add(
            new TopicPartition(
                name.substring(0, dash), Integer.parseInt(name.substring(dash + 1))));
      }
    }
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    return offsets(latest);
  }

  private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> wanted) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    if (!wanted.isEmpty()) {
      asked(() -> admin.listOffsets(wanted).all())
          .forEach((partition, found) -> offsets.put(partition, found.offset()));
    }
    return offsets;
  }

  private static <T> T asked(
      java.util.function.Supplier<org.apache.kafka.common.KafkaFuture<T>> question) {
    try {
      return question.get().get(ASK_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The message broker does not say how far it was read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking how far was read", e);
    }
  }
}
