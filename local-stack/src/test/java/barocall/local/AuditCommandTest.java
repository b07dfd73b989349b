package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import barocall.contract.AccessChain;
import barocall.contract.AccessKind;
import barocall.contract.AccessTopic;
import barocall.contract.Accessed;
import barocall.contract.AccountKind;
import barocall.contract.Event.AccessRecorded;
import barocall.contract.Event.AccountRecorded;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who saw what, from the topic as the command line finds it. */
class AuditCommandTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-24T03:00:00Z"), ZoneOffset.UTC);
  private static final UnaryOperator<String> SEAL =
      text -> "s" + Integer.toHexString(text.hashCode());
  private static final int PARTITIONS = 3;

  @TempDir private Path folder;
  private EmbeddedBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start(folder.resolve("broker"), freePort(), freePort());
    try (Admin admin = Admin.create(settings())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("access-recorded", PARTITIONS, (short) 1)
                      .configs(Map.of("cleanup.policy", "compact")),
                  new NewTopic("account-recorded", PARTITIONS, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void end() {
    broker.close();
  }

  @Test
  void whatIsDoneAtTheCommandLineGoesOnTheChainOfTheCommandsBefore() throws Exception {
    OperatorAccess operator = new OperatorAccess(settings(), () -> SEAL, NOON);
    operator.record(AccessKind.ERASE, "gyeongju", List.of("gyeongju-c-1"));
    operator.record(AccessKind.DEAD_LETTER, null, List.of());
    send(new AccessChain("routing-service", 0, "a", null, SEAL).next(looked(), NOON.instant()));
    operator.record(AccessKind.SEND_AGAIN, null, manyIds(2_500));

    List<AccessRecorded> all = all();
    assertThat(all)
        .filteredOn(it -> it.service().equals("command-line"))
        .extracting(AccessRecorded::what)
        .containsExactly(
            AccessKind.ERASE,
            AccessKind.DEAD_LETTER,
            AccessKind.SEND_AGAIN,
            AccessKind.SEND_AGAIN,
            AccessKind.SEND_AGAIN);
    assertThat(all).allMatch(it -> it.inquiryIds().size() <= Accessed.MOST);
    assertThat(checked()).isEqualTo("0 All is there: 6 records, none missing, none changed.");
  }

  @Test
  void whatIsMissingIsSaidInASentence() throws Exception {
    AccessChain chain = new AccessChain("routing-service", 0, "a", null, SEAL);
    for (int i = 1; i <= 5; i++) {
      AccessRecorded next = chain.next(looked(), NOON.instant());
      if (i != 3) {
        send(next);
      }
    }
    assertThat(checked())
        .isEqualTo(
            "1 Record 3 of run a of routing-service-0 is missing. "
                + "1 thing is wrong with the record of who saw what. Nothing was kept of this check."
                + " Once you know why: ./barocall audit check --accept \"the reason\".");
    assertThat(folder.resolve("kept")).doesNotExist();
  }

  @Test
  void recordOfSomebodyElseAndOneThatWasOverwrittenAreSaid() throws Exception {
    AccessRecorded ours =
        new AccessChain("routing-service", 0, "a", null, SEAL).next(looked(), NOON.instant());
    send(ours);
    assertThat(checked()).startsWith("0 ");
    send(
        new AccessChain("intake-service", 0, "a", null, text -> "made-up")
            .next(looked(), NOON.instant()));
    try (var producer = producer()) {
      producer.send(new ProducerRecord<>("access-recorded", 0, ours.key(), null)).get();
    }
    assertThat(checked())
        .startsWith("1 ")
        .contains("Record 1 of run a of intake-service-0 does not bear its writer's seal")
        .contains("The record access-recorded-0@")
        .contains("2 things are wrong");
  }

  @Test
  void newestOfTheLastCheckMustStillBeThere() throws Exception {
    send(new AccessChain("routing-service", 0, "a", null, SEAL).next(looked(), NOON.instant()));
    assertThat(checked()).startsWith("0 ");
    assertThat(checked()).startsWith("0 ");
    Files.writeString(
        folder.resolve("kept"),
        Files.readString(folder.resolve("kept")) + "routing-service-0/b/7 seal\n");
    assertThat(checked())
        .startsWith("1 routing-service-0/b/7 was there at an earlier check and is not any more");
  }

  @Test
  void whatWasAcceptedIsShownAndNoFailureAnyMoreAndAFurtherGapIs() throws Exception {
    AccessChain chain = new AccessChain("routing-service", 0, "a", null, SEAL);
    send(chain.next(looked(), NOON.instant()));
    chain.next(looked(), NOON.instant());
    send(chain.next(looked(), NOON.instant()));
    assertThat(checked()).startsWith("1 Record 2 of run a of routing-service-0 is missing. ");

    String accepted =
        "Accepted on 2026-11-24T03:00:00Z by %s, because: the disk was lost   Record 2 of run a of routing-service-0 is missing. "
            .formatted(MachineUser.name());
    assertThat(checked("the disk was lost"))
        .isEqualTo("0 " + accepted + "All else is there: 2 records, none missing, none changed.");
    assertThat(accounts())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.what()).isEqualTo(AccountKind.ACCEPT_FINDINGS);
              assertThat(it.user()).isEqualTo(MachineUser.name());
              assertThat(it.note()).isEqualTo("the disk was lost");
            });
    // The acceptance is a record itself.
    assertThat(checked())
        .isEqualTo("0 " + accepted + "All else is there: 3 records, none missing, none changed.");

    chain.next(looked(), NOON.instant());
    send(chain.next(looked(), NOON.instant()));
    assertThat(checked())
        .startsWith("1 " + accepted + "Record 4 of run a of routing-service-0 is missing. 1 thing");
  }

  @Test
  void whatIsAcceptedIsTheRecordAsItStandsAndNoOtherInItsPlace() throws Exception {
    UnaryOperator<String> theirs = text -> "made-up";
    send(new AccessChain("routing-service", 0, "a", null, theirs).next(looked(), NOON.instant()));
    assertThat(checked("seen")).startsWith("0 Accepted");
    assertThat(checked()).startsWith("0 Accepted");
    send(
        new AccessChain("routing-service", 0, "a", null, theirs)
            .next(looked(), NOON.instant().plusSeconds(1)));
    assertThat(checked()).startsWith("1 ");
  }

  @Test
  void acceptingWithoutAFindingIsNoRecordAndKeepsNothing() throws Exception {
    send(new AccessChain("routing-service", 0, "a", null, SEAL).next(looked(), NOON.instant()));
    assertThat(checked("for the future"))
        .isEqualTo("0 All is there: 1 record, none missing, none changed.");
    assertThat(accounts()).isEmpty();
    assertThat(Files.readString(folder.resolve("kept"))).doesNotContain("accepted");
  }

  /** Whoever removes the topic whole is found out by what was kept. */
  @Test
  void topicThatIsGoneIsNoticedOnceItWasSeen() throws Exception {
    send(new AccessChain("routing-service", 0, "a", null, SEAL).next(looked(), NOON.instant()));
    assertThat(checked()).startsWith("0 ");
    try (Admin admin = Admin.create(settings())) {
      admin.deleteTopics(List.of("access-recorded")).all().get(30, TimeUnit.SECONDS);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(checked())
                    .startsWith("1 routing-service-0/a/1 was there at an earlier check"));
  }

  /** The last of a writer is found behind any number of records of others, each read once. */
  @Test
  void lastOfAWriterIsFoundHoweverFarBackItLies() throws Exception {
    String writer = AccessRecorded.writer("routing-service", 0);
    sendOthersBehind(writer, 10_000);
    AccessChain chain = new AccessChain("routing-service", 0, "a", null, SEAL);
    send(chain.next(looked(), NOON.instant()));
    AccessRecorded last = chain.next(looked(), NOON.instant());
    send(last);
    sendOthersBehind(writer, 3_000);
    try (CountingConsumer consumer = new CountingConsumer()) {
      assertThat(AccessTopic.last(consumer, Topic.ACCESS_RECORDED, writer)).isEqualTo(last);
      // The steps cover 6,200; each may be read beyond by less than one poll of 500.
      assertThat(consumer.records).isGreaterThanOrEqualTo(3_000).isLessThan(6_200 + 5 * 500);
    }
    try (CountingConsumer consumer = new CountingConsumer()) {
      assertThat(AccessTopic.last(consumer, Topic.ACCESS_RECORDED, "nobody-0")).isNull();
    }
  }

  /** However many years of records there are. */
  @Test
  void whereAWriterIsAtWorkAFewHundredRecordsAreReadForItsLast() throws Exception {
    String writer = AccessRecorded.writer("routing-service", 0);
    sendOthersBehind(writer, 20_000);
    AccessRecorded last =
        new AccessChain("routing-service", 0, "a", null, SEAL).next(looked(), NOON.instant());
    send(last);
    sendOthersBehind(writer, 150);
    try (CountingConsumer consumer = new CountingConsumer()) {
      assertThat(AccessTopic.last(consumer, Topic.ACCESS_RECORDED, writer)).isEqualTo(last);
      assertThat(consumer.records).isLessThanOrEqualTo(200);
    }
  }

  @Test
  void beforeAServiceHasMadeTheTopicThatIsSaidAndNotThatTheBrokerIsAway() throws Exception {
    try (Admin admin = Admin.create(settings())) {
      admin.deleteTopics(List.of("access-recorded")).all().get(30, TimeUnit.SECONDS);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThatThrownBy(this::checked)
                    .isInstanceOf(LaunchException.class)
                    .hasMessageStartingWith(
                        "The broker answers, but has no record of who saw what yet"));
    OperatorAccess operator = new OperatorAccess(settings(), () -> SEAL, NOON);
    assertThatThrownBy(() -> operator.record(AccessKind.DEAD_LETTER, null, List.of()))
        .isInstanceOf(LaunchException.class)
        .hasMessageStartingWith("The broker answers, but has no record of who saw what yet");
  }

  private void sendOthersBehind(String writer, int count) {
    int partition = EventCodec.partition(writer, PARTITIONS);
    try (var producer = producer()) {
      for (int i = 0; i < count; i++) {
        var unused =
            producer.send(
                new ProducerRecord<>("access-recorded", partition, "other/" + i, new byte[1]));
      }
    }
  }

  /** Counts what it reads. */
  private final class CountingConsumer extends KafkaConsumer<String, byte[]> {
    private int records;

    CountingConsumer() {
      super(
          withConsumerSettings(settings()), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public ConsumerRecords<String, byte[]> poll(Duration timeout) {
      ConsumerRecords<String, byte[]> some = super.poll(timeout);
      records += some.count();
      return some;
    }
  }

  private static Map<String, Object> withConsumerSettings(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putAll(AccessTopic.consumerSettings());
    return all;
  }

  private static Accessed looked() {
    return new Accessed(
        "gyeongju-agent-1",
        "agent",
        "10.0.0.7",
        AccessKind.CASE,
        "gyeongju",
        null,
        List.of(),
        false);
  }

  private static List<String> manyIds(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add("gyeongju-c-" + i);
    }
    return ids;
  }

  /** The exit code and what it says, on one line. */
  private String checked() throws IOException, InterruptedException {
    return checked(null);
  }

  private String checked(@Nullable String reason) throws IOException, InterruptedException {
    PrintStream before = System.out;
    var said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int exit = AuditCommand.checked(settings(), SEAL, folder.resolve("kept"), reason, NOON);
      // What Kafka's client logs is no part of it.
      String own =
          said.toString(StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.contains(" WARN "))
              .collect(Collectors.joining(" "));
      return exit + " " + own.strip();
    } finally {
      System.setOut(before);
    }
  }

  private void send(AccessRecorded record) throws Exception {
    try (var producer = producer()) {
      producer.send(EventCodec.encode(record, record.service(), PARTITIONS)).get();
    }
  }

  private List<AccountRecorded> accounts() {
    return all(Topic.ACCOUNT_RECORDED, AccountRecorded.class);
  }

  private List<AccessRecorded> all() {
    return all(Topic.ACCESS_RECORDED, AccessRecorded.class);
  }

  private <R> List<R> all(Topic topic, Class<R> type) {
    List<R> all = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = OperatorAccess.consumer(settings())) {
      AccessTopic.read(
          consumer,
          topic,
          it -> all.add(type.cast(EventCodec.decode(it.topic(), it.headers(), it.value()))));
    }
    return all;
  }

  private KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> settings() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
