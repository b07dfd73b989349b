package barocall.kit.events;

import barocall.kit.tracing.Traces;
import io.micrometer.observation.Observation;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.MDC;
import org.springframework.kafka.listener.RecordInterceptor;

/**
 * Lets a listener's work on a record go on in the record's trace, and its log lines name the
 * inquiry. A listener's thread has one record at a time.
 */
final class TracedRecords<K, V> implements RecordInterceptor<K, V> {
  private final Traces traces;
  private final ThreadLocal<Deque<Work>> work = ThreadLocal.withInitial(ArrayDeque::new);

  private record Work(Observation observation, Observation.Scope scope) {}

  TracedRecords(Traces traces) {
    this.traces = traces;
  }

  @Override
  public ConsumerRecord<K, V> intercept(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
    Observation observation = traces.reading(record.topic(), record.headers()).start();
    work.get().push(new Work(observation, observation.openScope()));
    if (record.value() instanceof Delivered delivered && delivered.event() != null) {
      MDC.put(Traces.INQUIRY, delivered.event().about());
    }
    return record;
  }

  @Override
  public void afterRecord(ConsumerRecord<K, V> record, Consumer<K, V> consumer) {
    MDC.remove(Traces.INQUIRY);
    Work done = work.get().poll();
    if (done != null) {
      done.scope().close();
      done.observation().stop();
    }
  }
}
