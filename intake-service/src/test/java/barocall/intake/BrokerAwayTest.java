package barocall.intake;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.access.CredentialsFile;
import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.testkit.Backends;
import barocall.testkit.RestartableBroker;
import barocall.testkit.RestartableStore;
import barocall.testkit.Scrape;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What channels are told while the broker or the store is away. */
@ExtendWith(OutputCaptureExtension.class)
class BrokerAwayTest {
  private static final String TRACE = "5af7651916cd43dd8448eb211c80319c";
  private static final List<String> PERSONAL =
      List.of("홍길동", "1234567", "010-2222-3333", "양정로 260", "hong@example.com");
  private static final String BEGAN =
      "The message broker does not acknowledge: what is accepted from now on is kept on this machine's disk.";
  private static final String ENDED = "The spool is empty";
  private static final String DOOR = "/api/v1/cities/gyeongju/inquiries";

  /** Who started in this process before has chosen how logs are written, for all that follow. */
  @BeforeEach
  @AfterEach
  void letTheNextStartChooseHowLogsAreWritten() {
    LoggingSystem.get(getClass().getClassLoader()).cleanUp();
    System.clearProperty(
        LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
  }

  @TempDir private Path folder;

  @Test
  void intakeKeepsAcceptingAndTheBrokerGetsAllInTheirOrderWhenItIsBack(CapturedOutput log) {
    try (RestartableBroker broker = new RestartableBroker();
        RestartableStore store = new RestartableStore();
        var intake = intake(broker, store, StoreUse.prefix("intake"))) {
      WebTestClient channel = channel(intake);
      List<String> accepted = new ArrayList<>();
      accepted.add(accepted(channel, Backends.unique("key")));
      accepted.add(
          inquiriesAreTakenWhileTheStoreIsAwayAndNotedWhenItIsBack(
              channel, store, intake.getBean(MongoDatabase.class)));
      assertThat(probe(channel, "readiness")).isEqualTo(HttpStatus.OK);

      broker.stop();
      String own = Backends.unique("key");
      long before = System.nanoTime();
      accepted.add(accepted(channel, own));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
      before = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        accepted.add(accepted(channel, Backends.unique("key")));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .as("once it is known to be away nobody waits for it")
          .isLessThan(Duration.ofSeconds(28));
      everyLiveDoorAcceptsAndHistoryDoesNot(channel);
      intakeIsReadyAndSaysHowManyWait(channel);
      fillTheSpool(channel, accepted);
      whatIsRefusedHasNothingPersonalInTheLog(channel);
      assertThat(probe(channel, "readiness")).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
      assertThat(probe(channel, "liveness")).isEqualTo(HttpStatus.OK);

      broker.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> new Scrape(scrape(channel)).value("barocall_spool_records") == 0);
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> probe(channel, "readiness").equals(HttpStatus.OK));
      assertThat(inquiryId(post(channel, own))).as("a repeat").isEqualTo(accepted.get(2));
      accepted.add(accepted(channel, Backends.unique("key")));
      theTopicsHaveAllThatWasAcceptedInItsOrder(broker, accepted);
      theLogSaysWhenItBeganAndEndedAndNothingPersonal(log);
    }
  }

  @Test
  void intakeStartsWithoutTheBrokerOnceItHasMetItAndReadsWhenItIsBack() {
    String prefix = StoreUse.prefix("intake");
    try (RestartableBroker broker = new RestartableBroker();
        RestartableStore store = new RestartableStore()) {
      intake(broker, store, prefix).close();
      broker.stop();
      String first;
      String number;
      try (var intake = intake(broker, store, prefix)) {
        EntityExchangeResult<byte[]> answer = post(channel(intake), Backends.unique("key"));
        assertThat(answer.getStatus()).isEqualTo(HttpStatus.CREATED);
        first = inquiryId(answer);
        number = field(answer, "receiptNumber");
        assertThat(probe(channel(intake), "readiness")).isEqualTo(HttpStatus.OK);
      }
      try (var intake = intake(broker, store, prefix)) {
        WebTestClient channel = channel(intake);
        Awaitility.await("the receipt of before the restart")
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    channel
                        .get()
                        .uri("/api/v1/receipts/" + number)
                        .exchange()
                        .returnResult(String.class)
                        .getStatus()
                        .is2xxSuccessful());
        String second = accepted(channel, Backends.unique("key"));

        broker.start();
        Awaitility.await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> new Scrape(scrape(channel)).value("barocall_spool_records") == 0);
        assertThat(
                Topics.at(broker.bootstrapServers()).readAll("call-received").stream()
                    .map(it -> EventCodec.decode(it.topic(), it.headers(), it.value()).about()))
            .contains(first, second);
        Awaitility.await("it reads")
            .atMost(Duration.ofSeconds(90))
            .until(
                () ->
                    Mono.from(
                            intake
                                .getBean(MongoDatabase.class)
                                .getCollection("receipts")
                                .find(Filters.eq("_id", number.replace("-", ""))))
                        .blockOptional(Duration.ofSeconds(10))
                        .isPresent());
      }
    }
  }

  private ConfigurableApplicationContext intake(
      RestartableBroker broker, RestartableStore store, String prefix) {
    return new SpringApplicationBuilder(IntakeApplication.class)
        .run(
            "--server.port=0",
            "--KAFKA_BOOTSTRAP_SERVERS=" + broker.bootstrapServers(),
            "--MONGODB_URI=" + store.uri(),
            "--barocall.store.prefix=" + prefix,
            "--barocall.credentials=" + IntakeStack.CREDENTIALS,
            "--barocall.cities=../cities",
            "--barocall.spool.path=" + folder.resolve("spool"),
            "--barocall.spool.max-size=192KB",
            "--barocall.metrics.every=1s",
            "--logging.config=classpath:log-as-shipped.xml",
            "--barocall.logs=json");
  }

  private static WebTestClient channel(ConfigurableApplicationContext intake) {
    String key = intake.getBean(CredentialsFile.class).current().keys().get("gyeongju");
    return WebTestClient.bindToServer()
        .baseUrl("http://127.0.0.1:" + intake.getEnvironment().getProperty("local.server.port"))
        .defaultHeader("Authorization", "Bearer " + key)
        .responseTimeout(Duration.ofSeconds(90))
        .build();
  }

  private static void everyLiveDoorAcceptsAndHistoryDoesNot(WebTestClient channel) {
    String call = Backends.unique("call");
    String city = "/api/v1/cities/gyeongju";
    String at = "2026-05-04T10:00:00+09:00";
    for (Map.Entry<String, Map<String, Object>> door :
        List.<Map.Entry<String, Map<String, Object>>>of(
            Map.entry("/calls", Map.of("callId", call, "called", "054-779-8585", "at", at)),
            Map.entry(
                "/calls/" + call + "/answer",
                Map.of("at", at, "agent", "agent-1", "waitSeconds", 4)),
            Map.entry(
                "/calls/" + call + "/end",
                Map.of("at", at, "outcome", "abandoned", "waitSeconds", 9)),
            Map.entry("/agents/agent-1/state", Map.of("at", at, "state", "break")))) {
      channel
          .post()
          .uri(city + door.getKey())
          .bodyValue(door.getValue())
          .exchange()
          .expectStatus()
          .is2xxSuccessful();
    }
    channel
        .post()
        .uri(city + "/history")
        .contentType(MediaType.APPLICATION_NDJSON)
        .bodyValue("{\"id\":\"1\",\"channel\":\"web\",\"receivedAt\":\"2018-01-01T00:00:00Z\"}\n")
        .exchange()
        .expectStatus()
        .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
        .expectHeader()
        .exists("Retry-After");
  }

  private static void intakeIsReadyAndSaysHowManyWait(WebTestClient channel) {
    channel
        .get()
        .uri("/actuator/health/readiness")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.components.spool.details.why")
        .value(
            String.class,
            why ->
                assertThat(why)
                    .matches(
                        "the message broker does not acknowledge; 25 records wait on this machine's disk since 20.+Z"))
        .jsonPath("$.components.store")
        .doesNotExist();
    String scrape = scrape(channel);
    assertThat(new Scrape(scrape).value("barocall_spool_records")).isEqualTo(25);
    assertThat(new Scrape(scrape).value("barocall_spool_bytes")).isGreaterThan(25 * 300);
  }

  private static void fillTheSpool(WebTestClient channel, List<String> accepted) {
    EntityExchangeResult<byte[]> last = post(channel, Backends.unique("key"));
    while (last.getStatus().is2xxSuccessful()) {
      accepted.add(inquiryId(last));
      last = post(channel, Backends.unique("key"));
    }
    assertThat(last.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(last.getResponseHeaders().getFirst("Retry-After")).isNotNull();
    assertThat(last.getResponseHeaders().getContentType())
        .isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
    assertThat(accepted).hasSizeGreaterThan(60);
  }

  private static void whatIsRefusedHasNothingPersonalInTheLog(WebTestClient channel) {
    channel
        .post()
        .uri(DOOR)
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
        .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
  }

  private static void theTopicsHaveAllThatWasAcceptedInItsOrder(
      RestartableBroker broker, List<String> accepted) {
    Topics topics = Topics.at(broker.bootstrapServers());
    List<ConsumerRecord<String, byte[]>> records = topics.readAll("call-received");
    Map<Integer, List<String>> byPartition = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      Event event = EventCodec.decode(record.topic(), record.headers(), record.value());
      assertThat(record.key()).startsWith(event.key() + "/");
      if (accepted.contains(event.about())) {
        List<String> there =
            byPartition.computeIfAbsent(record.partition(), none -> new ArrayList<>());
        if (!there.contains(event.about())) {
          there.add(event.about());
        }
      }
    }
    assertThat(byPartition.values().stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(accepted);
    byPartition.forEach(
        (partition, ids) -> {
          assertThat(ids)
              .as("partition %d", partition)
              .isSortedAccordingTo(Comparator.comparingInt(accepted::indexOf));
          assertThat(ids).allMatch(id -> EventCodec.partition(id, 6) == partition);
        });
    for (String topic : List.of("call-answered", "call-ended", "agent-state-changed")) {
      assertThat(topics.readAll(topic)).as(topic).isNotEmpty();
    }
  }

  private static int behind(WebTestClient channel) {
    JsonNode health =
        new JsonMapper()
            .readTree(
                channel
                    .get()
                    .uri("/actuator/health/readiness")
                    .exchange()
                    .expectBody()
                    .returnResult()
                    .getResponseBodyContent());
    return health.at("/components/behind/details/records").asInt(-1);
  }

  private static String inquiriesAreTakenWhileTheStoreIsAwayAndNotedWhenItIsBack(
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

    Awaitility.await("it says how far behind it is")
        .atMost(Duration.ofSeconds(60))
        .until(() -> behind(channel) > 0);

    store.start();
    Awaitility.await("it has caught up")
        .atMost(Duration.ofSeconds(60))
        .until(() -> behind(channel) == 0);
    String number = ((String) answer.get("receiptNumber")).replace("-", "");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(MongoException.class)
        .until(
            () ->
                Mono.from(database.getCollection("receipts").find(Filters.eq("_id", number)))
                    .blockOptional(Duration.ofSeconds(10))
                    .isPresent());
    return (String) answer.get("inquiryId");
  }

  private static void theLogSaysWhenItBeganAndEndedAndNothingPersonal(CapturedOutput log) {
    List<JsonNode> lines =
        log.getOut()
            .lines()
            .filter(line -> line.startsWith("{"))
            .flatMap(BrokerAwayTest::parsed)
            .toList();
    assertThat(lines)
        .anySatisfy(
            line -> {
              assertThat(line.at("/message").asString()).contains("answered 503");
              assertThat(line.at("/traceId").asString()).isEqualTo(TRACE);
              assertThat(line.at("/service/name").asString()).isEqualTo("intake-service");
              assertThat(line.at("/log/level").asString()).isEqualTo("WARN");
            });
    // A broker that is slow on a busy machine makes a beginning and an end of its own.
    List<String> beganAndEnded =
        lines.stream()
            .map(line -> line.at("/message").asString())
            .filter(it -> it.equals(BEGAN) || it.startsWith(ENDED))
            .map(it -> it.equals(BEGAN) ? BEGAN : ENDED)
            .toList();
    assertThat(beganAndEnded)
        .isNotEmpty()
        .hasSizeLessThan(8)
        .isEqualTo(
            Stream.generate(() -> Stream.of(BEGAN, ENDED))
                .limit(beganAndEnded.size() / 2)
                .flatMap(it -> it)
                .toList());
    assertThat(log.getAll()).doesNotContain(PERSONAL);
  }

  /** Nothing for a line of which another thread's output made something else. */
  private static Stream<JsonNode> parsed(String line) {
    try {
      return Stream.of(new JsonMapper().readTree(line));
    } catch (JacksonException notWhole) {
      return Stream.empty();
    }
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

  private static String scrape(WebTestClient channel) {
    return new String(
        channel
            .get()
            .uri("/actuator/prometheus")
            .exchange()
            .expectBody()
            .returnResult()
            .getResponseBodyContent(),
        StandardCharsets.UTF_8);
  }

  private static EntityExchangeResult<byte[]> post(WebTestClient channel, String key) {
    return channel
        .post()
        .uri(DOOR)
        .header("Idempotency-Key", key)
        .bodyValue(Map.of("channel", "web", "text", "x"))
        .exchange()
        .expectBody()
        .returnResult();
  }

  /** Accepted, and whoever asks for the receipt at once finds it. */
  private static String accepted(WebTestClient channel, String key) {
    EntityExchangeResult<byte[]> answer = post(channel, key);
    assertThat(answer.getStatus()).isEqualTo(HttpStatus.CREATED);
    channel
        .get()
        .uri("/api/v1/receipts/" + field(answer, "receiptNumber"))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.state")
        .isEqualTo("received");
    return inquiryId(answer);
  }

  private static String inquiryId(EntityExchangeResult<byte[]> answer) {
    return field(answer, "inquiryId");
  }

  private static String field(EntityExchangeResult<byte[]> answer, String name) {
    return new JsonMapper().readTree(answer.getResponseBodyContent()).at("/" + name).asString();
  }
}
