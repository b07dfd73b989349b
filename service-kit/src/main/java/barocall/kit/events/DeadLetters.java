package barocall.kit.events;

import barocall.contract.DeadLetterHeaders;
import barocall.contract.Topic;
import barocall.kit.tracing.Traces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
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
    Headers headers = letter.headers();
    for (String name : new String[] {REASON, ORIGIN, AT}) {
      headers.remove(name);
    }
    headers.add(REASON, reason.getBytes(StandardCharsets.UTF_8));
    headers.add(ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
    headers.add(AT, clock.instant().toString().getBytes(StandardCharsets.UTF_8));
    publisher.sent(letter).join();
    Counter counter = counters.get(record.topic());
    if (counter != null) {
      counter.increment();
    }
    LOG.warn("Record {} went to the dead letters {}: {}", origin, topic, reason);
  }
}
