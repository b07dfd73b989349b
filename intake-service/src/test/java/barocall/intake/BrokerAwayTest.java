package barocall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.access.CredentialsFile;
import barocall.testkit.Backends;
import barocall.testkit.RestartableBroker;
import barocall.testkit.RestartableStore;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** What channels are told while the broker or the store is away. */
class BrokerAwayTest {
  private static final String DOOR = "/api/v1/cities/gyeongju/inquiries";

  @Test
  void nothingIsPromisedWhileTheBrokerIsAwayAndTheRetryIsOneInquiry() {
    try (RestartableBroker broker = new RestartableBroker();
        RestartableStore store = new RestartableStore();
        var intake =
            new SpringApplicationBuilder(IntakeApplication.class)
                .run(
                    "--server.port=0",
                    "--KAFKA_BOOTSTRAP_SERVERS=" + broker.bootstrapServers(),
                    "--MONGODB_URI=" + store.uri(),
                    "--barocall.store.prefix=" + StoreUse.prefix("intake"),
                    "--barocall.credentials=" + IntakeStack.CREDENTIALS,
                    "--barocall.cities=../cities")) {
      String key = intake.getBean(CredentialsFile.class).current().keys().get("gyeongju");
      WebTestClient channel =
          WebTestClient.bindToServer()
              .baseUrl(
                  "http://127.0.0.1:" + intake.getEnvironment().getProperty("local.server.port"))
              .defaultHeader("Authorization", "Bearer " + key)
              .responseTimeout(Duration.ofSeconds(90))
              .build();
      String own = Backends.unique("key");
      assertThat(post(channel, Backends.unique("key"))).isEqualTo(HttpStatus.CREATED);

      inquiriesAreTakenWhileTheStoreIsAwayAndNotedWhenItIsBack(
          channel, store, intake.getBean(MongoDatabase.class));

      broker.stop();
      long before = System.nanoTime();
      channel
          .post()
          .uri(DOOR)
          .header("Idempotency-Key", own)
          .bodyValue(Map.of("channel", "web", "text", "x"))
          .exchange()
          .expectStatus()
          .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
          .expectHeader()
          .exists("Retry-After")
          .expectHeader()
          .contentType(MediaType.APPLICATION_PROBLEM_JSON);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
      channel
          .post()
          .uri("/api/v1/cities/gyeongju/history")
          .contentType(MediaType.APPLICATION_NDJSON)
          .bodyValue("{\"id\":\"1\",\"channel\":\"web\",\"receivedAt\":\"2018-01-01T00:00:00Z\"}\n")
          .exchange()
          .expectStatus()
          .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
          .expectHeader()
          .exists("Retry-After");

      broker.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> post(channel, own).equals(HttpStatus.CREATED));
      long inquiries =
          Topics.at(broker.bootstrapServers()).readAll("call-received").stream()
              .map(it -> it.key())
              .distinct()
              .count();
      assertThat(inquiries).isEqualTo(3);
    }
  }

  private static void inquiriesAreTakenWhileTheStoreIsAwayAndNotedWhenItIsBack(
      WebTestClient channel, RestartableStore store, MongoDatabase database) {
    store.stop();
    Map<?, ?> answer =
        channel
            .post()
            .uri(DOOR)
            .header("Idempotency-Key", Backends.unique("key"))
            .bodyValue(Map.of("channel", "web", "text", "x"))
            .exchange()
            .expectStatus()
            .isCreated()
            .expectBody(Map.class)
            .returnResult()
            .getResponseBody();
    channel
        .get()
        .uri("/api/v1/receipts/" + answer.get("receiptNumber"))
        .exchange()
        .expectStatus()
        .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);

    store.start();
    String number = ((String) answer.get("receiptNumber")).replace("-", "");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(MongoException.class)
        .until(
            () ->
                Mono.from(database.getCollection("receipts").find(Filters.eq("_id", number)))
                    .blockOptional(Duration.ofSeconds(10))
                    .isPresent());
  }

  private static HttpStatus post(WebTestClient channel, String key) {
    return HttpStatus.valueOf(
        channel
            .post()
            .uri(DOOR)
            .header("Idempotency-Key", key)
            .bodyValue(Map.of("channel", "web", "text", "x"))
            .exchange()
            .returnResult(String.class)
            .getStatus()
            .value());
  }
}
