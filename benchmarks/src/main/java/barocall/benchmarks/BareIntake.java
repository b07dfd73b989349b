package barocall.benchmarks;

import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a door costs at the very least: it reads the JSON, gives its bytes to the producer, and
 * answers when the broker has acknowledged. No framework, no rules, no record of receipts.
 */
final class BareIntake {
  private BareIntake() {}

  static void serve(String kafka, String topic, int port) {
    KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", kafka,
                "acks", "all",
                "enable.idempotence", "true",
                "linger.ms", "0"),
            new StringSerializer(),
            new ByteArraySerializer());
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(port)
            .handle(
                (request, response) ->
                    response
                        .status(201)
                        .header("Content-Type", "application/json")
                        .sendString(
                            request
                                .receive()
                                .aggregate()
                                .asByteArray()
                                .flatMap(body -> kept(producer, topic, body))))
            .bindNow();
    server.onDispose().block();
  }

  private static Mono<String> kept(
      KafkaProducer<String, byte[]> producer, String topic, byte[] body) {
    String id = UUID.randomUUID().toString();
    String channel = JsonMapper.shared().readTree(body).path("channel").asString();
    return Mono.create(
        sink -> {
          var unused =
              producer.send(
                  new ProducerRecord<>(topic, id, body),
                  (metadata, failure) -> {
                    if (failure == null) {
                      sink.success(
                          "{\"inquiryId\":\"%s\",\"channel\":\"%s\"}".formatted(id, channel));
                    } else {
                      sink.error(failure);
                    }
                  });
        });
  }
}
