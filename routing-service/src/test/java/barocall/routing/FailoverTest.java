package barocall.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import barocall.kit.events.EventPublisher;
import barocall.testkit.Beside;
import barocall.testkit.MongoReplicaSet;
import barocall.testkit.RestartableBroker;
import barocall.testkit.Topics;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The primary of three members is killed while inquiries are decided. */
class FailoverTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int INQUIRIES = 1_500;

  @TempDir private Path folder;

  @Test
  void eachInquiryIsDecidedOnceWhenThePrimaryIsKilled() {
    Path mongod =
        MongoReplicaSet.program()
            .orElseGet(
                () -> Assumptions.abort("No mongod is at hand: MONGOD names one, or the PATH."));
    List<String> ids = IntStream.range(0, INQUIRIES).mapToObj(i -> "gyeongju-c-" + i).toList();

    try (MongoReplicaSet store = MongoReplicaSet.start(mongod, 3);
        RestartableBroker broker = new RestartableBroker();
        ConfigurableApplicationContext routing = routing(store, broker)) {
      Topics topics = Topics.at(broker.bootstrapServers());
      EventPublisher publisher = routing.getBean(EventPublisher.class);
      try (Beside load =
          Beside.doing(
              Flux.fromIterable(ids)
                  .concatMap(
                      id ->
                          publisher
                              .send(Calls.written(id, "road-damage", "도로가 패였습니다"))
                              .retry(5)))) {
        assertThat(load).isNotNull();
        assertThat(decided(topics, INQUIRIES / 10)).hasSizeLessThan(INQUIRIES);
        int first = store.awaitPrimary();
        store.kill(first);
        assertThat(store.awaitPrimary()).isNotEqualTo(first);
        store.start(first);
        topics.read(
            Topic.COMPLAINT_ESCALATED.wireName(),
            PATIENCE,
            records -> records.stream().map(ConsumerRecord::key).distinct().count() == INQUIRIES);
      }

      Map<String, List<ConsumerRecord<String, byte[]>>> records =
          inquiries(topics.readAll(Topic.COMPLAINT_ESCALATED.wireName()));
      assertThat(records).containsOnlyKeys(ids);
      // Said again it is the same: step 1, and every letter of it.
      assertThat(records.values())
          .allSatisfy(
              said ->
                  assertThat(said)
                      .allSatisfy(
                          record -> {
                            assertThat(record.key()).isEqualTo(said.get(0).key()).endsWith("/1");
                            assertThat(record.value()).isEqualTo(said.get(0).value());
                          }));
      MongoDatabase database = routing.getBean(MongoDatabase.class);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          Mono.from(
                                  database
                                      .getCollection("cases")
                                      .countDocuments(new Document("entries.unsent", true)))
                              .block(PATIENCE))
                      .isZero());
    }
  }

  private static List<ConsumerRecord<String, byte[]>> decided(Topics topics, int atLeast) {
    return topics.read(
        Topic.COMPLAINT_ESCALATED.wireName(), PATIENCE, records -> records.size() >= atLeast);
  }

  private static Map<String, List<ConsumerRecord<String, byte[]>>> inquiries(
      List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .collect(
            Collectors.groupingBy(
                it -> EventCodec.decode(it.topic(), it.headers(), it.value()).about()));
  }

  private ConfigurableApplicationContext routing(MongoReplicaSet store, RestartableBroker broker) {
    CredentialsFile file = new CredentialsFile(folder.resolve("credentials.json"));
    file.change(
        now ->
            now.complete(
                List.of(new Office("gyeongju", List.of(), List.of())), new SecureRandom()));
    return new SpringApplicationBuilder(RoutingApplication.class)
        .web(WebApplicationType.REACTIVE)
        .run(
            "--server.port=0",
            "--logging.level.root=error",
            "--barocall.credentials=" + file.path(),
            "--barocall.cities=../cities",
            "--barocall.data=" + folder,
            "--KAFKA_BOOTSTRAP_SERVERS=" + broker.bootstrapServers(),
            "--MONGODB_URI=" + store.uri());
  }
}
