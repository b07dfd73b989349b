package barocall.analytics;

import static barocall.analytics.Inquiries.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.analytics.counting.RecountConfiguration;
import barocall.contract.Event.Erasable;
import barocall.contract.Event.InquiryEvent;
import barocall.kit.events.EventPublisher;
import barocall.kit.rebuild.Start;
import barocall.kit.store.Generations;
import barocall.testkit.RestartableBroker;
import barocall.testkit.RestartableStore;
import barocall.testkit.StoreContent;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A rebuild gives the figures that were counted live, while they go on, and says nothing. */
class RecountTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String PREFIX = StoreUse.prefix("rebuilt");
  private static final String DATABASE = PREFIX + "analytics";

  /** Ends with an offset that is no record, once something was written there. */
  private static final String GAPS = "agent-state-changed-0";

  private final RestartableBroker broker = new RestartableBroker();
  private final RestartableStore store = new RestartableStore();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private ConfigurableApplicationContext service;
  private String[] settings;

  @BeforeEach
  void begin(@TempDir Path folder) {
    Path credentials = folder.resolve("credentials.json");
    new CredentialsFile(credentials)
        .change(
            none ->
                Credentials.generate(
                    List.of(
                        new Office("gyeongju", List.of(), List.of()),
                        new Office("cheonan", List.of(), List.of())),
                    new SecureRandom()));
    settings =
        new String[] {
          "--KAFKA_BOOTSTRAP_SERVERS=" + broker.bootstrapServers(),
          "--MONGODB_URI=" + store.uri(),
          "--barocall.store.prefix=" + PREFIX,
          "--barocall.credentials=" + credentials,
          "--barocall.cities=../cities",
          "--server.port=0"
        };
    service = SpringApplication.run(AnalyticsApplication.class, settings);
  }

  @AfterEach
  void end() {
    service.close();
    store.close();
    broker.close();
  }

  @Test
  void aRebuildCountsTheSameWhileCountingGoesOnAndWritesNoRecord() {
    say(lives("gyeongju-", 30, 1));
    // The end of a transaction takes an offset and is no record, as compaction leaves gaps.
    transact("agent-state-changed");
    Topics.at(broker.bootstrapServers())
        .send("call-received", "nonsense", "{".getBytes(StandardCharsets.UTF_8));
    awaitInquiries(DATABASE, 30 * 4);

    rebuild(
        () -> {
          // What comes while it runs beside is counted by both.
          transact("agent-state-changed");
          say(lives("cheonan-", 10, 2));
          awaitInquiries(DATABASE, 40 * 4);
          service.close();
          return true;
        },
        () -> StoreContent.of(store.uri(), DATABASE));

    service = SpringApplication.run(AnalyticsApplication.class, settings);
    assertThat(service.getBean(MongoDatabase.class).getName()).isEqualTo(DATABASE + "_1");
    say(lives("gyeongju-later-", 5, 3));
    awaitInquiries(DATABASE + "_1", 45 * 4);
  }

  @Test
  void aCitizensDataIsErasedAndNoFigureChangesInARebuildNeither() {
    List<InquiryEvent> told = lives("gyeongju-", 10, 4);
    say(told);
    awaitInquiries(DATABASE, 10 * 4);
    Map<String, ?> before = withoutPositions(figures(StoreContent.of(store.uri(), DATABASE)));
    List<InquiryEvent> erased = new ArrayList<>();
    for (InquiryEvent event : told) {
      if (event instanceof Erasable erasable) {
        erased.add(erasable.erase());
      }
    }
    assertThat(erased).hasSizeGreaterThan(40);

    say(erased);
    awaitInquiries(DATABASE, 10 * 4);

    assertThat(withoutPositions(figures(StoreContent.of(store.uri(), DATABASE)))).isEqualTo(before);
    rebuild(
        () -> {
          service.close();
          return true;
        },
        () -> StoreContent.of(store.uri(), DATABASE));
  }

  private static Map<String, ?> withoutPositions(Map<String, ?> figures) {
    Map<String, Object> without = new TreeMap<>(figures);
    without.keySet().removeIf(name -> name.startsWith("positions/"));
    return without;
  }

  @Test
  void aRebuildThatWasCutOffLeavesTheFiguresAndTheNextOneBeginsAfresh() {
    say(lives("gyeongju-", 5, 1));
    awaitInquiries(DATABASE, 5 * 4);
    Map<String, ?> before = figures(StoreContent.of(store.uri(), DATABASE));

    assertThatThrownBy(
            () ->
                Start.rebuild(
                    RecountConfiguration.class,
                    () -> {
                      throw new IllegalStateException("cut");
                    },
                    new PrintStream(said),
                    settings))
        .hasMessage("cut");
    assertThat(figures(StoreContent.of(store.uri(), DATABASE))).isEqualTo(before);
    // It has given its right back; that of one that was killed has to grow old.
    claimAsAnotherWould();
    assertThatThrownBy(
            () ->
                Start.rebuild(
                    RecountConfiguration.class, () -> true, new PrintStream(said), settings))
        .rootCause()
        .hasMessageContaining("is being rebuilt already");

    forgetWhoRebuilds();
    rebuild(
        () -> {
          service.close();
          return true;
        },
        () -> StoreContent.of(store.uri(), DATABASE));
    assertThat(StoreContent.of(store.uri(), DATABASE + "_1")).isEmpty();
    assertThat(StoreContent.of(store.uri(), DATABASE + "_2")).isNotEmpty();
  }

  /** Writes something that is no event in a transaction. */
  private void transact(String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "gaps");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused =
          producer.send(new ProducerRecord<>(topic, 0, "x", "{".getBytes(StandardCharsets.UTF_8)));
      producer.commitTransaction();
    }
  }

  /** As if seen an hour from now, so that however long a start takes it is not old by then. */
  private void claimAsAnotherWould() {
    var later = java.time.Clock.offset(java.time.Clock.systemUTC(), java.time.Duration.ofHours(1));
    try (MongoClient client = MongoClients.create(store.uri())) {
      new Generations(client, DATABASE, later).claim();
    }
  }

  /** As if it had been silent for a while. */
  private void forgetWhoRebuilds() {
    Document silent =
        new Document("$set", new Document("seenAt", java.util.Date.from(java.time.Instant.EPOCH)));
    reactor.core.publisher.Mono.from(
            service
                .getBean(MongoDatabase.class)
                .getCollection("generations")
                .updateOne(new Document("_id", "rebuild"), silent))
        .block(SOON);
  }

  private void rebuild(
      BooleanSupplier stopped,
      java.util.function.Supplier<Map<String, Map<String, Document>>> present) {
    var before = new java.util.concurrent.atomic.AtomicReference<Map<String, ?>>();
    var ends = new java.util.concurrent.atomic.AtomicReference<Map<String, Long>>();
    Start.rebuild(
        RecountConfiguration.class,
        () -> {
          boolean done = stopped.getAsBoolean();
          before.set(figures(present.get()));
          ends.set(Topics.at(broker.bootstrapServers()).ends());
          return done;
        },
        new PrintStream(said, true, StandardCharsets.UTF_8),
        settings);

    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("rebuild: caught up")
        .endsWith("rebuild: done" + System.lineSeparator());
    Document control = StoreContent.of(store.uri(), DATABASE).get("generations").get("present");
    Map<String, ?> after =
        figures(StoreContent.of(store.uri(), DATABASE + "_" + control.getLong("generation")));
    assertThat(after.keySet()).isEqualTo(before.get().keySet());
    before.get().forEach((id, figure) -> assertThat(after.get(id)).as(id).isEqualTo(figure));
    assertThat(Topics.at(broker.bootstrapServers()).ends()).isEqualTo(ends.get());
    assertThat(StoreContent.of(store.uri(), DATABASE)).containsOnlyKeys("generations");
  }

  private List<InquiryEvent> lives(String prefix, int count, int seed) {
    List<InquiryEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.addAll(Inquiries.repeatedCall(prefix + "a" + i, NOON.plusSeconds(i)));
      events.addAll(Inquiries.abandonedCall(prefix + "b" + i, NOON.plusSeconds(i)));
      events.addAll(Inquiries.complaint(prefix + "c" + i, NOON.plusSeconds(i)).subList(0, 3));
      events.addAll(Inquiries.history(prefix + "h" + i, NOON.plusSeconds(i)));
    }
    Collections.shuffle(events, new Random(seed));
    return events;
  }

  private void say(List<InquiryEvent> events) {
    service.getBean(EventPublisher.class).sendAll(events).block(SOON);
  }

  /** Until all that was said is counted: the positions stand at the ends of the topics. */
  private void awaitInquiries(String database, int count) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Map<String, Map<String, Document>> content = StoreContent.of(store.uri(), database);
              assertThat(content.getOrDefault("inquiries", Map.of())).hasSize(count);
              Topics.at(broker.bootstrapServers())
                  .ends()
                  .forEach(
                      (partition, end) -> {
                        if (!partition.contains(".dead")) {
                          assertThat(
                                  content
                                      .get("positions")
                                      .getOrDefault(partition, new Document("next", 0L)))
                              .as(partition)
                              .containsEntry(
                                  "next", partition.equals(GAPS) && end > 0 ? end - 1 : end);
                        }
                      });
            });
  }

  /** What pages show: all amounts that are not zero, what is open, and the facts of inquiries. */
  private static Map<String, ?> figures(Map<String, Map<String, Document>> content) {
    Map<String, Object> figures = new TreeMap<>();
    content
        .get("rollups")
        .forEach(
            (id, rollup) -> {
              rollup.remove("o");
              amounts(id, rollup, figures);
            });
    content
        .getOrDefault("open", Map.of())
        .forEach(
            (id, open) -> {
              open.remove("v");
              figures.put("open/" + id, open);
            });
    content
        .get("inquiries")
        .forEach(
            (id, inquiry) ->
                figures.put(
                    "facts/" + id,
                    inquiry.getList("f", Document.class).stream()
                        .map(Document::toJson)
                        .sorted()
                        .toList()));
    content
        .get("positions")
        .forEach(
            (id, position) -> {
              if (position.getLong("next") > 0) {
                figures.put("positions/" + id, position);
              }
            });
    return figures;
  }

  private static void amounts(String path, Document document, Map<String, Object> into) {
    document.forEach(
        (name, value) -> {
          if (value instanceof Document inner) {
            amounts(path + "/" + name, inner, into);
          } else if (value instanceof Number amount && amount.longValue() != 0) {
            into.put(path + "/" + name, amount.longValue());
          }
        });
  }
}
