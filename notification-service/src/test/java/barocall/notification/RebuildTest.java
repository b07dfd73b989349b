package barocall.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.access.ContactSeal.Field;
import barocall.access.Vault;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Erasable;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.EventCodec;
import barocall.contract.How;
import barocall.contract.Reminder;
import barocall.kit.events.EventPublisher;
import barocall.kit.rebuild.Start;
import barocall.kit.tracing.Traces;
import barocall.notification.cases.Decisions;
import barocall.testkit.RestartableBroker;
import barocall.testkit.RestartableStore;
import barocall.testkit.StoreContent;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import com.mongodb.reactivestreams.client.MongoDatabase;
import jakarta.mail.internet.MimeMessage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Inboxes and deliveries that are made anew are those that were kept live, and nobody is told. */
class RebuildTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String PREFIX = StoreUse.prefix("rebuilt");
  private static final String DATABASE = PREFIX + "notification";
  private static final Instant NOW = Instant.now(java.time.Clock.systemUTC());

  private final RestartableBroker broker = new RestartableBroker();
  private final RestartableStore store = new RestartableStore();
  private final MailServer mail = new MailServer();
  private ConfigurableApplicationContext service;

  @AfterEach
  void end() {
    service.close();
    mail.stop();
    store.close();
    broker.close();
  }

  @Test
  void listsAndDeliveriesAreTheSameAndNobodyIsToldAgain() {
    mail.start();
    service = start("--barocall.delivery.max-attempts=1");
    Inquiry told = inquiry("told");
    Inquiry overdue = inquiry("overdue");
    Inquiry resolved = inquiry("resolved");
    Inquiry returned = inquiry("returned");
    Contact citizen = contact("citizen@example.org");
    say(
        NotificationStack.received(told, citizen),
        NotificationStack.escalated(told, 1, "roads", NOW.plus(Duration.ofDays(30)), citizen),
        NotificationStack.escalated(overdue, 1, "roads", NOW.minus(Duration.ofDays(1)), null),
        NotificationStack.received(resolved, contact("other@example.org")),
        NotificationStack.escalated(resolved, 1, "roads", null, null),
        new ComplaintAcknowledged(resolved, NOW, 1, "roads", "officer"),
        answered(resolved),
        NotificationStack.escalated(returned, 1, "roads", null, null),
        new ComplaintReturned(returned, NOW, 1, "roads", "officer", "소관이 아닙니다"));
    // Four escalations, a chaser, two receipts and an answer.
    await().atMost(SOON).until(() -> messageIds().size() == 8);
    await().atMost(SOON).until(() -> documents(DATABASE, "pending").isEmpty());
    List<Erasable> ofTheErased =
        List.of(
            NotificationStack.received(told, citizen),
            NotificationStack.escalated(told, 1, "roads", NOW.plus(Duration.ofDays(30)), citizen),
            NotificationStack.received(resolved, contact("other@example.org")),
            NotificationStack.escalated(resolved, 1, "roads", null, null),
            answered(resolved),
            NotificationStack.escalated(returned, 1, "roads", null, null),
            new ComplaintReturned(returned, NOW, 1, "roads", "officer", "소관이 아닙니다"));
    say(ofTheErased.stream().map(Erasable::erase).toArray(Event[]::new));
    await().atMost(SOON).untilAsserted(() -> assertWordsAreGone(DATABASE));
    mail.stop();
    Inquiry givenUp = inquiry("given-up");
    say(NotificationStack.escalated(givenUp, 1, "roads", null, null));
    await().atMost(SOON).until(() -> documents(DATABASE, "failed").size() == 1);
    await().atMost(SOON).until(() -> documents(DATABASE, "pending").isEmpty());
    service.close();
    service = start("--barocall.delivery.first-delay=1s");
    Inquiry waiting = inquiry("waiting");
    say(NotificationStack.escalated(waiting, 1, "roads", null, null));
    await().atMost(SOON).until(() -> documents(DATABASE, "pending").size() == 1);

    var before = new AtomicReference<Map<String, Object>>();
    var ends = new AtomicReference<Map<String, Long>>();
    var mails = new AtomicReference<List<MimeMessage>>();
    Start.rebuild(
        NotificationRebuildConfiguration.class,
        () -> {
          service.close();
          mail.start();
          mails.set(mail.mails(""));
          before.set(shown(DATABASE));
          ends.set(Topics.at(broker.bootstrapServers()).ends());
          return true;
        },
        new PrintStream(OutputStream.nullOutputStream()),
        settings());

    Map<String, Object> after = shown(DATABASE + "_1");
    assertThat(after.keySet()).isEqualTo(before.get().keySet());
    before.get().forEach((id, what) -> assertThat(after.get(id)).as(id).isEqualTo(what));
    assertThat(Topics.at(broker.bootstrapServers()).ends()).isEqualTo(ends.get());
    assertThat(mail.mails("")).hasSameSizeAs(mails.get());
    assertWordsAreGone(DATABASE + "_1");

    // Everything is redelivered that may be, and what waited for the mail server goes out.
    service = start();
    assertThat(service.getBean(MongoDatabase.class).getName()).isEqualTo(DATABASE + "_1");
    Inquiry later = inquiry("later");
    say(
        NotificationStack.received(told, citizen),
        NotificationStack.escalated(told, 1, "roads", NOW.plus(Duration.ofDays(30)), citizen),
        answered(resolved),
        NotificationStack.escalated(later, 1, "roads", null, null));
    await().atMost(SOON).until(() -> mail.mails("").size() >= mails.get().size() + 2);
    await().atMost(SOON).until(() -> documents(DATABASE + "_1", "pending").isEmpty());
    assertThat(mail.mails("").stream().skip(mails.get().size()).map(RebuildTest::about))
        .containsExactlyInAnyOrder(about(waiting), about(later));
    assertThat(documents(DATABASE + "_1", "failed")).hasSize(1);
    assertWordsAreGone(DATABASE + "_1");
  }

  private Set<String> messageIds() {
    return mail.mails("").stream()
        .map(it -> MailServer.header(it, "Message-ID"))
        .collect(Collectors.toSet());
  }

  /** Of three inquiries, whatever of them comes again; the others keep theirs. */
  private void assertWordsAreGone(String database) {
    StoreContent.of(store.uri(), database)
        .forEach(
            (collection, documents) ->
                documents.forEach(
                    (id, document) -> {
                      String content = id + document.toJson();
                      if (List.of("told", "resolved", "returned").stream()
                          .anyMatch(name -> content.contains("gyeongju-c-" + name))) {
                        assertThat(content)
                            .as(collection + " " + id)
                            .doesNotContain("contact")
                            .doesNotContain("고쳤습니다", "소관이 아닙니다", NotificationStack.WORDS);
                      }
                    }));
    assertThat(documents(database, "open").toString())
        .contains("gyeongju-c-told")
        .contains(NotificationStack.WORDS);
    assertThat(documents(database, "done").toString())
        .contains("gyeongju-c-resolved")
        .contains("gyeongju-c-returned");
  }

  @Test
  void whatTheServiceHadNotHandledIsToldAfterTheSwitchAndOnce() {
    mail.start();
    service = start();
    Inquiry told = inquiry("told");
    Inquiry late = inquiry("late");
    Inquiry later = inquiry("later");
    Contact citizen = contact("citizen@example.org");
    say(
        NotificationStack.received(told, null),
        NotificationStack.escalated(told, 1, "roads", null, null),
        NotificationStack.received(later, null));
    await().atMost(SOON).until(() -> mail.mails("").size() == 1);
    await().atMost(SOON).until(() -> documents(DATABASE, "pending").isEmpty());

    Start.rebuild(
        NotificationRebuildConfiguration.class,
        () -> {
          service.close();
          assertThat(commits())
              .isNotEmpty()
              .allMatch(it -> it.metadata().matches("note=[1-9]\\d*"));
          // While it is away routing goes on, and a citizen leaves an address.
          sayFromElsewhere(
              NotificationStack.received(late, citizen),
              NotificationStack.escalated(late, 1, "roads", null, citizen),
              new ComplaintReminded(told, NOW, 1, Reminder.CHASER, 1, "roads", NOW),
              NotificationStack.escalated(later, 1, "roads", null, citizen));
          return true;
        },
        new PrintStream(OutputStream.nullOutputStream()),
        settings());

    // Cases and lists know it already; nobody counts as told of it, and nobody was.
    assertThat(documents(DATABASE + "_1", "cases"))
        .containsOnlyKeys(told.inquiryId(), late.inquiryId(), later.inquiryId());
    assertThat(documents(DATABASE + "_1", "open").keySet()).hasSize(3);
    assertThat(documents(DATABASE + "_1", "deliveries").values())
        .extracting(delivery -> delivery.getString("inquiryId"))
        .containsExactly(told.inquiryId());
    assertThat(mail.mails("")).hasSize(1);

    service = start();
    await().atMost(SOON).until(() -> mail.mails("").size() >= 6);
    await().atMost(SOON).until(() -> documents(DATABASE + "_1", "pending").isEmpty());
    // Two escalations, a chaser, a citizen's receipt for each of the two that left an address.
    assertThat(mail.mails("")).hasSize(6);
    assertThat(mail.mails("이관 민원")).hasSize(3);
    assertThat(mail.mails("독촉 1차")).hasSize(1);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(Topics.at(broker.bootstrapServers()).readAll("department-told"))
                    .extracting(ConsumerRecord::key)
                    .contains(
                        late.inquiryId() + "/1/email-1-told",
                        later.inquiryId() + "/1/email-1-told"));
  }

  @Test
  void whatWasDecidedAndNotSentIsSentAfterwardsInTheTraceThatCausedIt() {
    mail.start();
    service = start();
    Inquiry taken = inquiry("told");
    String trace = "00-4af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    say(NotificationStack.escalated(taken, 1, "roads", null, null));
    await().atMost(SOON).until(() -> documents(DATABASE, "deliveries").size() == 1);
    await().atMost(SOON).until(() -> documents(DATABASE, "pending").isEmpty());

    Start.rebuild(
        NotificationRebuildConfiguration.class,
        () -> {
          broker.stop();
          service
              .getBean(Decisions.class)
              .decide(
                  taken.inquiryId(),
                  file -> List.of(new ComplaintAcknowledged(taken, NOW, 1, "roads", "officer")))
              .contextWrite(Traces.causedBy(trace))
              .block(SOON);
          service.close();
          broker.start();
          return true;
        },
        new PrintStream(OutputStream.nullOutputStream()),
        settings());

    assertThat(documents(DATABASE + "_1", "unsent")).hasSize(1);
    assertThat(documents(DATABASE + "_1", "cases").get(taken.inquiryId()).toJson())
        .contains("\"unsent\": true", trace);
    assertThat(Topics.at(broker.bootstrapServers()).readAll("complaint-acknowledged")).isEmpty();

    service = start("--barocall.decisions.poll=300ms");
    assertThat(
            Topics.at(broker.bootstrapServers())
                .read("complaint-acknowledged", SOON, records -> !records.isEmpty()))
        .singleElement()
        .satisfies(
            sent ->
                assertThat(Traces.of(sent.headers())).contains("4af7651916cd43dd8448eb211c80319c"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(documents(DATABASE + "_1", "cases").get(taken.inquiryId()).toJson())
                    .doesNotContain("unsent"));
  }

  private Collection<OffsetAndMetadata> commits() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin
          .listConsumerGroupOffsets("notification-service")
          .partitionsToOffsetAndMetadata()
          .toCompletionStage()
          .toCompletableFuture()
          .join()
          .values();
    }
  }

  private void sayFromElsewhere(Event... events) {
    for (Event event : events) {
      Topics.at(broker.bootstrapServers()).send(EventCodec.encode(event, "test", 6));
    }
  }

  /** The link in a department's letter says of which inquiry it is. */
  private static String about(MimeMessage mail) {
    return Stream.of("told", "overdue", "resolved", "returned", "given-up", "waiting", "later")
        .filter(name -> MailServer.body(mail).contains("gyeongju-c-" + name))
        .findFirst()
        .orElse("somebody else");
  }

  private static String about(Inquiry inquiry) {
    return inquiry.inquiryId().substring("gyeongju-c-".length());
  }

  private Map<String, Document> documents(String database, String collection) {
    return StoreContent.of(store.uri(), database).getOrDefault(collection, Map.of());
  }

  /** What people can see, and what is still to be done. */
  private Map<String, Object> shown(String database) {
    Map<String, Map<String, Document>> content = StoreContent.of(store.uri(), database);
    Map<String, Object> shown = new TreeMap<>();
    content
        .get("cases")
        .forEach(
            (id, file) ->
                shown.put(
                    "cases/" + id,
                    file.getList("facts", Document.class).stream()
                        .map(Document::toJson)
                        .sorted()
                        .toList()));
    for (String list : List.of("open", "done", "reminders", "failed", "pending")) {
      content
          .getOrDefault(list, Map.of())
          .forEach((id, line) -> shown.put(list + "/" + id, withoutTimes(asListed(list, line))));
    }
    content
        .get("deliveries")
        .forEach(
            (id, delivery) -> {
              // Whom to tell of what was erased the topics say no more.
              boolean isLost =
                  delivery.get("department") == null
                      && List.of("told", "resolved").stream()
                          .anyMatch(name -> id.contains("~gyeongju-c-" + name + "~"));
              if (!isLost) {
                shown.put("deliveries/" + id, withoutTimes(delivery));
              }
            });
    return shown;
  }

  /** A list of what was given up has it as it was before the others knew, or after. */
  private static Document asListed(String list, Document line) {
    Document listed = new Document(line);
    if (list.equals("failed")) {
      listed.remove("announced");
    }
    return listed;
  }

  /**
   * When a delivery was made and settled, and in which trace, no topic tells exactly; and only a
   * rebuild keeps which end a topic told.
   */
  private static Object withoutTimes(Document line) {
    Document without = new Document(line);
    List.of("createdAt", "settledAt", "trace", "endInTopic").forEach(without::remove);
    return without;
  }

  private static Inquiry inquiry(String name) {
    return new Inquiry(
        "gyeongju-c-" + name,
        "26110482%04d".formatted(Math.abs(name.hashCode() % 10_000)),
        "gyeongju",
        Channel.WEB,
        "road-damage",
        NOW.minus(Duration.ofDays(3)));
  }

  private InquiryResolved answered(Inquiry inquiry) {
    return new InquiryResolved(
        inquiry,
        NOW,
        1,
        How.ANSWERED,
        By.DEPARTMENT,
        "officer",
        null,
        "roads",
        "도로과",
        false,
        "고쳤습니다.");
  }

  private Contact contact(@Nullable String email) {
    String sealed =
        service
            .getBean(Vault.class)
            .contactSeal("gyeongju")
            .seal(Field.EMAIL, String.valueOf(email));
    return new Contact(null, null, sealed, null);
  }

  private void say(Event... events) {
    service.getBean(EventPublisher.class).sendAll(List.of(events)).block(SOON);
  }

  private ConfigurableApplicationContext start(String... more) {
    return SpringApplication.run(
        NotificationApplication.class,
        Stream.concat(Stream.of(settings()), Stream.of(more)).toArray(String[]::new));
  }

  private String[] settings() {
    return new String[] {
      "--server.port=0",
      "--KAFKA_BOOTSTRAP_SERVERS=" + broker.bootstrapServers(),
      "--MONGODB_URI=" + store.uri(),
      "--barocall.store.prefix=" + PREFIX,
      "--barocall.credentials=" + NotificationStack.FOLDER.resolve("credentials.json"),
      "--barocall.cities=" + NotificationStack.FOLDER.resolve("cities"),
      "--barocall.mail.port=" + mail.port(),
      "--barocall.delivery.poll=100ms",
      "--barocall.reminders.poll=300ms"
    };
  }
}
