package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.access.RowIds;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Erasable;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryRepeated;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.Place;
import barocall.contract.Event.SatisfactionRated;
import barocall.contract.EventCodec;
import barocall.contract.How;
import barocall.contract.Topic;
import barocall.local.Erasure.Found;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the topics tell of a citizen is found, written again without words, and compacted away. */
@TestInstance(Lifecycle.PER_CLASS)
class ErasureTopicsTest {
  private static final int PARTITIONS = 3;
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");
  private static final String WORDS = "우리 집 앞 가로등";
  private static final Contact CONTACT = new Contact("bmFtZQ", "dGVsZXBob25l", null, "hashOfOne");

  private EmbeddedBroker broker;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    broker = EmbeddedBroker.start(data, freePort(), freePort());
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      topics.add(
          new NewTopic(topic.wireName(), PARTITIONS, (short) 1)
              .configs(
                  Map.of(
                      "cleanup.policy", "compact",
                      "max.compaction.lag.ms", "1000",
                      "min.cleanable.dirty.ratio", "0.01",
                      "segment.ms", "500")));
    }
    try (Admin admin = Admin.create(settings())) {
      admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
    }
  }

  @AfterAll
  void end() {
    broker.close();
  }

  @Test
  void onlyTheirEventsAreWrittenAgainInTheSamePlaceAndTheOldOnesAreCompactedAway()
      throws Exception {
    Inquiry theirs = inquiry("gyeongju-c-1", "261104829137");
    Inquiry later = inquiry("gyeongju-c-11", "261104829138");
    Inquiry others = inquiry("gyeongju-c-2", "261104829139");
    Contact other = new Contact("bmFtZQ", "b3RoZXI", null, "hashOfOther");
    say(received(theirs, CONTACT));
    say(resolved(theirs, 1));
    say(new SatisfactionRated(theirs, NOON, 1, 4));
    say(new InquiryRepeated(theirs, NOON, 1));
    say(received(later, CONTACT));
    say(received(others, other));
    Map<String, ConsumerRecord<String, byte[]>> before = last();

    try (ErasureTopics topics = new ErasureTopics(settings())) {
      Set<String> ids =
          topics.inquiries(
              "hashOfOne",
              event ->
                  event instanceof CallReceived received
                      && received.contact() != null
                      && "hashOfOne".equals(received.contact().telephoneHash()));
      assertThat(ids).containsExactlyInAnyOrder("gyeongju-c-1", "gyeongju-c-11");
      assertThat(topics.inquiries("261104829137", event -> event.inquiry().equals(theirs)))
          .containsExactly("gyeongju-c-1");

      Erasure erasure = Erasure.of(topics.events(ids));
      assertThat(erasure.toWrite())
          .extracting(found -> found.event().id())
          .containsExactlyInAnyOrder(
              "call-received/gyeongju-c-1/0",
              "call-received/gyeongju-c-11/0",
              "inquiry-resolved/gyeongju-c-1/1");
      assertThat(erasure.inquiries())
          .containsExactly(
              new Erasure.About("gyeongju-c-1", "261104829137", false),
              new Erasure.About("gyeongju-c-11", "261104829138", true));

      topics.writeAgain(erasure.toWrite());

      assertThat(Erasure.of(topics.events(ids)).toWrite()).isEmpty();
      // One that comes late with its words is erased once more.
      say(resolved(theirs, 1));
      List<Found> again = Erasure.of(topics.events(ids)).toWrite();
      assertThat(again)
          .extracting(found -> found.event().id())
          .containsExactly("inquiry-resolved/gyeongju-c-1/1");
      topics.writeAgain(again);
    }

    Map<String, ConsumerRecord<String, byte[]>> after = last();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach(
        (id, record) -> {
          ConsumerRecord<String, byte[]> now = after.get(id);
          assertThat(now.partition()).as(id).isEqualTo(record.partition());
          assertThat(now.key()).as(id).isEqualTo(record.key());
          Event whole = EventCodec.decode(record.topic(), record.headers(), record.value());
          Event kept = EventCodec.decode(now.topic(), now.headers(), now.value());
          boolean erased = !id.contains("gyeongju-c-2/") && whole instanceof Erasable;
          assertThat(now.headers().toArray())
              .as(id)
              .containsExactly(
                  java.util.Arrays.stream(record.headers().toArray())
                      .filter(header -> !erased || !header.key().equals("traceparent"))
                      .toArray(org.apache.kafka.common.header.Header[]::new));
          assertThat(kept).as(id).isEqualTo(erased ? ((Erasable) whole).erase() : whole);
        });
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              // The segment that is written to is never compacted: other events close it.
              for (int i = 0; i < PARTITIONS * 4; i++) {
                say(received(inquiry("gyeongju-c-other-" + i, null), other));
                say(resolved(inquiry("gyeongju-c-other-" + i, null), 1));
              }
              assertThat(all())
                  .filteredOn(record -> record.key().startsWith("gyeongju-c-1"))
                  .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                  .allSatisfy(
                      value ->
                          assertThat(value)
                              .doesNotContain(WORDS, "dGVsZXBob25l", "hashOfOne", "고쳤"));
            });
  }

  @Test
  void aRepeatIsErasedUnderItsOwnKeyAndTheFirstStillCounts() throws Exception {
    Inquiry theirs = inquiry("gyeongju-c-3", "261104829140");
    Inquiry repeated =
        new Inquiry(
            theirs.inquiryId(),
            "261104829140",
            "gyeongju",
            Channel.WEB,
            "roads",
            NOON.plusSeconds(3_600));
    CallReceived first = received(theirs, CONTACT);
    say(first);
    say(received(repeated, CONTACT));

    try (ErasureTopics topics = new ErasureTopics(settings())) {
      topics.writeAgain(Erasure.of(topics.events(Set.of("gyeongju-c-3"))).toWrite());
      assertThat(Erasure.of(topics.events(Set.of("gyeongju-c-3"))).toWrite()).isEmpty();
    }

    // What compaction leaves of them.
    assertThat(last().values())
        .filteredOn(record -> record.key().startsWith("gyeongju-c-3/"))
        .hasSize(2)
        .extracting(record -> EventCodec.decode(record.topic(), record.headers(), record.value()))
        .containsOnly(first.erase());
  }

  @Test
  void whatSeveralImportsSaidOfOneRowIsErasedTogether() throws Exception {
    Inquiry past = inquiry(RowIds.inquiryId("gyeongju", "2025 03/17"), null);
    for (String revision : List.of("5f2c", "77aa")) {
      say(
          new Event.HistoryRecorded(
              past, NOON, 0, revision, "제목", WORDS, null, false, null, null, null));
    }

    try (ErasureTopics topics = new ErasureTopics(settings())) {
      Set<String> ids =
          topics.inquiries(past.inquiryId(), event -> event.about().equals(past.inquiryId()));
      Erasure erasure = Erasure.of(topics.events(ids));
      assertThat(erasure.toWrite()).hasSize(2);
      topics.writeAgain(erasure.toWrite());
      assertThat(Erasure.of(topics.events(ids)).toWrite()).isEmpty();
    }

    assertThat(last().values())
        .filteredOn(record -> record.key().startsWith(past.inquiryId() + "/"))
        .hasSize(2)
        .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
        .noneMatch(value -> value.contains(WORDS));
  }

  @Test
  void whatIsReopenedIsOpenAndThePastIsNot() {
    Inquiry inquiry = inquiry("gyeongju-c-9", null);
    List<Event.InquiryEvent> events =
        List.of(
            received(inquiry, CONTACT),
            resolved(inquiry, 1),
            new InquiryReopened(inquiry, NOON, 1, "아직"));

    assertThat(Erasure.of(found(events)).open()).isEqualTo(1);
    assertThat(Erasure.of(found(events.subList(0, 2))).open()).isZero();
    assertThat(Erasure.of(found(events.subList(0, 1))).open()).isEqualTo(1);
    Event.HistoryRecorded past =
        new Event.HistoryRecorded(inquiry, NOON, 0, "r", null, "글", null, false, null, null, null);
    assertThat(Erasure.of(found(List.of(past))).open()).isZero();
  }

  private static List<Found> found(List<? extends Event.InquiryEvent> events) {
    return events.stream()
        .map(
            event ->
                new Found(
                    event,
                    new ConsumerRecord<>(
                        event.topic().wireName(), 0, 0, event.key(), EventCodec.json(event)),
                    List.of(event.key())))
        .toList();
  }

  private static Inquiry inquiry(String id, String number) {
    return new Inquiry(id, number, "gyeongju", Channel.WEB, "lights", NOON);
  }

  private static CallReceived received(Inquiry inquiry, Contact contact) {
    return new CallReceived(
        inquiry,
        NOON,
        0,
        Door.INQUIRIES,
        null,
        null,
        null,
        false,
        "제목",
        WORDS,
        new Place("어느 길 1", null, null),
        contact,
        null);
  }

  private static InquiryResolved resolved(Inquiry inquiry, int step) {
    return new InquiryResolved(
        inquiry, NOON, step, How.ANSWERED, By.AGENT, "agent-1", null, null, null, true, "고쳤습니다.");
  }

  private void say(Event event) throws Exception {
    ProducerRecord<String, byte[]> record = EventCodec.encode(event, "intake-service", PARTITIONS);
    record.headers().add("traceparent", "00-1-2-01".getBytes(StandardCharsets.UTF_8));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(record).get(30, TimeUnit.SECONDS);
    }
  }

  /** The last record of each key. */
  private Map<String, ConsumerRecord<String, byte[]>> last() {
    Map<String, ConsumerRecord<String, byte[]>> last = new java.util.TreeMap<>();
    all().forEach(record -> last.put(record.topic() + "/" + record.key(), record));
    return last;
  }

  private List<ConsumerRecord<String, byte[]>> all() {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (Topic topic : Topic.values()) {
        for (int i = 0; i < PARTITIONS; i++) {
          partitions.add(new TopicPartition(topic.wireName(), i));
        }
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))
          && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private Map<String, Object> settings() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
