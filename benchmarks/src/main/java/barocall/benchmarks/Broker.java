package barocall.benchmarks;

import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The broker itself, with nothing of the suite between. */
final class Broker implements AutoCloseable {
  static final int PARTITIONS = 6;

  private final Admin admin;
  private final KafkaProducer<String, byte[]> producer;

  Broker(String servers) {
    this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", servers,
                "acks", "all",
                "enable.idempotence", "true"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  void create(String topic) throws InterruptedException {
    try {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The topic was not created", e);
    }
  }

  /** Sends all and waits until the broker has them. */
  void send(List<ProducerRecord<String, byte[]>> records) throws InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
    for (ProducerRecord<String, byte[]> record : records) {
      sent.add(producer.send(record));
    }
    try {
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker did not take all", e);
    }
  }

  static List<ProducerRecord<String, byte[]>> encoded(List<? extends Event> events) {
    return events.stream()
        .map(event -> EventCodec.encode(event, "benchmarks", PARTITIONS))
        .toList();
  }

  /** How many records those topics have had in all. */
  long ends(Topic... topics) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> latest =
        List.of(topics).stream()
            .flatMap(
                topic ->
                    IntStream.range(0, PARTITIONS)
                        .mapToObj(number -> new TopicPartition(topic.wireName(), number)))
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    try {
      return admin.listOffsets(latest).all().get().values().stream()
          .mapToLong(it -> it.offset())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker does not say where its logs end", e);
    }
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
