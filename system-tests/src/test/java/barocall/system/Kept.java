package barocall.system;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** What the broker and the store of a suite keep, read by clients of theirs. */
final class Kept {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<String> ITS_OWN = Set.of("admin", "local", "config");

  private final String kafka;
  private final String mongodb;

  Kept(Suite suite) {
    var status = suite.status();
    this.kafka = status.path("kafka").asString();
    this.mongodb = status.path("mongodb").asString();
  }

  /** All records of all topics, dead letters too. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", kafka, "enable.auto.commit", false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the topics could not be read in " + PATIENCE);
        }
      }
    }
    return records;
  }

  /** The last record of each key of each topic: what compaction leaves. */
  List<ConsumerRecord<byte[], byte[]>> lastRecords() {
    Map<String, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records()) {
      if (record.key() != null) {
        last.put(
            record.topic()
                + " "
                + new String(record.key(), java.nio.charset.StandardCharsets.UTF_8),
            record);
      }
    }
    return List.copyOf(last.values());
  }

  /** Every document of every collection as JSON, by database, collection and id. */
  Map<String, String> documents() {
    Map<String, String> documents = new LinkedHashMap<>();
    try (MongoClient client = MongoClients.create(mongodb)) {
      for (String database : all(client.listDatabaseNames())) {
        if (!ITS_OWN.contains(database)) {
          var from = client.getDatabase(database);
          for (String collection : all(from.listCollectionNames())) {
            for (Document document : all(from.getCollection(collection).find())) {
              documents.put(
                  "%s.%s %s".formatted(database, collection, document.get("_id")),
                  document.toJson());
            }
          }
        }
      }
    }
    return documents;
  }

  private static <T> List<T> all(Publisher<T> published) {
    List<T> all = new ArrayList<>();
    CompletableFuture<List<T>> done = new CompletableFuture<>();
    published.subscribe(
        new Subscriber<>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(T item) {
            all.add(item);
          }

          @Override
          public void onError(Throwable failure) {
            done.completeExceptionally(failure);
          }

          @Override
          public void onComplete() {
            done.complete(all);
          }
        });
    try {
      return done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the store could not be read", e);
    }
  }
}
