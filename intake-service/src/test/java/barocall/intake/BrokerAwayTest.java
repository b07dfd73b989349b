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
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What channels are told while the broker or the store is away. */
@ExtendWith(OutputCaptureExtension.class)
class BrokerAwayTest {
  private static final String TRACE = "5af7651916cd43dd8448eb211c80319c";
  private static final List<String> PERSONAL =
      List.of("홍길동", "1234567", "010-2222-3333", "양정로 260", "hong@example.com");
  private static final String DOOR = "/api/v1/cities/gyeongju/inquiries";

  /** Who started in this process before has chosen how logs are written, for all that follow. */
  @BeforeEach
  @AfterEach
  void letTheNextStartChooseHowLogsAreWritten() {
    LoggingSystem.get(getClass().getClassLoader()).cleanUp();
    System.clearProperty(
        LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
  }

  @Test
  void nothingIsPromisedWhileTheBrokerIsAwayAndTheRetryIsOneInquiry(CapturedOutput log) {
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
                    "--barocall.cities=../cities",
                    "--logging.config=classpath:log-as-shipped.xml",
                    "--barocall.logs=json")) {
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

      assertThat(probe(channel, "readiness")).isEqualTo(HttpStatus.OK);
      broker.stop();
      long before = System.nanoTime();
      channel
          .post()
          .uri(DOOR)
          .header("Idempotency-Key", own)
          .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
          .bodyValue(
              Map.of(
                  "channel",
                  "web",
                  "text",
                  "홍길동 900101-1234567",
                  "place",
                  Map.of("address", "양정로 260"),
                  "contact",
                  Map.of("telephone", "010-2222-3333", "email", "hong@example.com")))
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

      channel
          .get()
          .uri("/actuator/health/readiness")
          .exchange()
          .expectStatus()
          .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
          .expectBody()
          .jsonPath("$.components.broker.details.why")
          .isEqualTo("the message broker does not answer")
          .jsonPath("$.components.reading.status")
          .isEqualTo("UP")
          .jsonPath("$.components.store")
          .doesNotExist();
      assertThat(probe(channel, "liveness")).isEqualTo(HttpStatus.OK);

      broker.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> probe(channel, "readiness").equals(HttpStatus.OK));
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> post(channel, own).equals(HttpStatus.CREATED));
      theLogIsJsonWithTheTraceAndNothingPersonal(log);
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
    assertThat(probe(channel, "readiness")).as("its doors are open").isEqualTo(HttpStatus.OK);

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

  private static void theLogIsJsonWithTheTraceAndNothingPersonal(CapturedOutput log) {
    List<JsonNode> lines =
        log.getOut()
            .lines()
            .filter(line -> line.startsWith("{"))
            .map(line -> new JsonMapper().readTree(line))
            .toList();
    assertThat(lines)
        .anySatisfy(
            line -> {
              assertThat(line.at("/message").asString()).contains("answered 503");
              assertThat(line.at("/traceId").asString()).isEqualTo(TRACE);
              assertThat(line.at("/service/name").asString()).isEqualTo("intake-service");
              assertThat(line.at("/log/level").asString()).isEqualTo("WARN");
            });
    assertThat(log.getAll()).doesNotContain(PERSONAL);
  }

  private static HttpStatus probe(WebTestClient channel, String which) {
    return HttpStatus.valueOf(
        channel
            .get()
            .uri("/actuator/health/" + which)
            .exchange()
            .returnResult(String.class)
            .getStatus()
            .value());
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
