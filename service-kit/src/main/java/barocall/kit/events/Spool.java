package barocall.kit.events;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Where a service's events go while the broker does not acknowledge. A service that declares one
 * sends every single event through it.
 */
public interface Spool {
  /**
   * Hands a record over.
   *
   * @return completes when the broker has acknowledged it, or it is kept so that it will be sent
   *     whatever happens to this process; fails with a {@link BrokerAwayException} when neither is
   *     possible
   */
  CompletableFuture<Void> send(ProducerRecord<String, byte[]> record);

  /** Whether records wait for the broker, so that new ones join their end. */
  boolean isWaiting();
}
