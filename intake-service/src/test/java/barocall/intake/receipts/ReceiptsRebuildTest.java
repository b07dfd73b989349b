package barocall.intake.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Erasable;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.How;
import barocall.intake.IntakeApplication;
import barocall.kit.events.EventPublisher;
import barocall.kit.rebuild.Start;
import barocall.testkit.RestartableBroker;
import barocall.testkit.RestartableStore;
import barocall.testkit.StoreContent;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Receipts that are made anew from the topics are those that were kept live. */
class ReceiptsRebuildTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String PREFIX = StoreUse.prefix("rebuilt");
  private static final String DATABASE = PREFIX + "intake";
  private static final String SEALED = "c2VhbGVkLXRlbGVwaG9uZQ";

  @TempDir private Path folder;

  @Test
  void theReceiptsAreTheSameAndNothingIsSaid() {
    try (RestartableBroker broker = new RestartableBroker();
        RestartableStore store = new RestartableStore()) {
      String[] settings = settings(broker, store);
      ConfigurableApplicationContext intake =
          SpringApplication.run(IntakeApplication.class, settings);
      EventPublisher publisher = intake.getBean(EventPublisher.class);
      publisher.sendAll(stories(0, 20)).block(SOON);
      awaitReceipts(store, DATABASE, 20);

      var before = new AtomicReference<Map<String, Document>>();
      var ends = new AtomicReference<Map<String, Long>>();
      Start.rebuild(
          ReceiptsRebuildConfiguration.class,
          () -> {
            // What comes while it runs beside is in both.
            publisher.sendAll(stories(20, 30)).block(SOON);
            awaitReceipts(store, DATABASE, 30);
            erase(publisher, store);
            intake.close();
            before.set(StoreContent.of(store.uri(), DATABASE).get("receipts"));
            ends.set(Topics.at(broker.bootstrapServers()).ends());
            return true;
          },
          new PrintStream(OutputStream.nullOutputStream()),
          settings);

      assertThat(StoreContent.of(store.uri(), DATABASE + "_1").get("receipts"))
          .isEqualTo(before.get());
      assertWordsAreGone(store, DATABASE + "_1");
      assertThat(Topics.at(broker.bootstrapServers()).ends()).isEqualTo(ends.get());
      try (var again = SpringApplication.run(IntakeApplication.class, settings)) {
        assertThat(again.getBean(MongoDatabase.class).getName()).isEqualTo(DATABASE + "_1");
        again.getBean(EventPublisher.class).sendAll(stories(32, 33)).block(SOON);
        awaitReceipts(store, DATABASE + "_1", 33);
      }
    }
  }

  /** Of the first five citizens after their words, which come late again; of two others before. */
  private static void erase(EventPublisher publisher, RestartableStore store) {
    List<InquiryEvent> told = stories(0, 5);
    publisher.sendAll(erased(told)).block(SOON);
    publisher.sendAll(told).block(SOON);
    List<InquiryEvent> untold = stories(30, 32);
    publisher.sendAll(erased(untold)).block(SOON);
    publisher.sendAll(untold).block(SOON);
    awaitReceipts(store, DATABASE, 32);
    await().atMost(SOON).untilAsserted(() -> assertWordsAreGone(store, DATABASE));
  }

  private static void assertWordsAreGone(RestartableStore store, String database) {
    var receipts = StoreContent.of(store.uri(), database).get("receipts");
    for (int i = 0; i < 32; i++) {
      String content = receipts.get(number(i)).toJson();
      if (i < 5 || i >= 30) {
        assertThat(content).doesNotContain("안내했습니다").doesNotContain(SEALED).contains("erased");
      } else {
        assertThat(content).contains("안내했습니다").contains(SEALED).doesNotContain("erased");
      }
    }
  }

  private static List<InquiryEvent> erased(List<InquiryEvent> events) {
    List<InquiryEvent> erased = new ArrayList<>();
    for (InquiryEvent event : events) {
      if (event instanceof Erasable erasable) {
        erased.add(erasable.erase());
      }
    }
    return erased;
  }

  private static String number(int i) {
    return "2611048%05d".formatted(i);
  }

  private static void awaitReceipts(RestartableStore store, String database, int count) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              var receipts =
                  StoreContent.of(store.uri(), database).getOrDefault("receipts", Map.of());
              assertThat(receipts).hasSize(count);
              assertThat(receipts.values())
                  .allSatisfy(
                      receipt ->
                          assertThat(
                                  receipt
                                      .get("inquiries", Document.class)
                                      .values()
                                      .iterator()
                                      .next())
                              .asInstanceOf(
                                  org.assertj.core.api.InstanceOfAssertFactories.map(
                                      String.class, Object.class))
                              .hasSize(7));
            });
  }

  private static List<InquiryEvent> stories(int from, int to) {
    List<InquiryEvent> events = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Facts facts = new Facts("gyeongju-c-" + i, number(i));
      events.addAll(
          List.of(
              facts.received(new Contact(null, SEALED, null, null)),
              facts.escalated(1, "roads", "도로과"),
              facts.acknowledged(1, "roads"),
              facts.returned(1, "roads"),
              facts.atDesk(2),
              facts.resolvedByAgent(3, How.ANSWERED),
              facts.rated(3, 5)));
    }
    Collections.shuffle(events, new Random(from));
    return events;
  }

  private String[] settings(RestartableBroker broker, RestartableStore store) {
    Path credentials = folder.resolve("credentials.json");
    new CredentialsFile(credentials)
        .change(
            none ->
                Credentials.generate(
                    List.of(
                        new Office("gyeongju", List.of(), List.of()),
                        new Office("cheonan", List.of(), List.of())),
                    new SecureRandom()));
    return new String[] {
      "--server.port=0",
      "--KAFKA_BOOTSTRAP_SERVERS=" + broker.bootstrapServers(),
      "--MONGODB_URI=" + store.uri(),
      "--barocall.store.prefix=" + PREFIX,
      "--barocall.credentials=" + credentials,
      "--barocall.spool.path=" + folder.resolve("spool"),
      "--barocall.cities=../cities"
    };
  }
}
