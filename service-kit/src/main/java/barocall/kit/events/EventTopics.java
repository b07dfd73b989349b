package barocall.kit.events;

import barocall.contract.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that are not there yet. Events are compacted and kept for ever: as every key
 * is its own event, compaction drops nothing but an event that was written again. Dead letters are
 * kept for ever too.
 */
final class EventTopics {
  static final int DEFAULT_PARTITIONS = 6;

  private static final Logger LOG = LoggerFactory.getLogger(EventTopics.class);

  /**
   * The longest dead letter, in bytes: any record that its topic takes, with why, whence and when.
   */
  static final int LONGEST_LETTER = 2 << 20;

  private static final int MOST_COPIES = 3;
  private static final Map<String, String> COMPACTED =
      Map.of("cleanup.policy", "compact", "max.compaction.lag.ms", "86400000");
  private static final Map<String, String> KEPT =
      Map.of(
          "cleanup.policy",
          "delete",
          "retention.ms",
          "-1",
          "retention.bytes",
          "-1",
          "max.message.bytes",
          Integer.toString(LONGEST_LETTER));

  private EventTopics() {}

  /**
   * Makes sure that all topics are there and returns how many partitions they have.
   *
   * @param wanted the number that {@code KAFKA_PARTITIONS} asks for, or null if it is not set
   * @param copies the number of brokers that keep each record, from {@code KAFKA_REPLICATION}; if
   *     null, three or as many as there are. All but one of them must have a record before it is
   *     acknowledged, so that one broker may be away and one may be lost
   * @param patience how long a broker that is away is waited for
   * @throws IllegalStateException with one sentence when the topics have another number, or no
   *     broker answers
   */
  static int ensure(
      Admin admin,
      String service,
      @Nullable Integer wanted,
      @Nullable Integer copies,
      Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return ensure(admin, service, wanted, copies);
      } catch (ExecutionException | TimeoutException away) {
        if (System.nanoTime() > deadline) {
          if (away.getCause() instanceof InvalidReplicationFactorException) {
            throw new IllegalStateException(
                "KAFKA_REPLICATION asks for "
                    + copies
                    + " copies and there are fewer brokers: start more, or set a smaller number.",
                away);
          }
          throw new NoBrokerException(away);
        }
        LOG.warn("The message brokers do not answer yet, or not all; waiting for them.");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for the message broker", e);
      }
    }
  }

  private static int ensure(
      Admin admin, String service, @Nullable Integer wanted, @Nullable Integer copies)
      throws ExecutionException, TimeoutException, InterruptedException {
    Set<String> there = admin.listTopics().names().get(5, TimeUnit.SECONDS);
    Optional<String> known = Topic.wireNames().stream().filter(there::contains).findFirst();
    int partitions = wanted == null ? DEFAULT_PARTITIONS : wanted;
    if (known.isPresent()) {
      TopicDescription description =
          admin
              .describeTopics(List.of(known.get()))
              .allTopicNames()
              .get(5, TimeUnit.SECONDS)
              .get(known.get());
      int actual = description == null ? partitions : description.partitions().size();
      if (wanted != null && wanted != actual) {
        throw new IllegalStateException(
            "The topics have "
                + actual
                + " partitions and KAFKA_PARTITIONS asks for "
                + wanted
                + ": the number is fixed at the first start, set KAFKA_PARTITIONS="
                + actual
                + " or leave it out.");
      }
      partitions = actual;
    }
    short replication =
        (short)
            (copies == null
                ? Math.min(
                    MOST_COPIES, admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).size())
                : copies);
    Map<String, String> inSync =
        Map.of("min.insync.replicas", Integer.toString(Math.max(1, replication - 1)));
    List<NewTopic> missing = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (!there.contains(topic.wireName())) {
        missing.add(
            new NewTopic(topic.wireName(), partitions, replication)
                .configs(both(COMPACTED, inSync)));
      }
      if (!there.contains(topic.deadLetters(service))) {
        missing.add(
            new NewTopic(topic.deadLetters(service), 1, replication).configs(both(KEPT, inSync)));
      }
    }
    for (var created : admin.createTopics(missing).values().values()) {
      try {
        created.get(10, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    return partitions;
  }

  private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
    Map<String, String> both = new HashMap<>(one);
    both.putAll(other);
    return both;
  }
}
