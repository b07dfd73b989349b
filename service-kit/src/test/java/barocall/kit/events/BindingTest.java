package barocall.kit.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.contract.Channel;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import barocall.kit.store.Awaiting;
import barocall.kit.tracing.Traces;
import barocall.testkit.Backends;
import barocall.testkit.RestartableStore;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import reactor.core.publisher.Mono;

/**
 * What every binding of every service rests on, against a real broker and a store that goes away.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BindingTest {
  private static final String SERVICE = "binding-service";
  private static final String WORDS = "우리 집 앞 가로등이 꺼졌습니다";
  private static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");

  private final RestartableStore store = new RestartableStore();
  private final ConfigurableApplicationContext context =
      new SpringApplicationBuilder(Noting.class)
          .web(WebApplicationType.NONE)
          .run(
              "--spring.application.name=" + SERVICE,
              "--spring.config.import=classpath:events-defaults.properties",
              "--spring.cloud.function.definition=onEvents",
              "--spring.cloud.stream.bindings.onEvents-in-0.destination=call-received,inquiry-reopened",
              "--KAFKA_BOOTSTRAP_SERVERS=" + Backends.bootstrapServers(),
              "--MONGODB_URI=" + store.uri(),
              "--barocall.store.prefix=" + StoreUse.prefix("binding"));
  private final EventPublisher publisher = context.getBean(EventPublisher.class);
  private final Notes notes = context.getBean(Notes.class);

  @AfterAll
  void end() {
    context.close();
    store.close();
  }

  @Test
  void eventsOfAllItsTopicsReachTheHandler() {
    Event received = received();
    Event reopened = reopened();

    publisher.sendAndWait(received);
    publisher.sendAll(List.of(reopened)).block();

    until(() -> assertThat(notes.times(received)).isEqualTo(1));
    until(() -> assertThat(notes.times(reopened)).isEqualTo(1));
    assertThat(notes.read(received)).isEqualTo(received);
  }

  @Test
  void unreadableRecordGoesToTheDeadLettersAndItsNeighbourIsHandled() {
    Event good = received();
    var record = EventCodec.encode(good, "test", 6);
    String key = Backends.unique("broken");
    Topics.shared()
        .send(
            new ProducerRecord<>(
                record.topic(), record.partition(), key, "{broken".getBytes(UTF_8)));

    publisher.sendAndWait(good);

    until(() -> assertThat(notes.times(good)).isEqualTo(1));
    ConsumerRecord<String, byte[]> letter = deadLetter(key);
    assertThat(letter.value()).asString(UTF_8).isEqualTo("{broken");
    assertThat(new String(letter.headers().lastHeader(DeadLetters.REASON).value(), UTF_8))
        .contains("CloudEvent");
    assertThat(new String(letter.headers().lastHeader(DeadLetters.ORIGIN).value(), UTF_8))
        .startsWith("call-received-" + record.partition() + "@");
  }

  @Test
  void refusedRecordGoesToTheDeadLettersAsItWasWritten() {
    Event refused = received();
    notes.refused.put(refused.id(), "the city is unknown");

    publisher.sendAndWait(refused);

    ConsumerRecord<String, byte[]> letter = deadLetter(refused.key());
    assertThat(letter.value()).isEqualTo(EventCodec.json(refused));
    assertThat(letter.headers().lastHeader("ce_id")).isNotNull();
    assertThat(new String(letter.headers().lastHeader(DeadLetters.REASON).value(), UTF_8))
        .isEqualTo("the city is unknown");
  }

  @Test
  void handlerThatKeepsFailingDoesNotBlockForEverAndQuotesNobody(CapturedOutput log) {
    Event fails = received();
    notes.faults.put(fails.id(), new IllegalStateException(WORDS));

    publisher.sendAndWait(fails);

    ConsumerRecord<String, byte[]> letter = deadLetter(fails.key());
    assertThat(new String(letter.headers().lastHeader(DeadLetters.REASON).value(), UTF_8))
        .startsWith("IllegalStateException")
        .doesNotContain(WORDS);
    assertThat(log).contains("went to the dead letters").doesNotContain(WORDS);
  }

  /** The driver says it as it says that a store is away, but waiting does not make it smaller. */
  @Test
  void whatIsTooLargeForTheStoreDoesNotBlockForEver() {
    Event large = received();
    notes.faults.put(large.id(), new BsonMaximumSizeExceededException("16 MB"));

    publisher.sendAndWait(large);

    assertThat(
            new String(
                deadLetter(large.key()).headers().lastHeader(DeadLetters.REASON).value(), UTF_8))
        .startsWith("BsonMaximumSizeExceededException");
  }

  @Test
  void consumerWaitsWhileTheStoreIsAway() {
    Event event = received();
    store.stop();
    try {
      publisher.sendAndWait(event);
      until(() -> assertThat(notes.tries(event)).isGreaterThan(1));
    } finally {
      store.start();
    }

    until(() -> assertThat(notes.times(event)).isEqualTo(1));
    assertThat(Topics.shared().readAll(Topic.CALL_RECEIVED.deadLetters(SERVICE)))
        .noneMatch(letter -> isOf(event.key(), letter));
  }

  @Test
  void eventSaidTwiceIsReadTwiceUnderOneId() {
    Event event = received();

    publisher.sendAndWait(event);
    publisher.sendAndWait(event);

    until(() -> assertThat(notes.tries(event)).isGreaterThanOrEqualTo(2));
    until(() -> assertThat(notes.times(event)).isEqualTo(1));
  }

  private static ConsumerRecord<String, byte[]> deadLetter(String key) {
    return Topics.shared()
        .read(
            Topic.CALL_RECEIVED.deadLetters(SERVICE),
            letters -> letters.stream().anyMatch(it -> isOf(key, it)))
        .stream()
        .filter(it -> isOf(key, it))
        .findFirst()
        .orElseThrow();
  }

  /** Behind an event's own key stands a mark of what was said. */
  private static boolean isOf(String key, ConsumerRecord<String, byte[]> letter) {
    return (letter.key() + "/").startsWith(key + "/");
  }

  private static void until(Runnable assertion) {
    await().atMost(Duration.ofSeconds(90)).untilAsserted(assertion::run);
  }

  private static Event received() {
    return new Event.CallReceived(
        inquiry(), NOON, 0, Door.INQUIRIES, null, null, null, false, WORDS, null, null, null, null);
  }

  private static Event reopened() {
    return new Event.InquiryReopened(inquiry(), NOON, 1, null);
  }

  private static Event.Inquiry inquiry() {
    return new Event.Inquiry(
        Backends.unique("gyeongju"), "261104829137", "gyeongju", Channel.WEB, null, NOON);
  }

  /** A service that notes each event under its id. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @ComponentScan(
      basePackages = {
        "barocall.kit.events",
        "barocall.kit.health",
        "barocall.kit.metrics",
        "barocall.kit.store",
        "barocall.kit.tracing"
      },
      excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Test\\$.*"))
  static class Noting {
    @Bean
    Notes notes(MongoDatabase database) {
      return new Notes(database);
    }

    @Bean
    Consumer<List<Delivered>> onEvents(Notes notes, Traces traces) {
      return Delivered.to(notes::note, traces);
    }
  }

  static final class Notes {
    private final MongoDatabase database;
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();
    private final Map<String, Event> read = new ConcurrentHashMap<>();
    final Map<String, String> refused = new ConcurrentHashMap<>();
    final Map<String, RuntimeException> faults = new ConcurrentHashMap<>();

    Notes(MongoDatabase database) {
      this.database = database;
    }

    Mono<Void> note(Event event) {
      tries.merge(event.id(), 1, Integer::sum);
      read.put(event.id(), event);
      if (refused.containsKey(event.id())) {
        throw new RefusedEventException(refused.get(event.id()));
      }
      RuntimeException fault = faults.get(event.id());
      if (fault != null) {
        throw fault;
      }
      return Mono.from(
              database
                  .getCollection("notes")
                  .updateOne(
                      Filters.eq("_id", event.id()),
                      Updates.set("at", event.at().toString()),
                      new UpdateOptions().upsert(true)))
          .then();
    }

    int tries(Event event) {
      return tries.getOrDefault(event.id(), 0);
    }

    Event read(Event event) {
      return read.get(event.id());
    }

    /** The ids of all that was read. */
    Set<String> ids() {
      return Set.copyOf(read.keySet());
    }

    long times(Event event) {
      Long count =
          Awaiting.result(
              Mono.from(
                  database.getCollection("notes").countDocuments(new Document("_id", event.id()))));
      return count == null ? 0 : count;
    }
  }
}
