package barocall.kit.events;

import barocall.contract.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether the broker would acknowledge an event now: it answers, and every partition of every topic
 * has a leader and as many replicas in step as an acknowledgement needs. Asked at most once a
 * second, however many ask us.
 */
final class BrokerHealth implements ReactiveHealthIndicator {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final ConfigResource ANY_TOPIC =
      new ConfigResource(ConfigResource.Type.TOPIC, Topic.CALL_RECEIVED.wireName());

  private final Admin admin;
  private final Mono<Health> answer;

  BrokerHealth(Admin admin) {
    this.admin = admin;
    this.answer = Mono.defer(this::asked).cache(FRESH);
  }

  @Override
  public Mono<Health> health() {
    return answer;
  }

  private Mono<Health> asked() {
    return Mono.zip(topics(), replicasNeeded())
        .timeout(PATIENCE)
        .map(both -> of(both.getT1(), both.getT2()))
        .onErrorResume(
            away ->
                Mono.just(
                    down(
                        away instanceof UnknownTopicOrPartitionException
                            ? "a topic of the events is missing"
                            : "the message broker does not answer")));
  }

  private Mono<Map<String, TopicDescription>> topics() {
    return Mono.fromCompletionStage(
        () -> admin.describeTopics(Topic.wireNames()).allTopicNames().toCompletionStage());
  }

  private Mono<Integer> replicasNeeded() {
    return Mono.fromCompletionStage(
            () -> admin.describeConfigs(List.of(ANY_TOPIC)).all().toCompletionStage())
        .map(
            configs ->
                Optional.ofNullable(configs.get(ANY_TOPIC))
                    .map((Config it) -> it.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG))
                    .map(ConfigEntry::value)
                    .map(Integer::valueOf)
                    .orElse(1))
        // Whoever may not read settings can still read and write.
        .onErrorReturn(AuthorizationException.class, 1);
  }

  private static Health of(Map<String, TopicDescription> topics, int replicasNeeded) {
    for (TopicDescription topic : topics.values()) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        String name = topic.name() + "-" + partition.partition();
        if (partition.leader() == null || partition.leader().isEmpty()) {
          return down("the partition " + name + " has no leader");
        }
        if (partition.isr().size() < replicasNeeded) {
          return down("the partition " + name + " has too few replicas in step");
        }
      }
    }
    return Health.up().build();
  }

  private static Health down(String why) {
    return Health.down().withDetail("why", why).build();
  }
}
