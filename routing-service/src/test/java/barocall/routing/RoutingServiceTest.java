package barocall.routing;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.contract.AccessKind;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import barocall.kit.events.EventPublisher;
import barocall.kit.events.Handled;
import barocall.kit.store.Awaiting;
import barocall.kit.tracing.Traces;
import barocall.testkit.Accesses;
import barocall.testkit.Backends;
import barocall.testkit.BadRecords;
import barocall.testkit.EveryDoor;
import barocall.testkit.LooksAtStoreUse;
import barocall.testkit.Scrape;
import barocall.testkit.Seed;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import com.mongodb.event.CommandListener;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * The service as it runs, with a real broker and a store: in by topics and doors, out by topics.
 */
// Decisions on their way out: each is there only while it is being sent.
@LooksAtStoreUse(readWhole = "unsent")
class RoutingServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Shorter than in earnest, for the test that waits for it. */
  private static final Duration SLOWEST_BODY = Duration.ofSeconds(8);

  private static final String TOPICS = "spring.cloud.stream.bindings.decideCases-in-0.destination";
  private static final String DESK = "/api/v1/cities/gyeongju/desk";
  private static final ParameterizedTypeReference<Map<String, Object>> OBJECT =
      new ParameterizedTypeReference<>() {};
  private static final ParameterizedTypeReference<List<Map<String, Object>>> LIST =
      new ParameterizedTypeReference<>() {};

  @TempDir static Path folder;

  private static ConfigurableApplicationContext service;
  private static Credentials credentials;
  private static WebTestClient client;
  private static EventPublisher publisher;

  @BeforeAll
  static void start() {
    CredentialsFile file = new CredentialsFile(folder.resolve("credentials.json"));
    file.change(
        now ->
            now.complete(
                List.of(
                    office("gyeongju"), office("cheonan"), office("losangeles"), office("newyork")),
                new SecureRandom()));
    credentials = file.read();
    service =
        new SpringApplicationBuilder(RoutingApplication.class)
            .web(WebApplicationType.REACTIVE)
            .initializers(
                (GenericApplicationContext context) -> {
                  context.registerBean(CommandListener.class, StoreUse::listener);
                  context.registerBean(
                      "thatDay",
                      Clock.class,
                      RoutingServiceTest::thatDay,
                      definition -> definition.setPrimary(true));
                })
            .run(
                "--server.port=0",
                "--logging.level.root=warn",
                "--barocall.credentials=" + file.path(),
                "--barocall.cities=../cities",
                "--barocall.data=" + folder,
                "--barocall.metrics.every=200ms",
                "--barocall.desk.precedents-every=300ms",
                "--barocall.desk.search-every=200ms",
                "--spring.cloud.stream.kafka.binder.consumer-properties.fetch.max.wait.ms=20",
                "--barocall.web.slowest-body=" + SLOWEST_BODY,
                "--KAFKA_BOOTSTRAP_SERVERS=" + Backends.bootstrapServers(),
                "--MONGODB_URI=" + Backends.mongoUri(),
                "--barocall.store.prefix=" + StoreUse.prefix("routing"));
    publisher = service.getBean(EventPublisher.class);
    client =
        WebTestClient.bindToServer()
            .baseUrl(
                "http://127.0.0.1:"
                    + service.getEnvironment().getRequiredProperty("local.server.port"))
            .responseTimeout(PATIENCE)
            .build();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** It is the day of the events that are told here, and does not end, whenever the tests run. */
  private static Clock thatDay() {
    return Clock.offset(
        Clock.systemUTC(), Duration.between(Instant.now(), Calls.NOON.plus(Duration.ofHours(1))));
  }

  private static Office office(String city) {
    return new Office(
        city,
        List.of(new Office.Seat("agent-1", "가상담"), new Office.Seat("agent-2", "나친절")),
        List.of(new Office.Seat("roads", "도로과")));
  }

  @Test
  void aReceivedCallIsDecidedAndTheDecisionSaid() {
    String id = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(id, "road-damage", "도로가 패였습니다"));

    ConsumerRecord<String, byte[]> record = said(Topic.COMPLAINT_ESCALATED, id + "/1");
    Event.ComplaintEscalated escalated =
        EventCodec.parse(Event.ComplaintEscalated.class, record.value());
    assertThat(escalated.department()).isEqualTo("roads");
    assertThat(record.partition()).isEqualTo(EventCodec.partition(id, 6));

    publisher.sendAndWait(Calls.written(id, "road-damage", "도로가 패였습니다"));
    publisher.sendAndWait(Calls.returned(id, 1, "roads"));
    said(Topic.INQUIRY_ASSIGNED, id + "/2");
    assertThat(Topics.shared().readAll(Topic.COMPLAINT_ESCALATED.wireName()))
        .filteredOn(it -> it.key().startsWith(id))
        .hasSize(1);
  }

  @Test
  void whatIsDecidedIsCountedAndTimed() {
    String[] roads = {"city=\"gyeongju\"", "department=\"roads\""};
    String[] decision = {"city=\"gyeongju\"", "decision=\"complaint-escalated\""};
    Scrape before = scrape();
    String id = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(id, "road-damage", "도로가 패였습니다"));
    said(Topic.COMPLAINT_ESCALATED, id + "/1");
    String byHand = Backends.unique("key");
    opened("gyeongju-agent-1", byHand, Map.of("channel", "counter", "text", "문의"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Scrape after = scrape();
              String escalated = "barocall_complaints_escalated_total";
              assertThat(after.value(escalated, roads))
                  .isEqualTo(before.value(escalated, roads) + 1);
              String timed = "barocall_time_to_decision_seconds_count";
              assertThat(after.value(timed, decision)).isEqualTo(before.value(timed, decision) + 1);
              assertThat(
                      after.value("barocall_inquiries_received_total", "channel=\"counter\"")
                          - before.value(
                              "barocall_inquiries_received_total", "channel=\"counter\""))
                  .isEqualTo(1);
              assertThat(after.find("barocall_decisions_unsent")).hasValue(0);
              assertThat(after.find("barocall_consumer_lag_records", "topic=\"call-received\""))
                  .hasValue(0);
            });
  }

  private static Scrape scrape() {
    return new Scrape(
        client
            .mutate()
            .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(-1))
            .build()
            .get()
            .uri("/actuator/prometheus")
            .exchange()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody());
  }

  @Test
  void aDecisionIsSaidInTheTraceOfWhatCausedIt() {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    String id = Backends.unique("gyeongju-c");
    ProducerRecord<String, byte[]> received =
        EventCodec.encode(Calls.written(id, "road-damage", "도로가 패였습니다"), "test", 6);
    received.headers().add("traceparent", ("00-" + trace + "-b7ad6b7169203331-01").getBytes(UTF_8));
    Topics.shared().send(received);
    assertThat(traceparent(said(Topic.COMPLAINT_ESCALATED, id + "/1"))).contains(trace);

    String byHand = "1af7651916cd43dd8448eb211c80319c";
    Map<?, ?> opened =
        client
            .post()
            .uri(DESK)
            .headers(as("gyeongju-agent-1"))
            .header("traceparent", "00-" + byHand + "-b7ad6b7169203331-01")
            .header("Idempotency-Key", Backends.unique("key"))
            .bodyValue(Map.of("channel", "counter", "text", "문의"))
            .exchange()
            .expectStatus()
            .isCreated()
            .expectBody(OBJECT)
            .returnResult()
            .getResponseBody();
    assertThat(traceparent(said(Topic.CALL_RECEIVED, opened.get("inquiryId") + "/0")))
        .contains(byHand);
    assertThat(traceparent(said(Topic.INQUIRY_ASSIGNED, opened.get("inquiryId") + "/1")))
        .contains(byHand);
  }

  private static String traceparent(ConsumerRecord<String, byte[]> record) {
    assertThat(new String(record.value(), UTF_8)).doesNotContain("traceparent");
    return new String(record.headers().lastHeader("traceparent").value(), UTF_8);
  }

  @Test
  void whatWaitedToBeSaidIsSaidInTheTraceOfItsCause() {
    String trace = "2af7651916cd43dd8448eb211c80319c";
    String id = Backends.unique("gyeongju-c");
    publisher
        .send(Calls.written(id, null, "문의"))
        .contextWrite(Traces.causedBy("00-" + trace + "-b7ad6b7169203331-01"))
        .block();
    assertThat(traceparent(said(Topic.CALL_RECEIVED, id + "/0"))).contains(trace);
  }

  @Test
  void whoComesBackAboutTheSameIsSaidOnceOfTheEarlierInquiryAlone() {
    String first = Backends.unique("gyeongju-c");
    String again = Backends.unique("gyeongju-c");
    String telephone = Backends.unique("hash");
    String trace = "3af7651916cd43dd8448eb211c80319c";
    String other = "4bf7651916cd43dd8448eb211c80319c";
    publisher.sendAndWait(
        Calls.from(Calls.written(first, "waste", "문의드립니다"), telephone, Calls.NOON));
    said(Topic.INQUIRY_ASSIGNED, first + "/1");
    client
        .post()
        .uri(DESK + "/" + first + "/resolve")
        .headers(as("gyeongju-agent-1"))
        .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
        .bodyValue(Map.of("answer", "그렇습니다"))
        .exchange()
        .expectStatus()
        .isOk();
    Event.InquiryResolved resolved =
        EventCodec.parse(
            Event.InquiryResolved.class, said(Topic.INQUIRY_RESOLVED, first + "/2").value());
    Event.CallReceived call =
        Calls.from(
            Calls.written(again, "waste", "또 문의드립니다"),
            telephone,
            resolved.at().plus(Duration.ofDays(6)));

    publisher
        .send(call)
        .contextWrite(Traces.causedBy("00-" + other + "-b7ad6b7169203331-01"))
        .block();

    ConsumerRecord<String, byte[]> record = said(Topic.INQUIRY_REPEATED, first + "/2");
    Event.InquiryRepeated repeated = EventCodec.parse(Event.InquiryRepeated.class, record.value());
    assertThat(repeated.inquiry()).isEqualTo(resolved.inquiry());
    assertThat(Duration.between(resolved.at(), repeated.at()))
        .isBetween(Duration.ofDays(6).minusMillis(1), Duration.ofDays(6));
    assertThat(new String(record.value(), UTF_8)).doesNotContain(again, telephone, "또");
    assertThat(traceparent(record)).contains(trace).doesNotContain(other);
    publisher.sendAndWait(call);
    act("gyeongju-agent-1", again, "resolve", Map.of("answer", "예")).expectStatus().isOk();
    assertThat(Topics.shared().readAll(Topic.INQUIRY_REPEATED.wireName()))
        .filteredOn(it -> it.key().startsWith(first))
        .hasSize(1);
  }

  @Test
  void anEscalationIsTakenBackUntilTheDepartmentHasIt() {
    String id = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(id, "road-damage", "도로가 패였습니다"));
    said(Topic.COMPLAINT_ESCALATED, id + "/1");

    // As the department's side answers it: meanwhile whoever asked waits.
    Mono<EntityExchangeResult<Map<String, Object>>> asked =
        Mono.fromCallable(
                () ->
                    act("gyeongju-agent-1", id, "recall", Map.of("reason", "공원과 일입니다"))
                        .expectStatus()
                        .isOk()
                        .expectBody(OBJECT)
                        .returnResult())
            .subscribeOn(Schedulers.boundedElastic())
            .cache();
    asked.subscribe();
    Event.RecallRequested wish =
        EventCodec.parse(
            Event.RecallRequested.class, said(Topic.RECALL_REQUESTED, id + "/1").value());
    assertThat(wish.agent()).isEqualTo("agent-1");
    publisher.sendAndWait(Calls.recalled(id, 1, "roads"));
    assertThat(asked.block().getResponseBody()).containsEntry("state", "at-desk");
    said(Topic.INQUIRY_ASSIGNED, id + "/2");
    assertThat(list("gyeongju-agent-2")).anyMatch(it -> id.equals(it.get("inquiryId")));

    String other = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(other, "road-damage", "도로가 패였습니다"));
    said(Topic.COMPLAINT_ESCALATED, other + "/1");
    act("gyeongju-agent-1", other, "recall", Map.of())
        .expectStatus()
        .isAccepted()
        .expectBody()
        .jsonPath("$.state")
        .isEqualTo("escalated");
    publisher.sendAndWait(
        new Event.ComplaintAcknowledged(
            Calls.inquiry(other, Channel.WEB, null), Calls.NOON, 1, "roads", "gyeongju-roads"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                act("gyeongju-agent-1", other, "recall", Map.of())
                    .expectStatus()
                    .isEqualTo(409)
                    .expectBody()
                    .jsonPath("$.firstBy")
                    .isEqualTo("gyeongju-roads")
                    .jsonPath("$.firstDid")
                    .isEqualTo("acknowledge")
                    .jsonPath("$.firstTo")
                    .isEqualTo("roads")
                    .jsonPath("$.detail")
                    .value(it -> assertThat(it.toString()).contains("도로과", "먼저 접수")));
    assertThat(Accesses.kindsTo(id)).contains(AccessKind.RETURN);
    act("gyeongju-roads", other, "recall", Map.of()).expectStatus().isForbidden();
  }

  @Test
  void anAnswerIsPutRightAndTheNewOneSaid() {
    String id = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(id, null, "몇 시까지 엽니까"));
    said(Topic.INQUIRY_ASSIGNED, id + "/1");
    act("gyeongju-agent-1", id, "correct", Map.of("answer", "예"))
        .expectStatus()
        .isEqualTo(409)
        .expectBody()
        .jsonPath("$.detail")
        .value(it -> assertThat(it.toString()).contains("상담사의 답변"));
    act("gyeongju-agent-1", id, "resolve", Map.of("answer", "여덟 시까지입니다")).expectStatus().isOk();
    act("gyeongju-agent-2", id, "correct", Map.of("answer", "  ")).expectStatus().isBadRequest();

    act("gyeongju-agent-2", id, "correct", Map.of("answer", "열 시까지입니다. 900101-1234567", "seen", 0))
        .expectStatus()
        .isOk();

    Event.AnswerCorrected corrected =
        EventCodec.parse(
            Event.AnswerCorrected.class, said(Topic.ANSWER_CORRECTED, id + "/2/1").value());
    assertThat(corrected.answer()).startsWith("열 시까지입니다.").doesNotContain("1234567");
    act("gyeongju-agent-1", id, "correct", Map.of("answer", "아홉 시까지입니다", "seen", 0))
        .expectStatus()
        .isEqualTo(409)
        .expectBody()
        .jsonPath("$.firstByName")
        .isEqualTo("나친절")
        .jsonPath("$.firstDid")
        .isEqualTo("correct");
    Map<String, Object> whole = whole("gyeongju-agent-1", id);
    assertThat(whole.get("answered"))
        .isEqualTo(Map.of("answer", corrected.answer(), "corrections", 1));
    assertThat(whole.get("history").toString()).contains("여덟 시까지입니다", "열 시까지입니다");
    assertThat(Accesses.kindsTo(id)).contains(AccessKind.RESOLVE, AccessKind.CASE);
  }

  @Test
  void anAgentRatesAsksAgainAndWithdrawsForACaller() {
    String id = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(id, null, "몇 시까지 엽니까"));
    said(Topic.INQUIRY_ASSIGNED, id + "/1");
    for (String act : List.of("rate", "reopen")) {
      act("gyeongju-agent-1", id, act, Map.of("score", 4)).expectStatus().isEqualTo(409);
    }
    act("gyeongju-agent-1", id, "resolve", Map.of("answer", "여덟 시까지입니다")).expectStatus().isOk();
    act("gyeongju-agent-2", id, "rate", Map.of("score", 6))
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.errors[0].field")
        .isEqualTo("score");

    act("gyeongju-agent-2", id, "rate", Map.of("score", 4)).expectStatus().isOk();
    assertThat(
            EventCodec.parse(
                    Event.SatisfactionRated.class,
                    said(Topic.SATISFACTION_RATED, id + "/2").value())
                .agent())
        .isEqualTo("agent-2");
    act("gyeongju-agent-2", id, "reopen", Map.of("reason", "아직 모르겠다고 합니다"))
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.state")
        .isEqualTo("at-desk");
    assertThat(
            EventCodec.parse(
                    Event.InquiryReopened.class, said(Topic.INQUIRY_REOPENED, id + "/2").value())
                .agent())
        .isEqualTo("agent-2");
    said(Topic.INQUIRY_ASSIGNED, id + "/3");
    act("gyeongju-agent-1", id, "withdraw", Map.of()).expectStatus().isOk();
    Event.InquiryResolved withdrawn =
        EventCodec.parse(
            Event.InquiryResolved.class, said(Topic.INQUIRY_RESOLVED, id + "/4").value());
    assertThat(withdrawn.how().wireName()).isEqualTo("cancelled");
    assertThat(withdrawn.who()).isEqualTo("agent-1");
    act("gyeongju-agent-2", id, "withdraw", Map.of()).expectStatus().isEqualTo(409);
    assertThat(Accesses.kindsTo(id))
        .contains(AccessKind.RATE, AccessKind.REOPEN, AccessKind.RESOLVE);

    // What the citizen said themselves is known here too.
    String other = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(other, null, "문의"));
    said(Topic.INQUIRY_ASSIGNED, other + "/1");
    act("gyeongju-agent-1", other, "resolve", Map.of("answer", "예")).expectStatus().isOk();
    publisher.sendAndWait(
        new Event.SatisfactionRated(Calls.inquiry(other, Channel.WEB, null), Calls.NOON, 2, 1));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(whole("gyeongju-agent-1", other).get("possible"))
                    .isEqualTo(List.of("correct", "reopen")));
    act("gyeongju-agent-1", other, "rate", Map.of("score", 5)).expectStatus().isEqualTo(409);
  }

  @Test
  void badRecordsGoToTheDeadLettersAndTheirNeighboursAreDecided() {
    String id = Backends.unique("gyeongju-c");
    Event.CallReceived good = Calls.written(id, null, "문의드립니다");
    int partition = EventCodec.partition(id, 6);
    String broken = Backends.unique("broken");
    Topics.shared()
        .send(
            new ProducerRecord<>(
                Topic.CALL_RECEIVED.wireName(), partition, broken, "{".getBytes(UTF_8)));
    String nowhere = Backends.unique("nowhere-c");
    publisher.sendAndWait(
        new Event.InquiryReopened(
            new Event.Inquiry(nowhere, null, "nowhere", Channel.WEB, null, null),
            Calls.NOON,
            1,
            null));
    publisher.sendAndWait(good);

    said(Topic.INQUIRY_ASSIGNED, id + "/1");
    dead(Topic.CALL_RECEIVED, broken);
    dead(Topic.INQUIRY_REOPENED, nowhere + "/1");
  }

  @Test
  void aCallFromItsRingingToItsEnd() {
    String id = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.ended(id, CallOutcome.ANSWERED, "agent-1", "roads"));
    publisher.sendAndWait(Calls.answered(id, "agent-1"));
    publisher.sendAndWait(Calls.ringing(id, null));

    Event.InquiryResolved resolved =
        EventCodec.parse(
            Event.InquiryResolved.class, said(Topic.INQUIRY_RESOLVED, id + "/2").value());
    assertThat(resolved.how().wireName()).isEqualTo("connected");
    assertThat(resolved.department()).isNull();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(list("gyeongju-agent-1"))
                    .noneMatch(it -> it.get("inquiryId").equals(id)));
  }

  @Test
  void anAgentOpensDescribesAndEscalatesByHand() {
    String key = Backends.unique("key");
    Map<String, Object> body =
        Map.of(
            "channel", "telephone",
            "subject", "가로등",
            "text", "제 주민번호는 900101-1234567 입니다",
            "contact",
                Map.of("name", "홍길동", "telephone", "010-1234-5678", "email", "hong@example.org"));
    Map<String, Object> opened = opened("gyeongju-agent-1", key, body);
    String id = (String) opened.get("inquiryId");
    assertThat(id).startsWith("gyeongju-c-").hasSize("gyeongju-c-".length() + 32);
    assertThat((String) opened.get("receiptNumber")).matches("\\d{4}-\\d{4}-\\d{4}");
    assertThat((String) opened.get("statusUrl"))
        .startsWith("http://127.0.0.1:8081/receipts/" + opened.get("receiptNumber") + "?token=");

    act(
            "gyeongju-agent-1",
            id,
            "describe",
            Map.of("category", "street-light", "text", "집 앞 가로등이 꺼졌습니다"))
        .expectStatus()
        .isOk();
    assertThat(opened("gyeongju-agent-1", key, body)).isEqualTo(opened);
    post("gyeongju-agent-1", DESK, Map.of("channel", "web", "text", "다른 내용"), key)
        .expectStatus()
        .isEqualTo(422);

    Map<String, Object> whole = whole("gyeongju-agent-2", id);
    assertThat(whole).containsEntry("state", "at-desk").containsEntry("text", "집 앞 가로등이 꺼졌습니다");
    assertThat(whole.get("contact").toString())
        .contains("홍길동", "010-1234-5678", "hong@example.org");

    act("gyeongju-agent-2", id, "escalate", Map.of("department", "roads", "reason", "가로등 고장"))
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.departmentName")
        .isEqualTo("도로과")
        .jsonPath("$.state")
        .isEqualTo("escalated")
        .jsonPath("$.dueAt")
        .isNotEmpty();
    Event.ComplaintEscalated escalated =
        EventCodec.parse(
            Event.ComplaintEscalated.class, said(Topic.COMPLAINT_ESCALATED, id + "/2").value());
    assertThat(escalated.agent()).isEqualTo("agent-2");
    assertThat(escalated.contact().telephone()).doesNotContain("5678");
    String received = new String(said(Topic.CALL_RECEIVED, id + "/0").value(), UTF_8);
    assertThat(received).contains("900101-*******").doesNotContain("1234567").doesNotContain("홍길동");

    String other =
        (String)
            opened(
                    "gyeongju-agent-1",
                    Backends.unique("key"),
                    Map.of(
                        "channel", "telephone", "contact", Map.of("telephone", "+82 10 1234 5678")))
                .get("inquiryId");
    assertThat(whole("gyeongju-agent-1", other).get("past").toString()).contains(id);
  }

  @Test
  void pastAnswersToSimilarWordsAndDepartmentsWithTheirReasonsAreSuggested() {
    String words = "첨성대 야간 조명은 몇 시에 켜집니까";
    String earlier = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(earlier, null, words));
    act("gyeongju-agent-1", earlier, "resolve", Map.of("answer", "해가 지면 켭니다. 010-1234-5678"))
        .expectStatus()
        .isOk();
    String settled = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(settled, "road-damage", "첨성대 앞 도로가 크게 패였습니다"));
    said(Topic.COMPLAINT_ESCALATED, settled + "/1");
    publisher.sendAndWait(Calls.done(settled, 1, "roads"));
    String asked = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(asked, null, "첨성대 조명 시간과 도로 패인 것을 여쭙니다"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Map<String, Object> suggested = suggested("gyeongju-agent-2", asked);
              assertThat(suggested).containsEntry("ready", true);
              assertThat((List<?>) suggested.get("answers"))
                  .first()
                  .asInstanceOf(InstanceOfAssertFactories.MAP)
                  .containsEntry("inquiryId", earlier)
                  .containsEntry("answer", "해가 지면 켭니다. (***-****)")
                  .containsEntry("times", 1)
                  .containsEntry("sameWords", List.of("첨성대", "조명"));
              assertThat((List<?>) suggested.get("departments"))
                  .anySatisfy(
                      it ->
                          assertThat(it.toString())
                              .contains("id=roads", "name=도로과", "kind=past", "count=1, of=1"));
            });
    assertThat(Accesses.to(earlier))
        .anySatisfy(
            seen -> {
              assertThat(seen.user()).isEqualTo("gyeongju-agent-2");
              assertThat(seen.what()).isEqualTo(AccessKind.LIST);
            });
    client
        .get()
        .uri(DESK + "/" + asked + "/suggestions")
        .headers(as("cheonan-agent-1"))
        .exchange()
        .expectStatus()
        .isForbidden();
    client
        .get()
        .uri(DESK + "/gyeongju-h-1/suggestions")
        .headers(as("gyeongju-agent-1"))
        .exchange()
        .expectStatus()
        .isNotFound();

    // At once, before anybody has read anew what is kept.
    publisher.sendAndWait(Calls.written(earlier, null, words).erase());
    publisher.sendAndWait(
        EventCodec.parse(
                Event.InquiryResolved.class, said(Topic.INQUIRY_RESOLVED, earlier + "/2").value())
            .erase());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(suggested("gyeongju-agent-2", asked).get("answers").toString())
                    .doesNotContain(earlier));
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void anyCaseIsFoundByNumberTelephoneNameAndWordsAsItStandsNow(CapturedOutput log) {
    String word = Backends.unique("분황사") + "탑";
    Map<String, Object> opened =
        opened(
            "gyeongju-agent-1",
            Backends.unique("key"),
            Map.of(
                "channel",
                "counter",
                "text",
                word + " 앞 벤치가 부서졌습니다. 010-9876-5432로 전화 주십시오.",
                "contact",
                Map.of("name", "남궁 바로콜", "telephone", "010-7777-" + fourDigits(word))));
    String id = String.valueOf(opened.get("inquiryId"));
    String number = String.valueOf(opened.get("receiptNumber"));
    String waits = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(waits, null, word + " 조명을 여쭙니다"));
    act("gyeongju-agent-1", id, "resolve", Map.of("answer", word + " 벤치를 고쳤습니다"))
        .expectStatus()
        .isOk();

    for (String typed : List.of(number, number.replace("-", ""), id, id.toUpperCase(Locale.ROOT))) {
      assertThat(found("gyeongju-agent-2", typed)).as(typed).containsExactly(id);
    }
    String telephone = "0107777" + fourDigits(word);
    for (String typed :
        List.of(telephone, "010-7777-" + fourDigits(word), "+82 10 7777 " + fourDigits(word))) {
      assertThat(found("gyeongju-agent-2", typed)).as(typed).containsExactly(id);
    }
    assertThat(found("gyeongju-agent-2", telephone.substring(0, 8))).as("a part").isEmpty();
    for (String typed : List.of("남궁바로콜", "남궁 바로콜 ", "남 궁 바로콜")) {
      assertThat(found("gyeongju-agent-2", typed)).as(typed).containsExactly(id);
    }
    assertThat(found("gyeongju-agent-2", "남궁")).as("a part").isEmpty();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(found("gyeongju-agent-2", word)).containsExactly(waits, id));
    assertThat(found("gyeongju-agent-2", word + " 벤치 부서진")).containsExactly(id);
    assertThat(found("gyeongju-agent-2", word + " 고치다")).as("by its answer").containsExactly(id);
    assertThat(searched("gyeongju-agent-2", word + " 벤치"))
        .containsEntry("ready", true)
        .containsEntry("more", false)
        .extractingByKey("cases", InstanceOfAssertFactories.LIST)
        .first()
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("receiptNumber", number)
        .containsEntry("state", "resolved")
        .containsEntry("waiting", false)
        .containsEntry("channel", "counter")
        .containsEntry("by", "words")
        .containsEntry("words", word + " 앞 벤치가 부서졌습니다. (***-****)로 전화 주십시오.");
    assertThat(Accesses.to(id))
        .anySatisfy(
            seen -> {
              assertThat(seen.user()).isEqualTo("gyeongju-agent-2");
              assertThat(seen.what()).isEqualTo(AccessKind.LIST);
              assertThat(seen.contact()).isFalse();
            });

    assertThat(
            post("cheonan-agent-1", "/api/v1/cities/cheonan/desk/search", Map.of("q", number), null)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody())
        .contains("\"cases\":[]");
    for (String who : List.of("cheonan-agent-1", "gyeongju-roads", "key:gyeongju")) {
      post(who, DESK + "/search", Map.of("q", number), null).expectStatus().isForbidden();
    }
    for (Map<String, String> little : List.of(Map.<String, String>of(), Map.of("q", "벤"))) {
      post("gyeongju-agent-1", DESK + "/search", little, null)
          .expectStatus()
          .isBadRequest()
          .expectBody()
          .jsonPath("$.errors[0].field")
          .isEqualTo("q");
    }
    post("gyeongju-agent-1", DESK + "/search", Map.of("q", "가".repeat(201)), null)
        .expectStatus()
        .isEqualTo(413);
    assertThat(clues("gyeongju")).contains(id).doesNotContain("바로콜", telephone);
    assertThat(log).doesNotContain("바로콜", telephone, number, word);

    erase(Topic.CALL_RECEIVED, id + "/0");
    erase(Topic.INQUIRY_RESOLVED, id + "/2");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(found("gyeongju-agent-2", telephone)).isEmpty();
              assertThat(found("gyeongju-agent-2", "남궁바로콜")).isEmpty();
              assertThat(found("gyeongju-agent-2", word)).containsExactly(waits);
            });
    assertThat(clues("gyeongju").lines().filter(it -> it.endsWith("/" + id)))
        .as("only its number leads to it")
        .singleElement()
        .satisfies(it -> assertThat(it).startsWith("gyeongju/number/"));
  }

  private static String fourDigits(String of) {
    return "%04d".formatted(Math.floorMod(of.hashCode(), 10_000));
  }

  private static void erase(Topic topic, String key) {
    Event said = EventCodec.parse(topic.record(), said(topic, key).value());
    publisher.sendAndWait(((Event.Erasable) said).erase());
  }

  /** What cases are found by, a line each. */
  private static String clues(String city) {
    MongoDatabase store = service.getBean(MongoDatabase.class);
    return Flux.from(store.getCollection("clues").find(gt("_id", city + "/")))
        .map(it -> it.getString("_id"))
        .filter(it -> !it.contains("/changed/"))
        .collect(Collectors.joining("\n"))
        .block(PATIENCE);
  }

  private static List<String> found(String who, String typed) {
    return ((List<?>) searched(who, typed).get("cases"))
        .stream().map(it -> String.valueOf(((Map<?, ?>) it).get("inquiryId"))).toList();
  }

  private static Map<String, Object> searched(String who, String typed) {
    return post(who, DESK + "/search", Map.of("q", typed), null)
        .expectStatus()
        .isOk()
        .expectBody(OBJECT)
        .returnResult()
        .getResponseBody();
  }

  private static Map<String, Object> suggested(String who, String id) {
    return client
        .get()
        .uri(DESK + "/" + id + "/suggestions")
        .headers(as(who))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(OBJECT)
        .returnResult()
        .getResponseBody();
  }

  @Test
  void pastInquiriesAboutTheSamePlaceAreShown() {
    String place = Backends.unique("분황사 옆 ");
    Map<String, Object> body =
        Map.of("channel", "counter", "text", "쓰레기통이 없습니다", "place", Map.of("address", place));
    String first =
        (String) opened("gyeongju-agent-1", Backends.unique("key"), body).get("inquiryId");
    whole("gyeongju-agent-1", first);
    String second =
        (String)
            opened(
                    "gyeongju-agent-1",
                    Backends.unique("key"),
                    Map.of(
                        "channel",
                        "counter",
                        "text",
                        "또 없습니다",
                        "place",
                        Map.of("address", "경주시 " + place)))
                .get("inquiryId");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat((List<?>) whole("gyeongju-agent-1", second).get("samePlace"))
                    .singleElement()
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("inquiryId", first));
    act(
            "gyeongju-agent-1",
            first,
            "describe",
            Map.of("place", Map.of("address", Backends.unique("다른 곳 "))))
        .expectStatus()
        .isOk();

    assertThat((List<?>) whole("gyeongju-agent-1", second).get("samePlace")).isEmpty();
  }

  @Test
  void theSecondIsToldWhoWasFirst() {
    String id = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(id, null, "문의드립니다"));
    act("gyeongju-agent-1", id, "resolve", Map.of("answer", "그렇습니다")).expectStatus().isOk();

    act("gyeongju-agent-1", id, "resolve", Map.of("answer", "그렇습니다")).expectStatus().isOk();
    act("gyeongju-agent-2", id, "escalate", Map.of("department", "roads"))
        .expectStatus()
        .isEqualTo(409)
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.firstBy")
        .isEqualTo("agent-1")
        .jsonPath("$.firstDid")
        .isEqualTo("resolve")
        .jsonPath("$.detail")
        .isEqualTo("가상담 님이 먼저 처리하였습니다.");
    assertThat(
            client
                .get()
                .uri(DESK + "/day")
                .headers(as("gyeongju-agent-1"))
                .exchange()
                .expectBody(OBJECT)
                .returnResult()
                .getResponseBody()
                .get("answered"))
        .isNotEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({
    "escalate, department, nowhere, department",
    "escalate, reason, 이유, department",
    "resolve, how, abandoned, how",
    "resolve, nothing, x, answer",
    "resolve, answer, ' ', answer",
    "describe, nothing, x, text",
    "describe, category, 900101-1234567, category",
  })
  void whatCannotBeDoneIsRefusedByField(String act, String field, String value, String wrong) {
    String id = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(id, null, "문의드립니다"));
    act("gyeongju-agent-1", id, act, Map.of(field, value))
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.errors[0].field")
        .isEqualTo(wrong)
        .jsonPath("$.errors[0].message")
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"(054) 779-8585, 201", "+82 10-1234-5678, 201", "119, 201", "'', 201", "전화, 400"})
  void theDeskTakesTheTelephonesThatIntakeTakes(String telephone, int status) {
    post(
            "gyeongju-agent-1",
            DESK,
            Map.of("channel", "telephone", "contact", Map.of("telephone", telephone)),
            null)
        .expectStatus()
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "resolve, answer, 20000",
    "describe, text, 20000",
    "describe, subject, 200",
    "escalate, reason, 20000",
  })
  void whatIsTooLongIs413AndACharacterIsOneWhateverItsCode(String act, String field, int longest) {
    String id = Backends.unique("gyeongju-c");
    publisher.sendAndWait(Calls.written(id, null, "문의드립니다"));
    Map<String, Object> body = new HashMap<>(Map.of("department", "roads"));
    body.put(field, "\uD83D\uDE00".repeat(longest) + "가");
    act("gyeongju-agent-1", id, act, body)
        .expectStatus()
        .isEqualTo(413)
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.errors[0].field")
        .isEqualTo(field);
    body.put(field, "\uD83D\uDE00".repeat(longest));
    act("gyeongju-agent-1", id, act, body).expectStatus().isOk();
  }

  @Test
  void whatIsTooLongToBeOpenedByHandIs413() {
    post(
            "gyeongju-agent-1",
            DESK,
            Map.of("channel", "counter", "text", "가".repeat(20_001), "subject", "가".repeat(201)),
            null)
        .expectStatus()
        .isEqualTo(413)
        .expectBody()
        .jsonPath("$.errors[*].field")
        .value(fields -> assertThat(fields.toString()).contains("text", "subject"))
        .jsonPath("$.errors.length()")
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, 401", "key:gyeongju, 403", "gyeongju-roads, 403", "cheonan-agent-1, 403",
    "cheonan-admin, 403", "gyeongju-agent-1, 200", "gyeongju-admin, 200", "admin, 200",
  })
  void onlyAgentsAndAdministratorsOfTheCityWorkAtItsDesk(String who, int status) {
    client.get().uri(DESK).headers(as(who)).exchange().expectStatus().isEqualTo(status);
    client
        .get()
        .uri("/gyeongju/desk")
        .accept(MediaType.TEXT_HTML, MediaType.ALL)
        .headers(as(who))
        .exchange()
        .expectStatus()
        .isEqualTo(status == 401 ? 303 : status);
    int acting = status == 200 ? 404 : status;
    post(who, DESK + "/gyeongju-h-1/resolve", Map.of("answer", "예"), null)
        .expectStatus()
        .isEqualTo(acting);
    post(who, DESK, Map.of("channel", "pigeon"), null)
        .expectStatus()
        .isEqualTo(status == 200 ? 400 : status);
  }

  @Test
  void theListComesLive() {
    String id = Backends.unique("gyeongju-c");
    var events =
        client
            .get()
            .uri(DESK + "/events")
            .accept(MediaType.TEXT_EVENT_STREAM)
            .headers(as("gyeongju-agent-1"))
            .exchange()
            .expectStatus()
            .isOk()
            .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
            .getResponseBody();

    StepVerifier.create(events.filter(it -> it.data() != null && !"beat".equals(it.event())))
        .assertNext(it -> assertThat(it.event()).isEqualTo("snapshot"))
        .then(() -> publisher.sendAndWait(Calls.written(id, null, "불이야 불이 났어요")))
        .thenConsumeWhile(it -> !it.data().contains(id))
        .assertNext(it -> assertThat(it.data()).contains("\"urgent\":true").contains("\"119\""))
        .thenCancel()
        .verify(PATIENCE);
    assertThat(list("gyeongju-agent-1").get(0)).containsEntry("urgent", true);
  }

  /** What the desk of that user is told from now on. */
  private Flux<ServerSentEvent<String>> events(String user) {
    return client
        .get()
        .uri(DESK + "/events")
        .accept(MediaType.TEXT_EVENT_STREAM)
        .headers(as(user))
        .exchange()
        .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
        .getResponseBody();
  }

  @Test
  void aCallIsToldToTheDesksAtOnceWithWhoHasIt() {
    String id = Backends.unique("gyeongju-c");
    var events = events("gyeongju-agent-1");

    StepVerifier.create(
            events.filter(
                it -> "snapshot".equals(it.event()) || String.valueOf(it.data()).contains(id)))
        .assertNext(it -> assertThat(it.event()).isEqualTo("snapshot"))
        .then(() -> publisher.sendAndWait(Calls.ringing(id, null)))
        .assertNext(it -> assertThat(it.event()).as("no agent is named yet").isNotEqualTo("call"))
        .then(() -> publisher.sendAndWait(Calls.answered(id, "agent-2")))
        .assertNext(
            it -> {
              assertThat(it.event()).isEqualTo("call");
              assertThat(it.data())
                  .isEqualTo(
                      "{\"city\":\"gyeongju\",\"inquiryId\":\""
                          + id
                          + "\",\"agent\":\"agent-2\",\"call\":\"talking\"}");
            })
        .assertNext(
            it -> assertThat(it.data()).contains("\"call\":\"talking\"", "\"agentName\":\"나친절\""))
        .thenCancel()
        .verify(PATIENCE);
  }

  @Test
  void whoSawAndDidWhatIsRecordedBeforeTheAnswer() {
    String id = Backends.unique("gyeongju-c");
    publisher.sendAndWait(
        Calls.from(Calls.written(id, null, "문의드립니다"), Backends.unique("hash"), Calls.NOON));
    said(Topic.INQUIRY_ASSIGNED, id + "/1");
    String path = DESK + "/" + id;
    client.get().uri(path).headers(as("gyeongju-agent-1")).exchange().expectStatus().isOk();
    client.get().uri(path).headers(as("gyeongju-roads")).exchange().expectStatus().isForbidden();
    assertThat(Accesses.to(id))
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.service()).isEqualTo("routing-service");
              assertThat(seen.user()).isEqualTo("gyeongju-agent-1");
              assertThat(seen.role()).isEqualTo("agent");
              assertThat(seen.address()).isEqualTo("127.0.0.1");
              assertThat(seen.what()).isEqualTo(AccessKind.CASE);
              assertThat(seen.city()).isEqualTo("gyeongju");
              assertThat(seen.contact()).isTrue();
            });

    await().atMost(PATIENCE).until(() -> list("gyeongju-agent-2").toString().contains(id));
    act("gyeongju-agent-2", id, "describe", Map.of("text", "더 적음")).expectStatus().isOk();
    act("gyeongju-agent-2", id, "resolve", Map.of("answer", "예")).expectStatus().isOk();
    act("gyeongju-agent-1", id, "resolve", Map.of("answer", "아니오")).expectStatus().isEqualTo(409);
    String byHand =
        String.valueOf(
            opened(
                    "gyeongju-agent-1",
                    Backends.unique("key"),
                    Map.of("channel", "counter", "text", "문의"))
                .get("inquiryId"));
    assertThat(Accesses.kindsTo(id))
        .containsSubsequence(
            AccessKind.CASE, AccessKind.LIST, AccessKind.DESCRIBE, AccessKind.RESOLVE)
        .containsOnlyOnce(AccessKind.RESOLVE);
    assertThat(Accesses.kindsTo(byHand)).containsOnlyOnce(AccessKind.OPEN);
    assertThat(Accesses.findings(Accesses.to(id).get(0), credentials.accessSeal())).isEmpty();
    assertThat(Accesses.to(id).toString()).doesNotContain("문의", "더 적음");
  }

  @Test
  void whoLooksAtTheListAsItChangesIsRecordedWithEachInquiryOnce() {
    String id = Backends.unique("gyeongju-c");
    var events = events("gyeongju-admin");
    StepVerifier.create(events.filter(it -> it.data() != null && it.data().contains(id)))
        .then(() -> publisher.sendAndWait(Calls.written(id, null, "문의드립니다")))
        .assertNext(
            shown ->
                assertThat(Accesses.to(id))
                    .singleElement()
                    .satisfies(
                        seen -> {
                          assertThat(seen.user()).isEqualTo("gyeongju-admin");
                          assertThat(seen.what()).isEqualTo(AccessKind.LIST);
                        }))
        .then(
            () ->
                act("gyeongju-agent-1", id, "describe", Map.of("text", "더 적음"))
                    .expectStatus()
                    .isOk())
        .expectNextCount(1)
        .thenCancel()
        .verify(PATIENCE);
    assertThat(Accesses.to(id)).filteredOn(it -> it.what() == AccessKind.LIST).hasSize(1);
  }

  @Test
  void thePageIsServedInBothLanguages() {
    String korean = page("/gyeongju/desk?lang=ko");
    assertThat(korean).contains("lang=\"ko\"").contains("상담 화면").contains("desk.js");
    assertThat(page("/gyeongju/desk?lang=en"))
        .contains("lang=\"en\"")
        .contains("Queue")
        .contains("E-mail");
    assertThat(korean.split("name=\"contact.email\"", -1)).as("in both forms").hasSize(3);
    client
        .get()
        .uri("/")
        .accept(MediaType.TEXT_HTML)
        .headers(as("gyeongju-agent-1"))
        .exchange()
        .expectStatus()
        .is3xxRedirection()
        .expectHeader()
        .location("/gyeongju/desk");
  }

  @Test
  void healthAndDoorsAreDescribed() {
    client.get().uri("/actuator/health").exchange().expectStatus().isOk();
    client
        .get()
        .uri("/v3/api-docs")
        .exchange()
        .expectBody(String.class)
        .value(it -> assertThat(it).contains("/desk/{inquiryId}/escalate"));
    assertThat(service.getBean(MongoDatabase.class).getName()).endsWith("_routing");
  }

  private static String page(String path) {
    return client
        .get()
        .uri(path)
        .accept(MediaType.TEXT_HTML)
        .headers(as("gyeongju-agent-1"))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .returnResult()
        .getResponseBody();
  }

  private static List<Map<String, Object>> list(String who) {
    return client
        .get()
        .uri(DESK)
        .headers(as(who))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(LIST)
        .returnResult()
        .getResponseBody();
  }

  private static Map<String, Object> whole(String who, String id) {
    return client
        .get()
        .uri(DESK + "/" + id)
        .headers(as(who))
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(OBJECT)
        .returnResult()
        .getResponseBody();
  }

  private static Map<String, Object> opened(String who, String key, Map<String, Object> body) {
    return post(who, DESK, body, key)
        .expectStatus()
        .isCreated()
        .expectBody(OBJECT)
        .returnResult()
        .getResponseBody();
  }

  private static WebTestClient.ResponseSpec act(
      String who, String id, String act, Map<String, ?> body) {
    return post(who, DESK + "/" + id + "/" + act, body, null);
  }

  private static WebTestClient.ResponseSpec post(
      String who, String path, Map<String, ?> body, String key) {
    return client
        .post()
        .uri(path)
        .headers(as(who))
        .headers(
            headers -> {
              if (key != null) {
                headers.set("Idempotency-Key", key);
              }
            })
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange();
  }

  private static Consumer<HttpHeaders> as(String who) {
    return headers -> {
      if (who.startsWith("key:")) {
        headers.setBearerAuth(credentials.keys().get(who.substring(4)));
      } else if (!who.equals("nobody")) {
        headers.setBasicAuth(who, credentials.person(who).orElseThrow().password(), UTF_8);
      }
    };
  }

  private static ConsumerRecord<String, byte[]> said(Topic topic, String key) {
    return keyed(topic.wireName(), key);
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void noDoorIsBroughtDownByWhatNobodyShouldSend(CapturedOutput log) {
    Event waiting = Calls.written(Backends.unique("gyeongju-c"), null, "문의드립니다");
    publisher.sendAndWait(waiting);
    await().atMost(PATIENCE).until(() -> isKnown(waiting));
    String user = "gyeongju-agent-1";
    String agent =
        EveryDoor.basic(user, String.valueOf(credentials.person(user).orElseThrow().password()));
    String port = service.getEnvironment().getRequiredProperty("local.server.port");
    EveryDoor doors =
        new EveryDoor(URI.create("http://127.0.0.1:" + port), Seed.ofTests())
            .by(path -> agent)
            .filling("inquiryId", waiting.about());

    assertThat(doors.knocked(SLOWEST_BODY)).containsKeys(200, 201, 400, 401, 404);
    doors.wasAnsweredPolitely(log);
  }

  @Test
  @EnabledIfSystemProperty(named = "barocall.bad-input", matches = "true")
  void noRecordStopsTheReaderOrHarmsItsNeighbours() {
    new BadRecords("routing-service", Calls.NOON, Seed.ofTests())
        .written(
            Stream.of(service.getEnvironment().getRequiredProperty(TOPICS).split(","))
                .map(it -> Topic.find(it).orElseThrow())
                .toList())
        .areSurvived(RoutingServiceTest::isHandled);
  }

  /** Decisions of its own leave no trace when they come back: only the position shows it. */
  private static boolean isHandled(Event event) {
    boolean isOwn = event instanceof InquiryAssigned || event instanceof ComplaintEscalated;
    return isOwn ? isRead(event.topic().wireName()) : isKnown(event);
  }

  private static boolean isRead(String topic) {
    Map<TopicPartition, Long> next =
        Handled.by(service.getBean(Admin.class), "routing-service").positions();
    return Topics.shared().readAll(topic).stream()
        .allMatch(
            it ->
                next.getOrDefault(new TopicPartition(it.topic(), it.partition()), 0L)
                    > it.offset());
  }

  private static boolean isKnown(Event event) {
    MongoDatabase store = service.getBean(MongoDatabase.class);
    var known = store.getCollection("cases").find(eq("_id", event.about())).first();
    return Awaiting.result(Mono.from(known)) != null;
  }

  private static void dead(Topic topic, String key) {
    keyed(topic.deadLetters("routing-service"), key);
  }

  private static ConsumerRecord<String, byte[]> keyed(String topic, String key) {
    // Behind the key of what was received stands a mark.
    return Topics.shared()
        .read(
            topic,
            records -> records.stream().anyMatch(it -> (it.key() + "/").startsWith(key + "/")))
        .stream()
        .filter(it -> (it.key() + "/").startsWith(key + "/"))
        .findFirst()
        .orElseThrow();
  }
}
