package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.AccessKind;
import barocall.contract.Channel;
import barocall.contract.DeadLetterHeaders;
import barocall.contract.DeadLetterTopics;
import barocall.contract.DeadLetterTopics.Letter;
import barocall.contract.Event;
import barocall.contract.Event.AccessRecorded;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.EventCodec;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class DeadLetterTopicsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneOffset.UTC);
  private static final TopicPartition ORIGIN = new TopicPartition("call-received", 1);

  private EmbeddedBroker broker;
  private Path data;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    this.data = data;
    broker = EmbeddedBroker.start(data, freePort(), freePort());
    try (Admin admin = Admin.create(settings())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("call-received", 3, (short) 1),
                  new NewTopic("call-received.routing-service.dead", 1, (short) 1),
                  new NewTopic("call-received.analytics-service.dead", 1, (short) 1),
                  new NewTopic("access-recorded", 1, (short) 1),
                  new NewTopic("inquiry-reopened", 1, (short) 1),
                  new NewTopic("inquiry-reopened.routing-service.dead", 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  @AfterAll
  void end() {
    broker.close();
  }

  @Test
  void whatWasPutAsideIsListedAndSentAgainAsTheVeryRecord() throws Exception {
    putAside("routing-service", "2026-11-22T01:00:00Z");
    putAside("routing-service", "2026-11-22T01:00:01Z");
    putAside("analytics-service", "2026-11-22T01:00:02Z");
    try (DeadLetterTopics topics = new DeadLetterTopics(settings(), CLOCK)) {
      List<Letter> letters = letters(topics, "call-received");
      assertThat(letters)
          .extracting(Letter::id, Letter::service, Letter::reason, Letter::sentAgain)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  "call-received-1@7", "routing-service", "not JSON", null),
              org.assertj.core.groups.Tuple.tuple(
                  "call-received-1@7", "analytics-service", "not JSON", null));

      topics.sendAgain(letters);

      assertThat(letters(topics, "call-received"))
          .extracting(Letter::sentAgain)
          .containsExactly("2026-11-22T03:00:00Z", "2026-11-22T03:00:00Z");
    }
    List<ConsumerRecord<String, byte[]>> back = records(ORIGIN);
    assertThat(back).hasSize(1);
    assertThat(back.get(0).key()).isEqualTo("i/0");
    assertThat(back.get(0).value()).isEqualTo(bytes("{\"broken"));
    assertThat(back.get(0).headers().toArray())
        .extracting(header -> header.key())
        .containsExactly("ce_type");
  }

  @Test
  void erasureThatFindsLettersAloneIsRecordedAndOneThatFindsNothingIsNot() throws Exception {
    put(letter(reopened("gyeongju-c-9", "또 그래요"), 6));
    OperatorAccess audit = new OperatorAccess(settings(), () -> text -> "sealed", CLOCK);
    assertThat(EraseCommand.leftovers(settings(), audit, "gyeongju", Set.of("gyeongju-c-9")))
        .startsWith("1 dead letter was taken out");
    assertThat(EraseCommand.leftovers(settings(), audit, "gyeongju", Set.of("gyeongju-c-9")))
        .startsWith("Nothing is left to erase");
    assertThat(records(new TopicPartition("access-recorded", 0)))
        .extracting(it -> EventCodec.decode(it.topic(), it.headers(), it.value()))
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.type(AccessRecorded.class))
        .satisfies(
            it -> {
              assertThat(it.what()).isEqualTo(AccessKind.ERASE);
              assertThat(it.inquiryIds()).containsExactly("gyeongju-c-9");
            });
  }

  @Test
  void whatWasErasedIsNeitherSentAgainNorKeptAsALetter() throws Exception {
    InquiryReopened theirs = reopened("gyeongju-c-1", "아직 안 고쳤어요");
    InquiryReopened other = reopened("gyeongju-c-2", "저도요");
    put(letter(theirs, 3), letter(other, 4), oddly(letter(theirs, 5)));
    put(EventCodec.encode(theirs.erase(), "intake-service", 1));
    put(EventCodec.encode(reopened("gyeongju-c-3", "\"erased\":true"), "intake-service", 1));

    try (DeadLetterTopics topics = new DeadLetterTopics(settings(), CLOCK)) {
      List<Letter> letters = letters(topics, "inquiry-reopened");
      assertThat(topics.sendAgain(letters))
          .extracting(Letter::id)
          .containsExactly("inquiry-reopened-0@3", "inquiry-reopened-0@5");
      assertThat(records(new TopicPartition("inquiry-reopened", 0)))
          .extracting(record -> EventCodec.decode(record.topic(), record.headers(), record.value()))
          .containsExactly(theirs.erase(), reopened("gyeongju-c-3", "\"erased\":true"), other);

      try (ErasedLetters erased = new ErasedLetters(settings(), CLOCK)) {
        assertThat(erased.erase(Set.of("gyeongju-c-1"))).isEqualTo(2);
        assertThat(erased.erase(Set.of("gyeongju-c-1"))).isZero();
      }
      assertThat(letters(topics, "inquiry-reopened"))
          .extracting(Letter::id, Letter::sentAgain)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("inquiry-reopened-0@4", "2026-11-22T03:00:00Z"));
    }
    TopicPartition dead = new TopicPartition("inquiry-reopened.routing-service.dead", 0);
    List<ConsumerRecord<String, byte[]>> left = records(dead);
    assertThat(left)
        .extracting(record -> record.value() == null ? "" : text(record.value()))
        .noneMatch(value -> value.contains("아직"));
    // The broker deletes whole files, and what stays begins one.
    assertThat(data.resolve(dead.toString()).resolve("%020d.log".formatted(left.get(0).offset())))
        .exists();
  }

  private static List<Letter> letters(DeadLetterTopics topics, String topic) {
    return topics.all().stream().filter(it -> it.topic().equals(topic)).toList();
  }

  private static InquiryReopened reopened(String id, String reason) {
    Instant at = CLOCK.instant();
    return new InquiryReopened(
        new Inquiry(id, null, "gyeongju", Channel.WEB, null, at), at, 1, reason);
  }

  private static ProducerRecord<String, byte[]> letter(Event event, long offset) {
    ProducerRecord<String, byte[]> record = EventCodec.encode(event, "intake-service", 1);
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(
            record.topic() + ".routing-service.dead",
            null,
            record.key(),
            record.value(),
            record.headers());
    letter
        .headers()
        .add(DeadLetterHeaders.REASON, bytes("refused"))
        .add(DeadLetterHeaders.ORIGIN, bytes("inquiry-reopened-0@" + offset))
        .add(DeadLetterHeaders.AT, bytes("2026-11-22T01:00:0" + offset + "Z"));
    return letter;
  }

  /** With another key than the event's. */
  private static ProducerRecord<String, byte[]> oddly(ProducerRecord<String, byte[]> letter) {
    return new ProducerRecord<>(letter.topic(), null, "whatever", letter.value(), letter.headers());
  }

  @SafeVarargs
  private void put(ProducerRecord<String, byte[]>... records) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer())) {
      for (ProducerRecord<String, byte[]> record : records) {
        producer.send(record).get(30, TimeUnit.SECONDS);
      }
    }
  }

  private void putAside(String service, String at) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer())) {
      ProducerRecord<String, byte[]> letter =
          new ProducerRecord<>("call-received." + service + ".dead", "i/0", bytes("{\"broken"));
      letter
          .headers()
          .add("ce_type", bytes("barocall.call-received.v1"))
          .add(DeadLetterHeaders.REASON, bytes("not JSON"))
          .add(DeadLetterHeaders.ORIGIN, bytes("call-received-1@7"))
          .add(DeadLetterHeaders.AT, bytes(at));
      producer.send(letter).get(30, TimeUnit.SECONDS);
    }
  }

  private List<ConsumerRecord<String, byte[]>> records(TopicPartition partition) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (consumer.position(partition) < end && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private Map<String, Object> settings() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
