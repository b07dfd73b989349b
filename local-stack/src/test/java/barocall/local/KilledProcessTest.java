package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the broker and the store acknowledged is there after {@code kill -9}. */
class KilledProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void acknowledgedDocumentsSurviveInOrder() throws Exception {
    int port = freePort();
    String uri = "mongodb://127.0.0.1:" + port + "/";
    Process store = serve("store", "--port", Integer.toString(port));
    awaitHealthy(Health.mongo(uri));
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    try (MongoClient client = MongoClients.create(uri)) {
      var things = client.getDatabase("test").getCollection("things");
      var writing =
          Flux.range(0, 100_000)
              .map("id-%06d"::formatted)
              .flatMap(
                  id ->
                      Mono.from(things.insertOne(new Document("_id", id)))
                          .doOnNext(done -> acknowledged.add(id)),
                  4)
              .onErrorComplete()
              .then();
      var subscription = writing.subscribe();
      await().atMost(PATIENCE).until(() -> acknowledged.size() > 300);
      store.destroyForcibly().waitFor();
      subscription.dispose();
    }
    Set<String> promised = Set.copyOf(acknowledged);

    serve("store", "--port", Integer.toString(port));
    awaitHealthy(Health.mongo(uri));
    try (MongoClient client = MongoClients.create(uri)) {
      var things = client.getDatabase("test").getCollection("things");
      Set<String> kept =
          new HashSet<>(
              Flux.from(things.find()).map(each -> each.getString("_id")).collectList().block());
      assertThat(kept).containsAll(promised);
      // The index agrees with the documents: nothing is there by half.
      String last = promised.stream().max(String::compareTo).orElseThrow();
      assertThat(Mono.from(things.find(new Document("_id", last))).block()).isNotNull();
      Mono.from(things.insertOne(new Document("_id", "id-afterwards"))).block();
    }
  }

  @Test
  void acknowledgedRecordsSurvive() throws Exception {
    int port = freePort();
    int controllerPort = freePort();
    String servers = "127.0.0.1:" + port;
    String[] options = {
      "--port", Integer.toString(port), "--controller-port", Integer.toString(controllerPort)
    };
    Process broker = serve("broker", options);
    awaitHealthy(Health.kafka(servers));
    Map<String, Object> settings = Map.of("bootstrap.servers", servers, "acks", "all");
    try (var admin = Admin.create(settings);
        var producer =
            new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      admin
          .createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
      for (int i = 0; i < 200; i++) {
        producer.send(new ProducerRecord<>("kept", "record-" + i)).get(60, TimeUnit.SECONDS);
      }
      broker.destroyForcibly().waitFor();
    }

    serve("broker", options);
    awaitHealthy(Health.kafka(servers));
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", servers),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partition = new TopicPartition("kept", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var read = new ArrayList<String>();
      await()
          .atMost(PATIENCE)
          .pollInSameThread()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(seen -> read.add(seen.value()));
                return read.size() >= 200;
              });
      assertThat(read).hasSize(200).contains("record-0", "record-199");
    }
  }

  private Process serve(String part, String... options) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Home.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "serve",
                part,
                "--directory",
                directory.resolve(part).toString()));
    command.addAll(Arrays.asList(options));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(new File(directory.toFile(), part + ".log")));
    builder.environment().put("BAROCALL_PARENT", Long.toString(ProcessHandle.current().pid()));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static void awaitHealthy(Health health) {
    await().atMost(PATIENCE).until(health::isGood);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
