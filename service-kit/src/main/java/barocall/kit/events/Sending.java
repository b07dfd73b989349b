package barocall.kit.events;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** A record to the broker and its acknowledgement by all in-sync replicas. */
public final class Sending {
  private final Producer<String, byte[]> producer;

  Sending(Producer<String, byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Sends. It may block for about two seconds while nothing is known of the topic.
   *
   * @return completes when the broker has acknowledged; fails with a {@link BrokerAwayException}
   */
  public CompletableFuture<Void> acknowledged(ProducerRecord<String, byte[]> record) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    try {
      var unused =
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  acknowledged.complete(null);
                } else {
                  acknowledged.completeExceptionally(new BrokerAwayException(failure));
                }
              });
    } catch (KafkaException | IllegalStateException failure) {
      // The latter once the producer was closed.
      acknowledged.completeExceptionally(new BrokerAwayException(failure));
    }
    return acknowledged;
  }
}
