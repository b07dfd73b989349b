package barocall.kit.events;

import barocall.kit.events.LogMark.Mark;
import barocall.kit.store.Fence;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
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
 * the broker keeps the positions, positions that were committed when a later note stood than the
 * one that stands now, so that the store must be an older copy, or an empty one.
 */
final class LogGuard implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(LogGuard.class);
  private static final long NOTE_SECONDS = 5;
  private static final long ASK_SECONDS = 20;
  private static final long NOTE_AT_THE_END_SECONDS = 2;

  private final LogMark mark;
  private final Admin admin;
  private final @Nullable Runnable topics;
  private final String service;
  private final boolean brokerKeepsPositions;
  private final Fence fence;
  private final NotedCommits commits;
  private final Clock clock;
  private final Runnable end;
  private Map<String, String> topicIds = Map.of();
  private volatile boolean ended;
  private @Nullable ScheduledExecutorService rounds;

  // Guarded by this.
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean looked;

  /**
   * @param topics what makes sure that the topics are there, if the broker was away at the start:
   *     then this looks when it is back
   * @param brokerKeepsPositions whether the service goes on from the positions of its group
   * @param commits bear the number of the note that stands
   * @param fence shuts when the database is not the present one any more
   * @param end ends the service, whose database is not the present one or not of these topics
   */
  LogGuard(
      LogMark mark,
      Admin admin,
      @Nullable Runnable topics,
      String service,
      boolean brokerKeepsPositions,
      Fence fence,
      NotedCommits commits,
      Clock clock,
      Runnable end) {
    this.mark = mark;
    this.admin = admin;
    this.topics = topics;
    this.service = service;
    this.brokerKeepsPositions = brokerKeepsPositions;
    this.fence = fence;
    this.commits = commits;
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
    Handled handled = Handled.by(admin, service);
    Optional<Mark> noted = mark.read();
    if (noted.isEmpty()) {
      if (brokerKeepsPositions
          && mark.isInEmptyDatabase()
          && handled.positions().values().stream().anyMatch(position -> position > 0)) {
        throw otherLife(
            "Its database is empty, although it has read the topics before; give back the store's data,"
                + " or make it anew from the topics");
      }
    } else {
      compare(noted.get(), handled);
    }
    note(handled, handled.note());
    synchronized (this) {
      looked = true;
    }
  }

  private void compare(Mark before, Handled handled) {
    otherTopic(before.topicIds(), topicIds)
        .ifPresent(
            topic -> {
              throw otherLife(madeFromAnother(topic));
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
    if (brokerKeepsPositions && before.number() != null && before.number() < handled.note()) {
      throw otherLife(
          "Its database is older than what it has read: it knows the events up to about %s; give back the store's data of later, or make it anew from the topics"
              .formatted(before.at()));
    }
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
  void round() {
    if (ended) {
      return;
    }
    try {
      if (!hasLooked()) {
        lookNow();
        return;
      }
      if (!fence.isOpen()) {
        ended = true;
        LOG.warn(
            "{} was rebuilt, or is just now: it ends, and goes on with what is new when started",
            service);
        end.run();
        return;
      }
      Optional<String> other = otherTopic(topicIds, LogMark.topicIds(admin));
      if (other.isPresent()) {
        ended = true;
        LOG.error("{} ends. {}.", service, madeFromAnother(other.get()));
        end.run();
        return;
      }
      note(Handled.by(admin, service), 0);
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
      ended = true;
      LOG.error(other.getMessage());
      end.run();
      return;
    }
    LOG.info("The message broker answers: {} reads from now on.", service);
    allIsWell();
  }

  private static Optional<String> otherTopic(Map<String, String> before, Map<String, String> now) {
    return before.keySet().stream()
        .filter(topic -> now.containsKey(topic) && !before.get(topic).equals(now.get(topic)))
        .findFirst();
  }

  private static String madeFromAnother(String topic) {
    return "The topic %s is not the one that its database was made from; give back the broker's data that belongs to this store, or begin anew from these topics"
        .formatted(topic);
  }

  private void note(Handled handled, long above) {
    Map<String, Long> named = new TreeMap<>();
    handled
        .positions()
        .forEach(
            (partition, position) -> {
              if (topicIds.containsKey(partition.topic())) {
                named.put(partition.toString(), position);
              }
            });
    commits.stands(mark.keep(topicIds, named, clock.instant(), above));
  }

  /** The consumers have ended by now. */
  @Override
  public void stop() {
    ScheduledExecutorService thread = rounds;
    if (thread != null) {
      rounds = null;
      thread.shutdownNow();
      if (ended || !hasLooked()) {
        return;
      }
      noteAtTheEnd();
    }
  }

  /** A store or broker that is away is not waited for: the process has to end in time. */
  private void noteAtTheEnd() {
    try {
      CompletableFuture.runAsync(() -> note(Handled.by(admin, service), 0))
          .get(NOTE_AT_THE_END_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException away) {
      LOG.debug("The last positions were not noted: {}", away.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    Map<TopicPartition, Long> ends = new HashMap<>();
    try {
      admin
          .listOffsets(latest)
          .all()
          .get(ASK_SECONDS, TimeUnit.SECONDS)
          .forEach((partition, found) -> ends.put(partition, found.offset()));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The message broker does not say where its logs end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking where the logs end", e);
    }
    return ends;
  }
}
