package barocall.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Events to and from Kafka: JSON values, CloudEvents 1.0 in Kafka's binary mode ({@code ce_}
 * headers).
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding for CloudEvents</a>
 */
public final class EventCodec {
  /**
   * The longest value that is read, in bytes: several times what our doors let through, and so much
   * less than a topic takes that what follows from it, and its dead letter, find room too.
   */
  static final int LONGEST = 512 << 10;

  private static final int MARK_BYTES = 8;

  /** Where two sayings of one event can differ. */
  private static final Set<String> MARKED =
      Set.of(
          Topic.CALL_RECEIVED.wireName(),
          Topic.INQUIRY_REOPENED.wireName(),
          Topic.SATISFACTION_RATED.wireName());

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule().addDeserializer(String.class, new WholeCharacters()))
          .changeDefaultPropertyInclusion(
              every -> every.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private EventCodec() {}

  /**
   * The record that says this event.
   *
   * @param source the service that says it, e.g. {@code intake-service}
   * @param partitions how many partitions the topics have; the inquiry alone chooses one
   */
  public static ProducerRecord<String, byte[]> encode(Event event, String source, int partitions) {
    CloudEvent cloudEvent =
        CloudEventBuilder.v1()
            .withId(event.id())
            .withSource(URI.create("/barocall/" + source))
            .withType(event.topic().type())
            .withSubject(event.about())
            .withTime(event.at().atOffset(ZoneOffset.UTC))
            .withDataContentType("application/json")
            .withData(json(event))
            .build();
    return KafkaMessageFactory.<String>createWriter(
            event.topic().wireName(), partition(event.about(), partitions), null, recordKey(event))
        .writeBinary(cloudEvent);
  }

  /**
   * The key of its record: the event's own, with a mark behind it where two sayings of one event
   * can differ. A client may repeat its request, or a citizen rate twice, when intake cannot know
   * any more or not yet that it has it; then the first stands, and so compaction must not drop the
   * first for the second. The mark tells nothing of what a citizen wrote or how they are reached:
   * it is made of the rest and of the seals, of which no two are the same.
   */
  private static String recordKey(Event event) {
    if (event instanceof Event.CallReceived received) {
      Event.Contact contact = received.contact();
      return event.key()
          + "/"
          + mark(
              received.erase(),
              contact == null
                  ? null
                  : new Object[] {contact.name(), contact.telephone(), contact.email()});
    }
    if (event instanceof Event.InquiryReopened reopened) {
      return event.key() + "/" + mark(reopened.erase());
    }
    return event instanceof Event.SatisfactionRated ? event.key() + "/" + mark(event) : event.key();
  }

  /** The event's own key, of its record's. */
  static String withoutMark(String topic, String recordKey) {
    int step = recordKey.indexOf('/');
    int mark = step < 0 ? -1 : recordKey.indexOf('/', step + 1);
    return mark > 0 && MARKED.contains(topic) ? recordKey.substring(0, mark) : recordKey;
  }

  private static String mark(@Nullable Object... told) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(told)),
              0,
              MARK_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The partition, from 0, of everything about that inquiry: the same in every topic. */
  public static int partition(String about, int partitions) {
    return Utils.toPositive(Utils.murmur2(Utils.utf8(about))) % partitions;
  }

  /**
   * Reads a record's event.
   *
   * @throws UnreadableEventException when it is none of ours; its message says why without quoting
   *     the record
   */
  public static Event decode(String topicName, Headers headers, byte[] value) {
    Topic topic =
        Topic.find(topicName)
            .orElseThrow(
                () -> new UnreadableEventException("no event lives in topic " + topicName));
    if (value == null) {
      throw new UnreadableEventException("the record has no value");
    }
    if (value.length > LONGEST) {
      throw new UnreadableEventException("the record is longer than " + LONGEST + " bytes");
    }
    CloudEvent envelope;
    try {
      envelope = KafkaMessageFactory.createReader(headers, value).toEvent();
    } catch (RuntimeException e) {
      // The library fails in many ways on headers without values or with foreign ones.
      throw new UnreadableEventException("the record's headers are not those of a CloudEvent");
    }
    if (!envelope.getType().equals(topic.type())) {
      throw new UnreadableEventException(
          "the record's ce_type is not "
              + topic.type()
              + ", the only one that this release reads here");
    }
    Event event = parse(topic.record(), value);
    if (!event.id().equals(envelope.getId())) {
      throw new UnreadableEventException(
          "the record's ce_id is not the id of the event that it carries");
    }
    return event;
  }

  /** The event as JSON, UTF-8. */
  public static byte[] json(Event event) {
    return JSON.writeValueAsBytes(event);
  }

  /**
   * Reads an event of one kind from JSON.
   *
   * @throws UnreadableEventException when it is not one; its message does not quote the text
   */
  public static <E extends Event> E parse(Class<E> type, byte[] json) {
    try {
      E event = JSON.readValue(json, type);
      if (event == null) {
        throw new UnreadableEventException("the value is null");
      }
      return event;
    } catch (JacksonException e) {
      throw new UnreadableEventException(reason(e));
    }
  }

  /** What is wrong and where, without the offending text: it may be personal. */
  private static String reason(JacksonException e) {
    if (e.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null) {
      return refused.getMessage();
    }
    if (!(e instanceof DatabindException)) {
      return "the value is not JSON, or not of a size and depth that is read";
    }
    String path = e.getPathReference().replaceAll("[\\w.$]+\\[", "[");
    return "the value is no such event" + (path.isEmpty() ? "" : ": something is wrong at " + path);
  }

  /** Refuses halves of surrogate pairs, which JSON can spell and no UTF-8 can carry on. */
  private static final class WholeCharacters extends StdScalarDeserializer<String> {
    WholeCharacters() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
      String text = StringDeserializer.instance.deserialize(parser, context);
      for (int i = 0; i < text.length(); i++) {
        if (Character.isSurrogate(text.charAt(i))) {
          if (Character.charCount(text.codePointAt(i)) == 1) {
            return context.reportInputMismatch(this, "half a character");
          }
          i++;
        }
      }
      return text;
    }
  }
}
