package barocall.kit.events;

import barocall.contract.EventCodec;
import barocall.contract.UnreadableEventException;
import barocall.kit.tracing.Traces;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records without ever failing: what cannot be read says so when its handler asks for the
 * event.
 */
public final class EventDeserializer implements Deserializer<Delivered> {
  @Override
  public Delivered deserialize(String topic, byte[] data) {
    return deserialize(topic, new RecordHeaders(), data);
  }

  @Override
  public Delivered deserialize(String topic, Headers headers, byte[] data) {
    String trace = Traces.of(headers);
    try {
      return new Delivered(EventCodec.decode(topic, headers, data), null, data, trace);
    } catch (UnreadableEventException e) {
      return new Delivered(null, e.getMessage(), data, trace);
    } catch (RuntimeException e) {
      // A record that no check foresaw must not stop its neighbours.
      return new Delivered(
          null, "the record cannot be read: " + e.getClass().getSimpleName(), data, trace);
    }
  }
}
