package barocall.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.contract.DeadLetterHeaders;
import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Writes records that should never have been written to every topic that a service reads, good ones
 * between them, and looks at what becomes of them: every bad one stands in the dead letters with
 * reason, origin and time, every good one is handled, and nothing quotes what a record said.
 */
public final class BadRecords {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration PATIENCE_FOR_LETTERS = Duration.ofSeconds(120);
  private static final int ONE_IN = 8;
  private static final int BETWEEN_GOOD_ONES = 4;
  private static final Pattern INNER =
      Pattern.compile("\\w(Exception|Error)\\b|\\bat [a-z]+\\.[a-z]|tools\\.jackson|org\\.");

  private final String service;
  private final Instant at;
  private final long seed;
  private final Map<String, Event> good = new LinkedHashMap<>();
  private final Map<Topic, Map<String, BadRecord>> refused = new LinkedHashMap<>();

  /**
   * @param service whose dead letters are looked at
   * @param at when the good events happen
   */
  public BadRecords(String service, Instant at, long seed) {
    this.service = service;
    this.at = at;
    this.seed = seed;
  }

  /**
   * Writes the whole table to the first topic and each time another part of it to every other, for
   * all are read by the same code; waits for the broker.
   */
  public BadRecords written(List<Topic> topics) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            Backends.bootstrapServers(),
            "acks",
            "all",
            "max.request.size",
            32 << 20,
            "compression.type",
            "gzip");
    Map<String, Object> plain = new HashMap<>(settings);
    plain.put("compression.type", "none");
    try (var packing =
            new KafkaProducer<byte @Nullable [], byte @Nullable []>(
                settings, new ByteArraySerializer(), new ByteArraySerializer());
        var producer =
            new KafkaProducer<byte @Nullable [], byte @Nullable []>(
                plain, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Topic topic : topics) {
        write(topic, topic == topics.get(0), producer, packing);
      }
    }
    return this;
  }

  private void write(
      Topic topic,
      boolean whole,
      KafkaProducer<byte @Nullable [], byte @Nullable []> producer,
      KafkaProducer<byte @Nullable [], byte @Nullable []> packing) {
    Random random = new Random(seed + topic.ordinal());
    Topic other =
        topic == Topic.SATISFACTION_RATED ? Topic.CALL_ANSWERED : Topic.SATISFACTION_RATED;
    // One whole topic in one partition, so that whatever stops a reader stops the good ones too.
    int partition = topic.ordinal() % 6;
    List<BadRecord> table = BadRecord.of(event(topic), event(other), random);
    if (!whole) {
      table = BadRecord.some(table, ONE_IN, random);
    }
    Map<String, BadRecord> mustGo = new LinkedHashMap<>();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    writeGood(topic, partition, producer, sent);
    int count = 0;
    for (BadRecord bad : table) {
      var record =
          new ProducerRecord<byte @Nullable [], byte @Nullable []>(
              topic.wireName(), partition, bad.key(), bad.value());
      bad.headers().forEach((name, value) -> record.headers().add(name, value));
      // What is too large for a topic as it is gets there packed.
      boolean large = bad.value() != null && bad.value().length > 1_048_000;
      RecordMetadata place = place((large ? packing : producer).send(record), bad.what());
      if (bad.mustBeRefused()) {
        mustGo.put(place.topic() + "-" + place.partition() + "@" + place.offset(), bad);
      }
      if (++count % BETWEEN_GOOD_ONES == 0) {
        writeGood(topic, partition, producer, sent);
      }
    }
    writeGood(topic, partition, producer, sent);
    sent.forEach(it -> place(it, "a good one"));
    refused.put(topic, mustGo);
  }

  private void writeGood(
      Topic topic,
      int partition,
      KafkaProducer<byte @Nullable [], byte @Nullable []> producer,
      List<Future<RecordMetadata>> sent) {
    Event event = event(topic);
    if (event instanceof Event.InquiryEvent) {
      good.put(event.id(), event);
    }
    var encoded = EventCodec.encode(event, "bad-input", 6);
    sent.add(
        producer.send(
            new ProducerRecord<>(
                topic.wireName(),
                partition,
                encoded.key().getBytes(UTF_8),
                encoded.value(),
                encoded.headers())));
  }

  private Event event(Topic topic) {
    String number = "%012d".formatted(Math.floorMod(System.nanoTime(), 1_000_000_000_000L));
    return GoodEvents.of(topic, Backends.unique("gyeongju-c"), number, at);
  }

  private static RecordMetadata place(Future<RecordMetadata> sent, String what) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot write " + what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing " + what, e);
    }
  }

  /**
   * Waits until every good event is handled.
   *
   * @param isHandled asked until it says so
   */
  public void areSurvived(Predicate<Event> isHandled) {
    Map<String, Event> left = new LinkedHashMap<>(good);
    List<String> wrong = new ArrayList<>();
    try {
      await().atMost(PATIENCE).until(() -> left.values().removeIf(isHandled) && left.isEmpty());
    } catch (ConditionTimeoutException e) {
      left.keySet().forEach(id -> wrong.add("not handled: " + id));
    }
    // Each topic is in one partition, and what comes last was handled: so was all before it.
    refused.forEach((topic, bad) -> wrong.addAll(lookAt(topic, bad)));
    assertThat(wrong).as("what is wrong with the records of seed %d", seed).isEmpty();
  }

  private List<String> lookAt(Topic topic, Map<String, BadRecord> bad) {
    Set<String> awaited = new HashSet<>(bad.keySet());
    Map<String, ConsumerRecord<String, byte[]>> letters = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    int[] seen = {0};
    try {
      Topics.shared()
          .read(
              topic.deadLetters(service),
              PATIENCE_FOR_LETTERS,
              records -> {
                for (var letter : records.subList(seen[0], records.size())) {
                  letters.put(header(letter, DeadLetterHeaders.ORIGIN), letter);
                }
                seen[0] = records.size();
                awaited.removeAll(letters.keySet());
                return awaited.isEmpty();
              });
    } catch (ConditionTimeoutException e) {
      for (String origin : awaited) {
        wrong.add(topic.wireName() + ": no letter of " + bad.get(origin).what());
      }
    }
    bad.forEach(
        (origin, record) -> {
          ConsumerRecord<String, byte[]> letter = letters.get(origin);
          if (letter != null) {
            String name = topic.wireName() + ", " + record.what() + ": ";
            String reason = header(letter, DeadLetterHeaders.REASON);
            if (reason.isBlank() || INNER.matcher(reason).find() || quotes(reason)) {
              wrong.add(name + "the reason is \"" + reason + "\"");
            }
            if (!isTime(header(letter, DeadLetterHeaders.AT))) {
              wrong.add(name + "no time");
            }
            boolean same = Arrays.equals(letter.value(), record.value());
            boolean tooLarge = record.value() != null && record.value().length > 2 << 20;
            if (!same && !tooLarge) {
              wrong.add(name + "the letter is not the record");
            }
            if (letter.headers().lastHeader(DeadLetterHeaders.SENT_AGAIN) != null) {
              wrong.add(name + "looks as if it had been sent again");
            }
          }
        });
    // A good neighbour has no business there.
    for (var letter : letters.values()) {
      Event event = good.get(header(letter, "ce_id"));
      if (event != null && Arrays.equals(letter.value(), EventCodec.json(event))) {
        wrong.add(topic.wireName() + ": a good one was put aside");
      }
    }
    return wrong;
  }

  private static boolean quotes(String text) {
    return text.contains("심은말") || text.contains("9753");
  }

  private static boolean isTime(String text) {
    try {
      return Instant.parse(text).isAfter(Instant.EPOCH);
    } catch (java.time.DateTimeException e) {
      return false;
    }
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }
}
