package barocall.analytics;

import static barocall.analytics.Inquiries.NOON;
import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.contract.Event;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import barocall.kit.events.EventPublisher;
import barocall.testkit.Backends;
import barocall.testkit.BadRecords;
import barocall.testkit.EveryDoor;
import barocall.testkit.LooksAtStoreUse;
import barocall.testkit.RestartableStore;
import barocall.testkit.Scrape;
import barocall.testkit.Seed;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import com.mongodb.event.CommandListener;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.Document;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.reactive.function.BodyInserters;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on a real broker and store: from events in topics to figures over HTTP. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Import(AnalyticsStackTest.Watched.class)
// Once a minute all that is open is compared with its facts.
@LooksAtStoreUse(readWhole = "open")
class AnalyticsStackTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final RestartableStore STORE = new RestartableStore();
  private static final Path CREDENTIALS = newCredentials();

  @LocalServerPort private int port;
  @Autowired private EventPublisher publisher;
  @Autowired private CredentialsFile credentials;
  @Autowired private MongoDatabase store;

  /**
   * Everything in the topics counts, so a broker that others have written to gives other figures.
   */
  @BeforeAll
  static void needsTopicsOfItsOwn() {
    assumeThat(Topics.shared().isUntouched("call-received"))
        .as("a broker that nobody else has written to")
        .isTrue();
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Watched {
    @Bean
    CommandListener storeUse() {
      return StoreUse.listener();
    }

    /** It is the day of the events that are told here, whenever the tests run. */
    @Bean
    @Primary
    Clock thatDay() {
      return Clock.offset(
          Clock.systemUTC(), Duration.between(Instant.now(), NOON.plus(Duration.ofHours(1))));
    }
  }

  @DynamicPropertySource
  static void backends(DynamicPropertyRegistry settings) {
    settings.add("KAFKA_BOOTSTRAP_SERVERS", Backends::bootstrapServers);
    settings.add("MONGODB_URI", STORE::uri);
    settings.add("barocall.store.prefix", () -> StoreUse.prefix("analytics"));
    settings.add("barocall.credentials", CREDENTIALS::toString);
    settings.add("barocall.cities", () -> "../cities");
    settings.add("barocall.metrics.every", () -> "200ms");
    settings.add("barocall.web.slowest-body", () -> "8s");
  }

  @Test
  @Order(1)
  void everyLifeIsCountedWhateverItsOrder() {
    List<InquiryEvent> events = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      events.addAll(Inquiries.answeredCall("gyeongju-a" + i, NOON.plusSeconds(i)));
      events.addAll(Inquiries.abandonedCall("gyeongju-b" + i, NOON.plusSeconds(i)));
      events.addAll(Inquiries.complaint("gyeongju-c" + i, NOON.plusSeconds(i)).subList(0, 3));
    }
    Collections.shuffle(events, new Random(1));
    publisher.sendAll(events).block();
    Map<String, Integer> expected =
        Map.of(
            "received",
            60,
            "resolved",
            20,
            "resolvedAtFirstContact",
            20,
            "escalated",
            20,
            "open",
            20,
            "abandoned",
            20,
            "sinceOpening",
            93_145 + 20,
            "writtenSinceBaseline",
            20);
    awaitTotals(expected);
    assertThat(totals().get("overdue").asInt()).isZero();
  }

  @Test
  @Order(2)
  void deliveredAgainChangesNothing() {
    List<Event> again = new ArrayList<>(Inquiries.answeredCall("gyeongju-a0", NOON));
    again.addAll(Inquiries.complaint("gyeongju-c0", NOON).subList(0, 3));
    publisher.sendAll(again).block();
    publisher.sendAll(Inquiries.answeredCall("gyeongju-marker", NOON)).block();
    awaitTotals(Map.of("received", 61, "resolved", 21, "escalated", 20, "open", 20));
  }

  @Test
  @Order(2)
  void whatIsOpenAndHowFarItIsBehindCanBeScraped() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Scrape now = scrape();
              assertThat(now.find("barocall_inquiries_open", "city=\"gyeongju\""))
                  .hasValue(totals().get("open").asDouble());
              assertThat(now.find("barocall_inquiries_overdue", "city=\"gyeongju\"")).hasValue(0);
              for (String group : List.of("analytics-service", "analytics-service-history")) {
                assertThat(now.find("barocall_consumer_lag_records", "group=\"" + group + "\""))
                    .hasValue(0);
              }
            });
  }

  @Test
  @Order(3)
  void aBadRecordGoesToTheDeadLettersAndItsNeighboursCount() {
    Topics.shared().send("call-received", "nonsense", "{".getBytes(StandardCharsets.UTF_8));
    ProducerRecord<String, byte[]> foreign =
        EventCodec.encode(
            new Event.AgentStateChanged(
                "atlantis", "agent-1", NOON, barocall.contract.AgentState.BREAK, null),
            "x",
            6);
    Topics.shared().send(foreign);
    publisher.send(Inquiries.answeredCall("gyeongju-neighbour", NOON).get(0)).block();
    awaitTotals(Map.of("received", 62, "open", 21));
    String dead = Topic.CALL_RECEIVED.deadLetters("analytics-service");
    assertThat(Topics.shared().read(dead, records -> !records.isEmpty()))
        .anySatisfy(
            record -> assertThat(record.value()).isEqualTo("{".getBytes(StandardCharsets.UTF_8)));
    assertThat(
            Topics.shared()
                .read(
                    Topic.AGENT_STATE_CHANGED.deadLetters("analytics-service"),
                    records -> !records.isEmpty()))
        .hasSize(1);
  }

  @Test
  @Order(4)
  void countingWaitsWhileTheStoreIsAwayAndLosesNothing() {
    await().atMost(SOON).until(() -> probe("readiness").get("status").asString().equals("UP"));
    STORE.stop();
    publisher.sendAll(Inquiries.answeredCall("gyeongju-meanwhile", NOON)).block();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode answer = probe("readiness");
              assertThat(answer.get("status").asString()).isEqualTo("DOWN");
              JsonNode parts = answer.get("components");
              assertThat(parts.at("/store/details/why").asString())
                  .isEqualTo("the store does not answer");
              assertThat(parts.at("/broker/status").asString()).isEqualTo("UP");
            });
    assertThat(probe("liveness").get("status").asString()).isEqualTo("UP");
    STORE.start();
    await().atMost(SOON).until(() -> probe("readiness").get("status").asString().equals("UP"));
    awaitTotals(Map.of("received", 63, "resolved", 22, "open", 21));
  }

  @Test
  @Order(5)
  void pastInquiriesCountAtTheirOwnTimesAndALaterExportAddsWhatIsNew() {
    List<InquiryEvent> history =
        Inquiries.history("gyeongju-h-1", NOON.minus(Duration.ofDays(400)));
    publisher.send(history.get(0)).block();
    awaitTotals(Map.of("received", 64, "resolved", 22, "escalated", 21, "open", 22));
    publisher.send(history.get(1)).block();
    publisher.send(history.get(1)).block();
    awaitTotals(Map.of("received", 64, "resolved", 23, "escalated", 21, "open", 21));
    // One second before the day after the baseline's date begins: it is in the baseline.
    publisher
        .send(Inquiries.history("gyeongju-h-2", Instant.parse("2013-06-07T14:59:59Z")).get(0))
        .block();
    awaitTotals(Map.of("received", 65, "open", 22, "writtenSinceBaseline", 21));
    JsonNode rows =
        get("/api/v1/cities/gyeongju/metrics?from=2025-10-20&to=2025-10-23&step=day&by=department")
            .get("rows");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).get("from").asString()).isEqualTo("2025-10-20T00:00:00+09:00");
    assertThat(rows.get(0).get("department").asString()).isEqualTo("BOS");
    assertThat(rows.get(0).get("escalated").asInt()).isEqualTo(1);
    assertThat(rows.get(1).get("resolved").asInt()).isEqualTo(1);
    assertThat(rows.get(0).has("received")).isFalse();
  }

  @Test
  @Order(6)
  void rowsOfMinutesHoursDaysAndMonthsAgree() {
    for (String question :
        List.of(
            "from=2026-11-24T11:00&to=2026-11-24T14:00&step=minute",
            "from=2026-11-24T11:00&to=2026-11-24T14:00&step=hour",
            "from=2026-11-24&to=2026-11-25&step=day",
            "from=2026-11-01&to=2026-12-01&step=month")) {
      for (String by : List.of("", "&by=channel", "&by=category")) {
        long received = 0;
        for (JsonNode row : get("/api/v1/cities/gyeongju/metrics?" + question + by).get("rows")) {
          received += row.get("received").asLong();
        }
        assertThat(received).as(question + by).isEqualTo(63);
      }
    }
  }

  @Test
  @Order(7)
  void figuresAreForTheCitysAdministratorsAlone() {
    String path = "/api/v1/cities/gyeongju/totals";
    anyone().get().uri(path).exchange().expectStatus().isUnauthorized();
    person("gyeongju-agent-1").get().uri(path).exchange().expectStatus().isForbidden();
    person("gyeongju-roads").get().uri(path).exchange().expectStatus().isForbidden();
    person("cheonan-admin").get().uri(path).exchange().expectStatus().isForbidden();
    person("admin").get().uri(path).exchange().expectStatus().isOk();
    person("admin")
        .get()
        .uri("/api/v1/cities/atlantis/totals")
        .exchange()
        .expectStatus()
        .isNotFound();
  }

  @Test
  @Order(8)
  void badQuestionsAreToldFieldByField() {
    person("admin")
        .get()
        .uri("/api/v1/cities/gyeongju/metrics?from=yesterday&to=2026-01-01&step=week&by=weather")
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectHeader()
        .contentTypeCompatibleWith("application/problem+json")
        .expectBody()
        .jsonPath("$.errors.length()")
        .isEqualTo(3)
        .jsonPath("$.errors[0].message")
        .isEqualTo("다음 가운데 하나여야 합니다: minute, hour, day, month");
    String tooMany = "/api/v1/cities/gyeongju/metrics?from=2026-01-01&to=2027-01-01&step=minute";
    assertThat(refused(tooMany)).contains("한 번에 100000개가 넘는 구간");
    assertThat(refused(tooMany + "&lang=en")).contains("more than 100000 buckets");
  }

  private String refused(String path) {
    return String.valueOf(
        person("gyeongju-admin")
            .get()
            .uri(path)
            .exchange()
            .expectStatus()
            .isBadRequest()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody());
  }

  @Test
  @Order(9)
  void rowsComeAsCommaSeparatedValuesToo() {
    String csv =
        person("gyeongju-admin")
            .get()
            .uri("/api/v1/cities/gyeongju/metrics?from=2026-11-24&to=2026-11-25&by=channel")
            .header("Accept", "text/csv")
            .exchange()
            .expectStatus()
            .isOk()
            .expectHeader()
            .contentType("text/csv;charset=UTF-8")
            .expectBody(String.class)
            .returnResult()
            .getResponseBody();
    assertThat(csv)
        .startsWith("from,channel,channelName,received,resolved,")
        .contains("2026-11-24T00:00:00+09:00,telephone,,43,");
  }

  @Test
  @Order(10)
  void figuresComeWithDefinitionsInTheLanguageAskedFor() {
    JsonNode figures =
        get("/api/v1/cities/gyeongju/figures?from=2026-11-24&to=2026-11-25").get("figures");
    JsonNode rate = figure(figures, "responseRate");
    assertThat(rate.get("name").asString()).isEqualTo("응답률");
    assertThat(rate.get("unit").asString()).isEqualTo("percent");
    assertThat(rate.get("value").asDouble()).isEqualTo(51.2);
    assertThat(rate.get("n").asInt()).isEqualTo(43);
    JsonNode satisfaction = figure(figures, "satisfaction");
    assertThat(satisfaction.get("value").isNull()).isTrue();
    assertThat(satisfaction.get("note").asString()).contains("5건 미만");
    assertThat(figure(figures, "received").get("value").asInt()).isEqualTo(63);
    JsonNode english =
        get("/api/v1/cities/gyeongju/figures?from=2026-11-24&to=2026-11-25&lang=en").get("figures");
    assertThat(figure(english, "serviceLevelAnswered").get("name").asString())
        .contains("answered rule");
    person("gyeongju-admin")
        .get()
        .uri("/api/v1/cities/gyeongju/figures?from=2026-11-25&to=2026-11-24")
        .exchange()
        .expectStatus()
        .isBadRequest();
  }

  @Test
  @Order(10)
  void whoComesBackWithinAWeekCountsAgainstTheOneRateAndNotTheOther() {
    List<InquiryEvent> repeated = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      repeated.add(Inquiries.repeated("gyeongju-a" + i, NOON.plusSeconds(i), 2));
    }
    publisher.sendAll(repeated).block();
    publisher.sendAll(repeated).block();
    String path = "/api/v1/cities/gyeongju/figures?from=2026-11-24&to=2026-11-25";
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode rate = rate(path, "firstContactRate7Days");
              assertThat(rate.get("value").asDouble()).isEqualTo(77.3);
              assertThat(rate.get("n").asInt()).isEqualTo(22);
            });
    JsonNode target = rate(path, "firstContactRate7Days").get("target");
    assertThat(target.get("value").asInt()).isEqualTo(65);
    assertThat(target.get("verdict").asString()).isEqualTo("met");
    JsonNode simple = rate(path, "firstContactRate");
    assertThat(simple.get("value").asDouble()).isEqualTo(100);
    assertThat(simple.get("n").asInt()).isEqualTo(22);
    JsonNode korean = rate(path, "firstContactRate7Days");
    assertThat(korean.get("definition").asString()).contains("7일 안에");
    assertThat(korean.get("note").asString()).contains("과거 자료");
    assertThat(rate(path + "&lang=en", "firstContactRate7Days").get("note").asString())
        .contains("imported past records");
    assertThat(totals().get("resolvedAtFirstContact").asInt()).isEqualTo(22);
    JsonNode byAgent =
        get("/api/v1/cities/gyeongju/metrics?from=2026-11-24&to=2026-11-25&by=agent").get("rows");
    assertThat(byAgent.get(0).get("solvedByAgent").asInt()).isEqualTo(22);
    assertThat(byAgent.get(0).get("repeatedSoon").asInt()).isEqualTo(5);
  }

  private JsonNode rate(String path, String id) {
    return figure(get(path).get("figures"), id);
  }

  @Test
  @Order(11)
  void theAdministratorsPageCanBeReadBeforeItsScriptRuns() {
    assertThat(page("gyeongju-admin", "/gyeongju"))
        .contains(
            "경주시 현황판", "오늘 인입", "자체처리율", "7일 재문의 제외 · 단순 100%", "호전환 · 부서 이관", "도로과", "사례가 5건 미만")
        .contains("data-stream=\"/api/v1/cities/gyeongju/live\"", "echarts.common.min.js")
        .containsPattern("data-figure=\"sinceOpening\">93,1[0-9]{2}<")
        .containsPattern("data-figure=\"writtenSinceBaseline\">[0-9]{2}<")
        .contains("자동 답변 0건", "목표 달성 (2:00 이내)", "목표 95% 이상 · 사례가 5건 미만")
        .contains("badge-target-missed\" data-target=\"responseRate\"")
        .contains("badge-target-few\" data-target=\"onTimeRate\"")
        .doesNotContain("??", "<script>", "style=");
    assertThat(page("gyeongju-admin", "/gyeongju?lang=en"))
        .contains("Gyeongju right now", "Response rate", "Fewer than 5 cases", "Roads")
        .doesNotContain("??");
    assertThat(page("gyeongju-admin", "/gyeongju?wall"))
        .contains("data-theme=\"dark\"", "class=\"wall ");
  }

  @Test
  @Order(12)
  void everyoneIsLedToTheirOwnCityAndNobodyElsewhere() {
    person("gyeongju-admin")
        .get()
        .uri("/")
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .is3xxRedirection()
        .expectHeader()
        .valueEquals("Location", "/gyeongju");
    person("admin")
        .get()
        .uri("/?city=cheonan")
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectHeader()
        .valueEquals("Location", "/cheonan");
    assertThat(page("admin", "/")).contains("경주시", "/cheonan", "/newyork").doesNotContain("??");
    for (String path :
        List.of(
            "/gyeongju",
            "/gyeongju/people",
            "/gyeongju/people/person?user=gyeongju-roads",
            "/gyeongju/configuration",
            "/gyeongju/journal",
            "/gyeongju/journal.csv",
            "/gyeongju/journal.xlsx")) {
      for (String other : List.of("cheonan-admin", "gyeongju-agent-1", "gyeongju-roads")) {
        person(other)
            .get()
            .uri(path)
            .accept(MediaType.TEXT_HTML)
            .exchange()
            .expectStatus()
            .isForbidden();
      }
      anyone()
          .get()
          .uri(path)
          .accept(MediaType.TEXT_HTML)
          .exchange()
          .expectStatus()
          .is3xxRedirection();
    }
    person("admin")
        .get()
        .uri("/atlantis")
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .isNotFound();
  }

  @Test
  @Order(13)
  void theJournalComparesAPeriodWithTheOneBefore() {
    assertThat(page("gyeongju-admin", "/gyeongju/journal?range=week&date=2026-11-25&by=department"))
        .contains("2026. 11. 23.(월)", "2026. 11. 29.(일)", "응답률", "51.2%", "도로과", "사례가 5건 미만")
        .contains("자체처리율 (7일 재문의 제외)", "77.3%", "자체처리율 (단순)", "100%")
        .contains("목표 미달 (95% 이상)", "목표 달성 (65% 이상)", "목표 85% 이상 · 사례가 5건 미만")
        .contains("range=week&amp;date=2026-11-16", "journal.csv?range=week", "&amp;excel")
        .doesNotContain("??");
    assertThat(page("gyeongju-admin", "/gyeongju/journal?range=month&date=2026-11-02&lang=en"))
        .contains("Key figures", "By Channel", "Telephone")
        .doesNotContain("??");
    person("gyeongju-admin")
        .get()
        .uri("/gyeongju/journal?date=yesterday")
        .exchange()
        .expectStatus()
        .isBadRequest();
  }

  @Test
  @Order(14)
  void theJournalsFileOpensInExcel() {
    String path = "/gyeongju/journal.csv?range=day&date=2026-11-24&by=channel";
    byte[] plain = file(path);
    byte[] excel = file(path + "&excel");
    assertThat(new String(plain, StandardCharsets.UTF_8))
        .startsWith("from,channel,channelName,received,")
        .contains("2026-11-24T12:00:00+09:00,telephone,,43,");
    assertThat(excel).startsWith(0xEF, 0xBB, 0xBF);
    assertThat(excel).hasSize(plain.length + 3);
  }

  @Test
  @Order(14)
  void theJournalsWorkbookHasItsTables() throws IOException {
    byte[] file =
        file(
            "/gyeongju/journal.xlsx?range=day&date=2026-11-24&by=channel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
      assertThat(workbook.getSheets().map(Sheet::getName))
          .startsWith("이 파일", "주요 수치", "접수 경로별")
          .endsWith("시간별 흐름");
      List<Row> figures = workbook.getSheet(1).orElseThrow().read();
      Row rate =
          figures.stream()
              .filter(row -> row.getCellText(0).equals("자체처리율 (7일 재문의 제외)"))
              .findFirst()
              .orElseThrow();
      assertThat(rate.getCell(1).asNumber()).isEqualByComparingTo("0.773");
      assertThat(rate.getCell(2).asNumber()).isEqualByComparingTo("0.65");
      assertThat(rate.getCellText(3)).isEqualTo("목표 달성");
      assertThat(rate.getCellText(4)).isEqualTo("사례가 5건 미만");
      List<Row> course =
          workbook.getSheets().toList().get(workbook.getSheets().toList().size() - 1).read();
      assertThat(course.get(1).getCell(0).asDate())
          .isEqualTo(LocalDateTime.parse("2026-11-24T12:00"));
      assertThat(course.get(1).getCell(1).asNumber())
          .isGreaterThanOrEqualTo(BigDecimal.valueOf(60));
    }
  }

  @Test
  @Order(15)
  void theLivePictureComesAtOnceAndAgainWhenSomethingHappened() {
    List<JsonNode> pictures = new CopyOnWriteArrayList<>();
    Disposable stream =
        person("gyeongju-admin")
            .get()
            .uri("/api/v1/cities/gyeongju/live")
            .accept(MediaType.TEXT_EVENT_STREAM)
            .exchange()
            .expectStatus()
            .isOk()
            .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
            .getResponseBody()
            .filter(event -> "picture".equals(event.event()))
            .map(event -> JSON.readTree(String.valueOf(event.data())))
            .subscribe(pictures::add);
    try {
      await().atMost(Duration.ofSeconds(90)).until(() -> !pictures.isEmpty());
      long before = pictures.get(0).get("open").asLong();
      publisher
          .send(Inquiries.answeredCall("gyeongju-live", NOON.plusSeconds(9_000)).get(0))
          .block();
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () -> {
                JsonNode last = pictures.get(pictures.size() - 1);
                assertThat(last.get("open").asLong()).isEqualTo(before + 1);
                assertThat(last.get("events"))
                    .anySatisfy(
                        event -> {
                          assertThat(event.get("id").asString()).contains("gyeongju-live");
                          assertThat(event.get("text").get("ko").asString())
                              .isEqualTo("전화 접수 · 여권");
                          assertThat(event.get("text").get("en").asString())
                              .isEqualTo("New by Telephone · Passport");
                        });
              });
    } finally {
      stream.dispose();
    }
  }

  @Test
  @Order(16)
  void howeverManyWatchEachThingIsReadOnceASecond() {
    int viewers = 25;
    Set<Integer> served = ConcurrentHashMap.newKeySet();
    Disposable.Composite streams = Disposables.composite();
    try {
      for (int i = 0; i < viewers; i++) {
        int viewer = i;
        streams.add(
            person("gyeongju-admin")
                .get()
                .uri("/api/v1/cities/gyeongju/live")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody()
                .subscribe(event -> served.add(viewer)));
      }
      await().atMost(Duration.ofSeconds(90)).until(() -> served.size() == viewers);
      long began = System.nanoTime();
      Map<String, Long> before = finds();
      // Nothing but a picture asks for the agents' states, and each does once.
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> StoreUse.finds("agents") >= before.get("agents") + 8);
      Map<String, Long> after = finds();
      long pictures = after.get("agents") - before.get("agents");
      // Hours and day of today and the total; what lies before the baseline now and then.
      assertThat(after.get("rollups") - before.get("rollups"))
          .isLessThanOrEqualTo(3 * pictures + 8);
      // The gauges of what is open ask too, once a second at most for each of the four cities.
      long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 2;
      assertThat(after.get("open") - before.get("open"))
          .isLessThanOrEqualTo(pictures + 4 * seconds);
      assertThat(after.get("recent") - before.get("recent")).isLessThanOrEqualTo(pictures + 1);
    } finally {
      streams.dispose();
    }
  }

  @Test
  @Order(17)
  void theJournalHoldsEachDepartmentToItsTarget() {
    List<InquiryEvent> events = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      // Parks ends it within the day that it has; what roads was given two days ago it still holds.
      events.addAll(
          Inquiries.complaint("gyeongju-on-time" + i, NOON.minusSeconds(1_000)).subList(0, 7));
      events.addAll(
          Inquiries.complaint("gyeongju-overdue" + i, NOON.minus(Duration.ofDays(2)))
              .subList(0, 3));
    }
    publisher.sendAll(events).block();
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        page("gyeongju-admin", "/gyeongju/journal?date=2026-11-24")
                            .replaceAll("<[^>]*>|\\s+", " ")
                            .replaceAll(" +", " "))
                    .contains("부서별 기한 내 처리")
                    .contains("도로과 0 0 5 0% 목표 미달 (95% 이상) 도시공원과 5 0 0 100% 목표 달성 (95% 이상)"));
  }

  @Test
  @Order(18)
  void theConfigurationShowsWhatTheFileSays() {
    assertThat(page("gyeongju-admin", "/gyeongju/configuration"))
        .contains("경주시 설정", "gyeongju.yml", "054-779-8585", "054-779-6114 (옛 번호)")
        .contains("08:30–18:30", "09:00–12:00, 13:00–18:00", "공휴일에는 쉽니다")
        .contains("고충민원", "7일", "민원처리법 시행령 제17조")
        .contains("roads@gyeongju.example", "도로과에 이관 (고충민원, 긴급)")
        .contains("95% 이상", "기한 내 처리율 · 건축허가과")
        .contains("살펴볼 것", "분류 &quot;기타&quot;에는 맡는 부서도 규칙도 없습니다.")
        .doesNotContain("??", "적용 전");
    assertThat(page("gyeongju-admin", "/gyeongju/configuration?lang=en"))
        .contains("Configuration of Gyeongju", "Doubtful", "Escalates to Roads")
        .doesNotContain("??");
    for (String city : List.of("cheonan", "losangeles", "newyork")) {
      assertThat(page("admin", "/" + city + "/configuration")).doesNotContain("??");
    }
  }

  @Test
  @Order(19)
  void anAdministratorLooksAfterThePeople() {
    String page =
        posted(
            "/gyeongju/people",
            Map.of("user", "hana", "name", "<b>김하나", "post", "department:roads"));
    assertThat(page).contains("&lt;b&gt;김하나 님의 새 비밀번호", "지금만 보이며").doesNotContain("??");
    String first = secret(page);
    assertThat(credentials.read().person("hana").orElseThrow().password()).isNull();
    assertThat(mayLogIn("hana", first)).isTrue();
    assertThat(page("gyeongju-admin", "/gyeongju/people"))
        .contains("hana", "도로과", "사용 중")
        .doesNotContain(first, "??");

    String second = secret(posted("/gyeongju/people/person/password", Map.of("user", "hana")));
    assertThat(mayLogIn("hana", first)).isFalse();
    assertThat(mayLogIn("hana", second)).isTrue();

    redirected("/gyeongju/people/person", Map.of("user", "hana", "name", "김하나", "post", "admin"));
    redirected("/gyeongju/people/person/off", Map.of("user", "hana"));
    assertThat(mayLogIn("hana", second)).isFalse();
    assertThat(page("gyeongju-admin", "/gyeongju/people/person?user=hana&lang=en"))
        .contains("Shut off", "Let in again")
        .doesNotContain("??");
    redirected("/gyeongju/people/person/on", Map.of("user", "hana"));
    assertThat(mayLogIn("hana", second)).isTrue();

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        Topics.shared().readAll(Topic.ACCOUNT_RECORDED.wireName()).stream()
                            .map(it -> EventCodec.decode(it.topic(), it.headers(), it.value()))
                            .map(Event.AccountRecorded.class::cast)
                            .filter(it -> "hana".equals(it.account()))
                            .map(
                                it ->
                                    "%s %s %s %s"
                                        .formatted(
                                            it.user(), it.what().wireName(), it.city(), it.note())))
                    .containsExactly(
                        "gyeongju-admin add-person gyeongju department:roads",
                        "gyeongju-admin change-password gyeongju null",
                        "gyeongju-admin add-person gyeongju department:roads -> admin",
                        "gyeongju-admin disable-person gyeongju null",
                        "gyeongju-admin enable-person gyeongju null"));
  }

  @Test
  @Order(20)
  void nobodyReachesPeopleOfOthersOrShutsThemselvesOff() {
    for (String other : List.of("cheonan-admin", "admin")) {
      for (String act : List.of("/password", "/off", "")) {
        assertThat(post("gyeongju-admin", "/gyeongju/people/person" + act, Map.of("user", other)))
            .isEqualTo(404);
      }
    }
    for (String other : List.of("cheonan-admin", "gyeongju-agent-1", "gyeongju-roads")) {
      assertThat(post(other, "/gyeongju/people", Map.of("user", "x"))).isEqualTo(403);
      assertThat(post(other, "/gyeongju/people/person/off", Map.of("user", "gyeongju-roads")))
          .isEqualTo(403);
    }
    assertThat(
            post("gyeongju-admin", "/gyeongju/people/person/off", Map.of("user", "gyeongju-admin")))
        .isEqualTo(409);
    assertThat(credentials.read().person("gyeongju-admin").orElseThrow().disabled()).isFalse();
    assertThat(
            post(
                "gyeongju-admin",
                "/gyeongju/people",
                Map.of("user", "Bad User", "name", "가", "post", "admin")))
        .isEqualTo(400);
  }

  @Test
  @Order(21)
  void aForgedFormChangesNobody() {
    String password =
        String.valueOf(credentials.current().person("gyeongju-admin").orElseThrow().password());
    String token = cookie(anyone().get().uri("/login").exchange(), "XSRF-TOKEN");
    String session =
        cookie(
            anyone()
                .post()
                .uri("/login")
                .cookie("XSRF-TOKEN", token)
                .header("X-XSRF-TOKEN", token)
                .body(form(Map.of("user", "gyeongju-admin", "password", password)))
                .exchange(),
            "barocall_session");
    WebTestClient browser =
        anyone()
            .mutate()
            .defaultCookie("barocall_session", session)
            .defaultCookie("XSRF-TOKEN", token)
            .build();
    Map<String, String> roads = Map.of("user", "gyeongju-roads");
    browser
        .post()
        .uri("/gyeongju/people/person/off")
        .body(form(roads))
        .exchange()
        .expectStatus()
        .isForbidden();
    assertThat(credentials.read().person("gyeongju-roads").orElseThrow().disabled()).isFalse();
    browser
        .post()
        .uri("/gyeongju/people/person/off")
        .header("X-XSRF-TOKEN", token)
        .body(form(roads))
        .exchange()
        .expectStatus()
        .is3xxRedirection();
    assertThat(credentials.read().person("gyeongju-roads").orElseThrow().disabled()).isTrue();
    redirected("/gyeongju/people/person/on", roads);
  }

  private static String cookie(WebTestClient.ResponseSpec answer, String name) {
    ResponseCookie cookie = answer.returnResult(Void.class).getResponseCookies().getFirst(name);
    assertThat(cookie).as(name).isNotNull();
    return String.valueOf(cookie == null ? null : cookie.getValue());
  }

  private static BodyInserters.FormInserter<String> form(Map<String, String> fields) {
    LinkedMultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    fields.forEach(form::add);
    return BodyInserters.fromFormData(form);
  }

  private String posted(String path, Map<String, String> fields) {
    return String.valueOf(
        person("gyeongju-admin")
            .post()
            .uri(path)
            .accept(MediaType.TEXT_HTML)
            .body(form(fields))
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody());
  }

  private void redirected(String path, Map<String, String> fields) {
    assertThat(post("gyeongju-admin", path, fields)).isEqualTo(303);
  }

  private int post(String user, String path, Map<String, String> fields) {
    return person(user)
        .post()
        .uri(path)
        .accept(MediaType.TEXT_HTML)
        .body(form(fields))
        .exchange()
        .returnResult(Void.class)
        .getStatus()
        .value();
  }

  private static String secret(String page) {
    Matcher secret = Pattern.compile("data-secret(?:=\"\")?>([a-z0-9-]{19})<").matcher(page);
    assertThat(secret.find()).isTrue();
    return secret.group(1);
  }

  /** Whoever may come in is told that they have no business there; whoever may not, to log in. */
  private boolean mayLogIn(String user, String password) {
    int status =
        anyone()
            .get()
            .uri("/api/v1/cities/cheonan/totals")
            .headers(headers -> headers.setBasicAuth(user, password))
            .exchange()
            .returnResult(Void.class)
            .getStatus()
            .value();
    assertThat(status).isIn(401, 403);
    return status == 403;
  }

  private static Map<String, Long> finds() {
    return Stream.of("agents", "rollups", "open", "recent")
        .collect(Collectors.toMap(Function.identity(), StoreUse::finds));
  }

  private static JsonNode figure(JsonNode figures, String id) {
    for (JsonNode figure : figures) {
      if (figure.get("id").asString().equals(id)) {
        return figure;
      }
    }
    throw new AssertionError("There is no figure " + id);
  }

  private String page(String user, String path) {
    return String.valueOf(
        person(user)
            .get()
            .uri(path)
            .accept(MediaType.TEXT_HTML)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody());
  }

  private byte[] file(String path) {
    return file(path, "text/csv;charset=UTF-8");
  }

  private byte[] file(String path, String type) {
    byte[] body =
        person("gyeongju-admin")
            .get()
            .uri(path)
            .exchange()
            .expectStatus()
            .isOk()
            .expectHeader()
            .contentType(type)
            .expectBody()
            .returnResult()
            .getResponseBody();
    return body == null ? new byte[0] : body;
  }

  private void awaitTotals(Map<String, Integer> expected) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              JsonNode totals = totals();
              expected.forEach(
                  (name, value) -> assertThat(totals.get(name).asInt()).as(name).isEqualTo(value));
            });
  }

  private JsonNode totals() {
    return get("/api/v1/cities/gyeongju/totals");
  }

  private JsonNode get(String path) {
    byte[] body =
        person("gyeongju-admin")
            .get()
            .uri(path)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBody();
    return JSON.readTree(body);
  }

  private Scrape scrape() {
    return new Scrape(
        anyone()
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

  private JsonNode probe(String which) {
    return JSON.readTree(
        anyone()
            .get()
            .uri("/actuator/health/" + which)
            .exchange()
            .expectBody()
            .returnResult()
            .getResponseBody());
  }

  /** After all that counts to the last inquiry, for what it writes counts too. */
  @Test
  @Order(100)
  @EnabledIfSystemProperty(named = "barocall.bad-input", matches = "true")
  void noRecordStopsTheReadersOrHarmsItsNeighbours() {
    new BadRecords("analytics-service", NOON, Seed.ofTests())
        .written(
            Stream.of(Topic.values())
                .filter(topic -> topic != Topic.ACCESS_RECORDED && topic != Topic.ACCOUNT_RECORDED)
                .toList())
        .areSurvived(this::isCounted);
  }

  /** Of what an agent writes down no figure tells: only the position shows that it was read. */
  private boolean isCounted(Event event) {
    if (event instanceof Event.InquiryDescribed) {
      return Topics.shared().readAll(event.topic().wireName()).stream()
          .allMatch(it -> position(it.topic() + "-" + it.partition()) > it.offset());
    }
    return found("inquiries", event.about()) != null;
  }

  private long position(String partition) {
    Document position = found("positions", partition);
    return position == null ? 0 : ((Number) position.get("next")).longValue();
  }

  private @Nullable Document found(String collection, String id) {
    return Mono.from(store.getCollection(collection).find(eq("_id", id)).first()).block(SOON);
  }

  @Test
  @Order(101)
  @EnabledIfSystemProperty(named = "barocall.bad-input", matches = "true")
  @ExtendWith(OutputCaptureExtension.class)
  void noDoorIsBroughtDownByWhatNobodyShouldSend(CapturedOutput log) {
    String user = "gyeongju-admin";
    String admin =
        EveryDoor.basic(
            user, String.valueOf(credentials.current().person(user).orElseThrow().password()));
    EveryDoor doors =
        new EveryDoor(URI.create("http://127.0.0.1:" + port), Seed.ofTests())
            .by(path -> admin)
            .filling("from", "2026-11-01")
            .filling("to", "2026-11-30")
            .filling("step", "day");

    assertThat(doors.knocked(null)).containsKeys(200, 400, 401, 404);
    doors.wasAnsweredPolitely(log);
  }

  private WebTestClient person(String user) {
    String password = credentials.current().person(user).orElseThrow().password();
    return anyone()
        .mutate()
        .defaultHeaders(headers -> headers.setBasicAuth(user, password))
        .build();
  }

  private WebTestClient anyone() {
    return WebTestClient.bindToServer()
        .baseUrl("http://127.0.0.1:" + port)
        .responseTimeout(Duration.ofSeconds(90))
        .build();
  }

  private static Path newCredentials() {
    try {
      Path path = Files.createTempDirectory("barocall-analytics-").resolve("credentials.json");
      new CredentialsFile(path)
          .change(
              none ->
                  Credentials.generate(
                      List.of(
                          new Office(
                              "gyeongju",
                              List.of(new Office.Seat("agent-1", "김상담")),
                              List.of(new Office.Seat("roads", "도로과"))),
                          new Office("cheonan", List.of(), List.of())),
                      new SecureRandom()));
      return path;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
