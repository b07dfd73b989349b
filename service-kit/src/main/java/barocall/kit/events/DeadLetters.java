package barocall.kit.events;

import barocall.contract.DeadLetterHeaders;
import barocall.contract.Topic;
import barocall.kit.tracing.Traces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts records that could not be read, or were refused for what they say, into {@code
 * <topic>.<service>.dead}: the very record with its headers, and beside them why, whence and when.
 */
public final class DeadLetters {
  /** Headers of a dead letter beside the record's own. */
  public static final String REASON = DeadLetterHeaders.REASON;

  public static final String ORIGIN = DeadLetterHeaders.ORIGIN;
  public static final String AT = DeadLetterHeaders.AT;

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private final EventPublisher publisher;
  private final String service;
  private final Clock clock;
  private final Traces traces;
  private final Map<String, Counter> counters;

  DeadLetters(
      EventPublisher publisher,
      String service,
      Clock clock,
      MeterRegistry registry,
      Traces traces) {
    this.publisher = publisher;
    this.service = service;
    this.clock = clock;
    this.traces = traces;
    // There from the start, so that the first one is seen to be one more.
    this.counters =
        Topic.wireNames().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    topic -> topic,
                    topic ->
                        Counter.builder("barocall.dead.letters")
                            .description("Records that could not be read or were refused")
                            .tag("service", service)
                            .tag("topic", topic)
                            .register(registry)));
  }

  /** Waits until the broker has it. */
  public void put(ConsumerRecord<?, ?> record, byte @Nullable [] value, String reason) {
    traces
        .resumed("barocall.dead.letter", Traces.of(record.headers()))
        .observe(() -> putNow(record, value, reason));
  }

  private void putNow(ConsumerRecord<?, ?> record, byte @Nullable [] value, String reason) {
    String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
    String topic =
        Topic.find(record.topic())
            .map(known -> known.deadLetters(service))
            .orElse(record.topic() + "." + service + ".dead");
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(
            topic,
            null,
            record.key() == null ? origin : record.key().toString(),
            value,
            record.headers());
    sign(letter, reason, origin);
    try {
      publisher.sent(letter).join();
    } catch (CompletionException e) {
      if (!isTooLong(e)) {
        throw e;
      }
      ProducerRecord<String, byte[]> note = new ProducerRecord<>(topic, origin, null);
      sign(note, reason, origin);
      note.headers().add(DeadLetterHeaders.LEFT_OUT, "true".getBytes(StandardCharsets.UTF_8));
      publisher.sent(note).join();
    }
    Counter counter = counters.get(record.topic());
    if (counter != null) {
      counter.increment();
    }
    LOG.warn("Record {} went to the dead letters {}: {}", origin, topic, reason);
  }

  private void sign(ProducerRecord<String, byte[]> letter, String reason, String origin) {
    Headers headers = letter.headers();
    // What the record itself bears under these names says nothing.
    for (String name :
        List.of(REASON, ORIGIN, AT, DeadLetterHeaders.SENT_AGAIN, DeadLetterHeaders.LEFT_OUT)) {
      headers.remove(name);
    }
    headers.add(REASON, reason.getBytes(StandardCharsets.UTF_8));
    headers.add(ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
    headers.add(AT, clock.instant().toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Packed, a record may be longer than any letter can be. */
  private static boolean isTooLong(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null && !(at instanceof RecordTooLargeException)) {
      at = at.getCause();
    }
    return at instanceof RecordTooLargeException;
  }
}
