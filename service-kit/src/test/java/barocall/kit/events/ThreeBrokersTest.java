package barocall.kit.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import barocall.kit.events.BindingTest.Notes;
import barocall.kit.events.BindingTest.Noting;
import barocall.testkit.Backends;
import barocall.testkit.Beside;
import barocall.testkit.KafkaCluster;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Two instances of a service on three brokers, of which one is killed at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThreeBrokersTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** After which an instance counts as gone: longer than a restart takes on a slow machine. */
  private static final Duration AWAY = Duration.ofSeconds(45);

  private static final Duration NOT_TAKEN_AWAY = Duration.ofSeconds(30);
  private static final String SERVICE = "cluster-service";

  /** As the framework names the static members: service, instance, thread. */
  private static final String FIRST = SERVICE + "-0";

  private static final String SECOND = SERVICE + "-1";
  private static final String TOPIC = Topic.INQUIRY_REOPENED.wireName();
  private static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");

  private final KafkaCluster brokers = KafkaCluster.of(3);
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", brokers.bootstrapServers()));
  private final String prefix = StoreUse.prefix("cluster");
  private final ConfigurableApplicationContext first = instance(0);
  private ConfigurableApplicationContext second = instance(1);

  @AfterAll
  void end() {
    first.close();
    second.close();
    admin.close();
    brokers.close();
  }

  @Test
  @Order(1)
  void eachRecordIsOnThreeBrokersAndAcknowledgedByTwo() throws Exception {
    TopicDescription topic = topic();
    assertThat(topic.partitions()).hasSize(6).allMatch(it -> it.replicas().size() == 3);
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
    assertThat(
            admin
                .describeConfigs(List.of(resource))
                .all()
                .get(20, TimeUnit.SECONDS)
                .get(resource)
                .get("min.insync.replicas")
                .value())
        .isEqualTo("2");
  }

  @Test
  @Order(2)
  void aKilledBrokerLosesNothingThatWasAcknowledged() throws Exception {
    EventPublisher publisher = first.getBean(EventPublisher.class);
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    try (Beside load =
        Beside.doing(
            Flux.range(0, Integer.MAX_VALUE)
                .map(i -> reopened())
                .concatMap(
                    event ->
                        publisher
                            .send(event)
                            .then(Mono.fromRunnable(() -> acknowledged.add(event.id())))
                            .onErrorResume(BrokerAwayException.class, away -> Mono.empty())))) {
      assertThat(load).isNotNull();
      for (int round = 0; round < 2; round++) {
        int before = acknowledged.size();
        await().atMost(PATIENCE).until(() -> acknowledged.size() > before + 300);
        int leader = leaderOfFirst();
        brokers.kill(leader);
        int killed = acknowledged.size();
        await().atMost(PATIENCE).until(() -> acknowledged.size() > killed + 300);
        brokers.start(leader);
        awaitInSync();
      }
    }
    Set<String> promised = Set.copyOf(acknowledged);
    Set<String> kept =
        Topics.at(brokers.bootstrapServers()).readAll(TOPIC).stream()
            .map(it -> new String(it.headers().lastHeader("ce_id").value(), UTF_8))
            .collect(Collectors.toSet());
    assertThat(kept).containsAll(promised);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(first.getBean(Notes.class).ids()).isNotEmpty();
              assertThat(second.getBean(Notes.class).ids()).isNotEmpty();
              assertThat(handledByEither()).containsAll(promised);
            });
  }

  @Test
  @Order(3)
  void anInstanceThatComesBackTakesUpItsPartitionsAndTheOtherNeverStops() throws Exception {
    Map<String, Set<TopicPartition>> before = assignments();
    assertThat(before).containsOnlyKeys(FIRST, SECOND);
    second.close();
    Event meanwhile = eventOf(before.get(FIRST));
    first.getBean(EventPublisher.class).sendAndWait(meanwhile);
    await().atMost(NOT_TAKEN_AWAY).until(() -> first.getBean(Notes.class).read(meanwhile) != null);
    assertThat(assignments().get(FIRST)).isEqualTo(before.get(FIRST));

    second = instance(1);
    Event afterwards = eventOf(before.get(SECOND));
    first.getBean(EventPublisher.class).sendAndWait(afterwards);
    await().atMost(PATIENCE).until(() -> second.getBean(Notes.class).read(afterwards) != null);
    assertThat(assignments()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void thePartitionsOfAnInstanceThatStaysAwayGoToTheOther() throws Exception {
    Event lonely = eventOf(assignments().get(SECOND));
    second.close();
    first.getBean(EventPublisher.class).sendAndWait(lonely);
    await().atMost(PATIENCE).until(() -> first.getBean(Notes.class).read(lonely) != null);
  }

  private Set<String> handledByEither() {
    Set<String> ids = new HashSet<>(first.getBean(Notes.class).ids());
    ids.addAll(second.getBean(Notes.class).ids());
    return ids;
  }

  private TopicDescription topic() throws Exception {
    return admin
        .describeTopics(List.of(TOPIC))
        .allTopicNames()
        .get(20, TimeUnit.SECONDS)
        .get(TOPIC);
  }

  private int leaderOfFirst() throws Exception {
    return topic().partitions().get(0).leader().id();
  }

  private void awaitInSync() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                topic().partitions().stream()
                    .map(TopicPartitionInfo::isr)
                    .allMatch(isr -> isr.size() == 3));
  }

  /** Which instance has which partitions, once the group is at rest and none is without. */
  private Map<String, Set<TopicPartition>> assignments() {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                admin
                    .describeConsumerGroups(List.of(SERVICE))
                    .all()
                    .get(20, TimeUnit.SECONDS)
                    .get(SERVICE)
                    .members()
                    .stream()
                    .collect(
                        Collectors.toMap(
                            ThreeBrokersTest::instance,
                            ThreeBrokersTest::partitions,
                            ThreeBrokersTest::together)),
            found -> found.values().stream().mapToInt(Collection::size).sum() == 12);
  }

  /** Whose reader it is: each has the instance's name with a number behind it. */
  private static String instance(MemberDescription reader) {
    String name = reader.groupInstanceId().orElseThrow();
    return name.substring(0, name.lastIndexOf('-'));
  }

  private static Set<TopicPartition> together(Set<TopicPartition> one, Set<TopicPartition> other) {
    Set<TopicPartition> both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  private static Set<TopicPartition> partitions(MemberDescription member) {
    MemberAssignment assignment = member.assignment();
    return assignment.topicPartitions();
  }

  private static Event eventOf(Set<TopicPartition> partitions) {
    while (true) {
      Event event = reopened();
      if (partitions.contains(
          new TopicPartition(TOPIC, EventCodec.encode(event, "test", 6).partition()))) {
        return event;
      }
    }
  }

  private static Event reopened() {
    return new Event.InquiryReopened(
        new Event.Inquiry(
            Backends.unique("gyeongju"), "261104829137", "gyeongju", Channel.WEB, null, NOON),
        NOON,
        1,
        null);
  }

  private ConfigurableApplicationContext instance(int number) {
    return new SpringApplicationBuilder(Noting.class)
        .web(WebApplicationType.NONE)
        .run(
            "--spring.application.name=" + SERVICE,
            "--spring.config.import=classpath:events-defaults.properties",
            "--spring.cloud.function.definition=onEvents",
            "--spring.cloud.stream.bindings.onEvents-in-0.destination=call-received,inquiry-reopened",
            "--spring.cloud.stream.kafka.binder.consumer-properties.session.timeout.ms="
                + AWAY.toMillis(),
            "--barocall.instance=" + number,
            "--KAFKA_BOOTSTRAP_SERVERS=" + brokers.bootstrapServers(),
            "--MONGODB_URI=" + Backends.mongoUri(),
            "--barocall.store.prefix=" + prefix);
  }
}
