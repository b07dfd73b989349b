package barocall.notification;

import static org.awaitility.Awaitility.await;

import barocall.access.ContactSeal.Field;
import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.access.Vault;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.Why;
import barocall.contract.EventCodec;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.Topic;
import barocall.contract.WhyKind;
import barocall.kit.events.EventPublisher;
import barocall.testkit.Backends;
import barocall.testkit.FreePorts;
import barocall.testkit.LooksAtStoreUse;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import com.mongodb.event.CommandListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * One notification service for all tests, with a real broker and store, a mail server, a gateway
 * for text messages and a webhook of the department {@code water}.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "barocall.delivery.first-delay=200ms",
      "barocall.delivery.factor=2",
      "barocall.delivery.max-attempts=5",
      "barocall.delivery.scatter=0",
      "barocall.delivery.poll=100ms",
      "barocall.delivery.timeout=1s",
      "barocall.decisions.poll=300ms",
      "barocall.reminders.poll=1h",
      "barocall.metrics.every=200ms",
      "barocall.web.slowest-body=8s"
    })
@Import(NotificationStack.MovedClock.class)
// Decisions and letters on their way out, and what was given up, for those who see all cities.
@LooksAtStoreUse(readWhole = {"unsent", "pending", "failed"})
public abstract class NotificationStack {
  protected static final String WORDS = "집 앞 도로가 깊게 패였습니다.";

  protected static final MailServer MAIL = new MailServer();
  protected static final Catcher WEB = new Catcher();
  protected static final HandClock CLOCK = new HandClock();
  static final Path FOLDER = folder();

  @LocalServerPort private int port;
  @Autowired private CredentialsFile file;
  @Autowired private EventPublisher publisher;
  @Autowired private Vault vault;

  @TestConfiguration(proxyBeanMethods = false)
  static class MovedClock {
    @Bean
    @Primary
    Clock handClock() {
      return CLOCK;
    }

    @Bean
    CommandListener storeUse() {
      return StoreUse.listener();
    }
  }

  @DynamicPropertySource
  static void backends(DynamicPropertyRegistry settings) {
    settings.add("KAFKA_BOOTSTRAP_SERVERS", Backends::bootstrapServers);
    settings.add("MONGODB_URI", Backends::mongoUri);
    settings.add("barocall.store.prefix", () -> StoreUse.prefix("notification"));
    settings.add("barocall.credentials", () -> FOLDER.resolve("credentials.json").toString());
    settings.add("barocall.cities", () -> FOLDER.resolve("cities").toString());
    settings.add("barocall.mail.port", MAIL::port);
    settings.add(
        "spring.cloud.stream.kafka.binder.consumer-properties.fetch.max.wait.ms", () -> "20");
    settings.add("barocall.health.intake", () -> "http://127.0.0.1:" + FreePorts.next());
    settings.add("barocall.sms.url", () -> WEB.url("/sms"));
  }

  /** Where it listens. */
  protected final URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Whoever shows nothing. */
  protected final WebTestClient anyone() {
    return WebTestClient.bindToServer()
        .baseUrl(address().toString())
        .responseTimeout(Duration.ofSeconds(90))
        .build();
  }

  /** Somebody with their generated password. */
  protected final WebTestClient person(String user) {
    String password = file.current().person(user).orElseThrow().password();
    return anyone()
        .mutate()
        .defaultHeaders(headers -> headers.setBasicAuth(user, password))
        .build();
  }

  protected final Credentials credentials() {
    return file.current();
  }

  protected final Vault vault() {
    return vault;
  }

  protected final void say(Event... events) {
    for (Event event : events) {
      publisher.sendAndWait(event);
    }
  }

  /** A new inquiry from the web. */
  protected final Inquiry inquiry() {
    return inquiry(Channel.WEB);
  }

  protected final Inquiry inquiry(Channel channel) {
    String id = Backends.unique("gyeongju-c");
    return new Inquiry(
        id,
        vault.receiptNumbers().of(id).replace("-", ""),
        "gyeongju",
        channel,
        "road-damage",
        CLOCK.instant());
  }

  protected static CallReceived received(Inquiry inquiry, @Nullable Contact contact) {
    return new CallReceived(
        inquiry,
        CLOCK.instant(),
        0,
        Door.INQUIRIES,
        null,
        null,
        null,
        false,
        "포트홀",
        WORDS,
        null,
        contact,
        null);
  }

  protected static ComplaintEscalated escalated(Inquiry inquiry, int step, String department) {
    return escalated(inquiry, step, department, CLOCK.instant().plus(Duration.ofDays(7)), null);
  }

  protected static ComplaintEscalated escalated(
      Inquiry inquiry,
      int step,
      String department,
      @Nullable Instant dueAt,
      @Nullable Contact contact) {
    return new ComplaintEscalated(
        inquiry,
        CLOCK.instant(),
        step,
        department,
        null,
        "grievance",
        Priority.NORMAL,
        dueAt,
        "민원처리법 시행령 제17조",
        new Why(WhyKind.RULE, "potholes", "도로 파손은 도로과가 맡습니다."),
        null,
        0,
        "포트홀",
        WORDS,
        null,
        contact);
  }

  protected static InquiryResolved answeredByRule(Inquiry inquiry, int step) {
    return new InquiryResolved(
        inquiry,
        CLOCK.instant(),
        step,
        How.ANSWERED,
        By.RULE,
        null,
        "opening-hours",
        null,
        null,
        true,
        "평일 9시부터 18시까지입니다.");
  }

  protected final Contact contact(@Nullable String telephone, @Nullable String email) {
    var seal = vault.contactSeal("gyeongju");
    return new Contact(
        seal.seal(Field.NAME, "홍길동"),
        telephone == null ? null : seal.seal(Field.TELEPHONE, telephone),
        email == null ? null : seal.seal(Field.EMAIL, email),
        null);
  }

  /** What was said of an inquiry in a topic, once there is so much. */
  protected static <E extends Event> List<E> said(Class<E> kind, Inquiry inquiry, int atLeast) {
    Topic topic =
        Stream.of(Topic.values()).filter(it -> it.record() == kind).findFirst().orElseThrow();
    return Topics.shared()
        .read(
            topic.wireName(),
            records ->
                records.stream()
                        .filter(it -> it.key().startsWith(inquiry.inquiryId() + "/"))
                        .count()
                    >= atLeast)
        .stream()
        .filter(it -> it.key().startsWith(inquiry.inquiryId() + "/"))
        .map(it -> kind.cast(EventCodec.decode(it.topic(), it.headers(), it.value())))
        .toList();
  }

  protected static void until(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(90)).untilAsserted(assertion);
  }

  protected static String inFours(Inquiry inquiry) {
    String digits = String.valueOf(inquiry.receiptNumber());
    return digits.substring(0, 4) + "-" + digits.substring(4, 8) + "-" + digits.substring(8);
  }

  /** A folder with credentials and with Gyeongju, whose waterworks have a webhook. */
  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("barocall-notification-");
      Path cities = folder.resolve("cities");
      Files.createDirectories(cities.resolve("holidays"));
      try (Stream<Path> calendars = Files.list(Path.of("../cities/holidays"))) {
        for (Path calendar : calendars.toList()) {
          Files.copy(calendar, cities.resolve("holidays").resolve(calendar.getFileName()));
        }
      }
      String gyeongju = Files.readString(Path.of("../cities/gyeongju.yml"));
      Files.writeString(
          cities.resolve("gyeongju.yml"),
          gyeongju.replace(
              "    email: water@gyeongju.example\n",
              "    email: water@gyeongju.example\n    webhook: " + WEB.url("/water") + "\n"));
      new CredentialsFile(folder.resolve("credentials.json"))
          .change(
              none ->
                  Credentials.generate(
                      List.of(
                          new Office(
                              "gyeongju",
                              List.of(new Office.Seat("agent-1", "김상담")),
                              List.of(
                                  new Office.Seat("roads", "도로과"),
                                  new Office.Seat("water", "맑은물사업본부"))),
                          new Office("cheonan", List.of(), List.of())),
                      new SecureRandom()));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
