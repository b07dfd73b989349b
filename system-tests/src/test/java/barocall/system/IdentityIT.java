package barocall.system;

import static barocall.system.CityDoors.fresh;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.CityDoors.Accepted;
import barocall.system.Doors.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What citizens let slip and how to reach them: planted everywhere, and looked for everywhere. */
@OnTheSuite
class IdentityIT {
  private static final int CHUNK = 4 << 20;
  private static final int OVERLAP = 4 << 10;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> CHANNELS =
      List.of("web", "mobile", "sms", "fax", "email", "counter", "crew", "open311", "other");

  /** Of when the test began: midnight may come meanwhile. */
  private final LocalDate today = LocalDate.now(ZoneId.of("UTC"));

  private final Suite suite;
  private final CityDoors gyeongju;

  IdentityIT(Suite suite) {
    this.suite = suite;
    this.gyeongju = suite.city("gyeongju");
  }

  @Test
  void identityNumbersAreNowhereAndContactsOnlyInWhatIsSentToThem() throws IOException {
    String date = "870623";
    String secret = "1" + digits(6);
    String telephone = "010-" + digits(4) + "-" + digits(4);
    String email = fresh("planted") + "@example.org";
    List<Accepted> planted = plant(date, secret, telephone, email);
    for (Accepted accepted : planted) {
      Patience.await()
          .until(
              () ->
                  !gyeongju
                      .receipt(accepted)
                      .path("state")
                      .asString("received")
                      .equals("received"));
    }
    Patience.await()
        .until(() -> suite.mails().stream().anyMatch(mail -> mail.toString().contains(email)));

    Traces identity = new Traces().number("the identity number", date + secret);
    Traces reach = new Traces().number("the telephone", telephone).words("the address", email);
    Path catcher = suite.data().resolve("catcher");
    List<String> found = new ArrayList<>();
    List<String> caught = new ArrayList<>();
    List<Path> files = new DataFolder(suite.data()).files();
    if (Files.isDirectory(suite.data().resolve("mongod"))) {
      assertThat(files).as("mongod's own log too").contains(suite.data().resolve("logs/store.log"));
    }
    for (Path file : files) {
      String name = suite.data().relativize(file).toString();
      found.addAll(search(identity, file).stream().map(it -> it + " in " + name).toList());
      (file.startsWith(catcher) ? caught : found)
          .addAll(search(reach, file).stream().map(it -> it + " in " + name).toList());
    }
    Kept kept = new Kept(suite);
    int masked = 0;
    for (ConsumerRecord<byte[], byte[]> record : kept.records()) {
      String name = record.topic() + "-" + record.partition() + "@" + record.offset();
      StringBuilder all =
          new StringBuilder(text(record.key())).append('\n').append(text(record.value()));
      record.headers().forEach(header -> all.append('\n').append(text(header.value())));
      for (Traces traces : List.of(identity, reach)) {
        found.addAll(traces.in(all.toString()).stream().map(it -> it + " in " + name).toList());
      }
      masked += all.toString().contains(date + "-*******") ? 1 : 0;
    }
    kept.documents()
        .forEach(
            (name, document) -> {
              for (Traces traces : List.of(identity, reach)) {
                found.addAll(
                    traces.in(name + " " + document).stream()
                        .map(it -> it + " in " + name)
                        .toList());
              }
            });
    assertThat(found).isEmpty();
    // What was planted did arrive, and the search does find what is there.
    assertThat(masked).isGreaterThan(CHANNELS.size() + 6);
    assertThat(caught).isNotEmpty();
  }

  @Test
  void aCitizensDataIsErasedAndNoFigureChangesInARebuildNeither() {
    Visitor agent = gyeongju.agent("agent-2");
    String word = "지울말" + digits(12);
    String telephone = "010-" + digits(4) + "-" + digits(4);
    Map<String, Object> contact = Map.of("name", "지울 사람", "telephone", telephone);
    Accepted answered =
        gyeongju.inquiry(
            Map.of(
                "channel",
                "web",
                "text",
                "시장 앞 도로에 싱크홀이 있습니다. " + word,
                "place",
                Map.of("address", "시장 " + word),
                "contact",
                contact));
    Accepted waiting =
        gyeongju.inquiry(Map.of("channel", "web", "text", "여쭙습니다 " + word, "contact", contact));
    String callId = fresh("call");
    Accepted call = gyeongju.call(callId, Map.of("calling", telephone));
    gyeongju.answer(callId, "agent-2");
    Patience.await().until(() -> gyeongju.desk(agent).toString().contains(call.inquiryId()));
    gyeongju.deskAction(agent, call, "describe", Map.of("text", "말씀: " + word)).expect(200);
    gyeongju.deskAction(agent, call, "resolve", Map.of("answer", "답: " + word)).expect(200);
    gyeongju.end(callId, "agent-2", Map.of());
    Patience.await().until(() -> gyeongju.inbox("roads").toString().contains(answered.inquiryId()));
    gyeongju.inboxAction("roads", answered, "acknowledge", Map.of()).expect(200);
    gyeongju.inboxAction("roads", answered, "resolve", Map.of("answer", "메움 " + word)).expect(200);
    Patience.await()
        .until(() -> gyeongju.receipt(answered).path("answer").asString("").contains(word));
    Patience.await().until(() -> gyeongju.desk(agent).toString().contains(waiting.inquiryId()));
    Kept kept = new Kept(suite);
    Patience.await().until(() -> keepers(kept, word).size() >= 5);
    Map<String, Object> figures = quiet();

    Suite.Run unsure = suite.launch("erase", "--city", "gyeongju", "--telephone", telephone);
    assertThat(unsure.exit()).isEqualTo(1);
    assertThat(unsure.out()).contains("3 inquiries:").contains("Nothing was erased");
    assertThat(keepers(kept, word)).hasSizeGreaterThan(4);

    Suite.Run erase =
        suite.launch("erase", "--city", "gyeongju", "--telephone", telephone, "--yes");

    assertThat(erase.exit()).as(erase.err()).isZero();
    assertThat(erase.out())
        .contains(waiting.receiptNumber() + ", still open")
        .contains("written again without words")
        .contains("What stays");
    Patience.await().untilAsserted(() -> assertThat(keepers(kept, word)).isEmpty());
    assertGone(kept, word, answered, waiting);
    assertThat(quiet()).isEqualTo(figures);
    assertWhoSawItIsStillKnown(answered, word);

    Suite.Run rebuild = suite.launch("rebuild");
    assertThat(rebuild.exit()).as(rebuild.out() + rebuild.err()).isZero();
    assertThat(keepers(kept, word)).isEmpty();
    assertGone(kept, word, answered, waiting);
    assertThat(quiet()).isEqualTo(figures);

    Suite.Run again =
        suite.launch("erase", "--city", "gyeongju", "--receipt", call.receiptNumber());
    assertThat(again.exit()).isZero();
    assertThat(again.out()).contains("erased before");
    assertThat(suite.launch("erase", "--city", "cheonan", "--receipt", call.receiptNumber()).exit())
        .isEqualTo(1);
  }

  /** The record of who saw and did what names inquiries only, and outlives what they said. */
  private void assertWhoSawItIsStillKnown(Accepted inquiry, String word) {
    Suite.Run list = suite.launch("audit", "list", "--inquiry", inquiry.inquiryId());
    assertThat(list.exit()).as(list.err()).isZero();
    assertThat(list.out())
        .contains("gyeongju-roads (department, 127.0.0.1) acknowledge gyeongju/roads")
        .contains("gyeongju-roads (department, 127.0.0.1) resolve gyeongju/roads")
        .contains("(operator,")
        .contains(") erase gyeongju")
        .doesNotContain(word);
    Suite.Run check = suite.launch("audit", "check");
    assertThat(check.exit()).as(check.out() + check.err()).isZero();
    assertThat(check.out()).contains("none missing, none changed");
  }

  @Test
  void whatWasImportedIsErasedByItsRow() {
    String word = "지난말" + digits(12);
    String row = fresh("past row/1");
    Map<String, Object> past =
        Map.of(
            "id",
            row,
            "channel",
            "web",
            "receivedAt",
            "2025-04-03T01:00:00Z",
            "subject",
            "제목 " + word,
            "text",
            word,
            "place",
            Map.of("address", "길 " + word),
            "resolution",
            Map.of("at", "2025-04-04T01:00:00Z", "how", "answered", "by", "agent", "answer", word));
    imported(past);
    Kept kept = new Kept(suite);
    Patience.await().until(() -> !carriers(kept, word).isEmpty());
    Map<String, Object> figures = quiet();

    Suite.Run erase = suite.launch("erase", "--city", "gyeongju", "--row", row, "--yes");

    assertThat(erase.exit()).as(erase.err()).isZero();
    assertThat(erase.out()).contains("1 inquiry:").doesNotContain("still open");
    assertThat(carriers(kept, word)).isEmpty();
    assertThat(keepers(kept, word)).isEmpty();
    assertThat(quiet()).isEqualTo(figures);
    assertThat(suite.launch("erase", "--city", "gyeongju", "--row", row).out())
        .contains("erased before");
    assertThat(suite.launch("erase", "--city", "cheonan", "--row", row).exit()).isEqualTo(1);
    assertThat(suite.launch("erase", "--city", "gyeongju", "--inquiry", "no-such").exit())
        .isEqualTo(1);
  }

  /** Records that carry that word, of those that compaction leaves. */
  private static List<String> carriers(Kept kept, String word) {
    return kept.lastRecords().stream()
        .filter(record -> text(record.value()).contains(word))
        .map(record -> record.topic() + "-" + record.partition() + "@" + record.offset())
        .toList();
  }

  private void assertGone(Kept kept, String word, Accepted answered, Accepted waiting) {
    assertThat(kept.lastRecords())
        .extracting(record -> text(record.value()))
        .noneMatch(value -> value.contains(word));
    JsonNode receipt = gyeongju.receipt(answered);
    assertThat(receipt.path("state").asString()).isEqualTo("resolved");
    assertThat(receipt.path("answer").asString("")).isEmpty();
    assertThat(receipt.path("history").size()).isGreaterThanOrEqualTo(4);
    assertThat(gyeongju.inboxCase("roads", answered).toString()).doesNotContain(word, "지울 사람");
    Visitor agent = gyeongju.agent("agent-2");
    assertThat(gyeongju.desk(agent).toString()).contains(waiting.inquiryId()).doesNotContain(word);
    assertThat(whole(agent, waiting).toString()).doesNotContain(word, "지울 사람");
  }

  /** Documents in which that word still stands. */
  private static List<String> keepers(Kept kept, String word) {
    List<String> keepers = new ArrayList<>();
    kept.documents()
        .forEach(
            (name, document) -> {
              if (document.contains(word)) {
                keepers.add(name);
              }
            });
    return keepers;
  }

  /** The city's figures once they no longer change. */
  private Map<String, Object> quiet() {
    var last = new java.util.concurrent.atomic.AtomicReference<Map<String, Object>>(Map.of());
    Patience.await()
        .pollInterval(java.time.Duration.ofSeconds(4))
        .until(
            () -> {
              Map<String, Object> seen = figures();
              return seen.equals(last.getAndSet(seen));
            });
    return last.get();
  }

  private Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("totals", gyeongju.totals());
    for (String by : List.of("channel", "category", "department", "agent")) {
      figures.put(
          by, gyeongju.metrics(today.minusDays(1), today.plusDays(2), "hour", by).toString());
    }
    return figures;
  }

  @Test
  void theKeyOfACitysContactsIsChangedWhileEverythingRuns() {
    Visitor agent = gyeongju.agent("agent-4");
    Accepted before = reachable("before");
    Patience.await().until(() -> gyeongju.desk(agent).toString().contains(before.inquiryId()));

    Suite.Run rotate = suite.launch("keys", "rotate", "--city", "gyeongju");
    assertThat(rotate.exit()).as(rotate.err()).isZero();

    Accepted after = reachable("after");
    Patience.await().until(() -> gyeongju.desk(agent).toString().contains(after.inquiryId()));
    assertThat(whole(agent, before).toString()).contains("before-rotation@example.org");
    assertThat(whole(agent, after).toString()).contains("after-rotation@example.org");
    Patience.await()
        .until(
            () ->
                suite.mails().stream()
                    .anyMatch(mail -> mail.toString().contains("after-rotation@example.org")));
    assertThat(keyThatSealed(after)).isNotEqualTo(keyThatSealed(before));
    assertThat(suite.launch("keys", "rotate", "--city", "nowhere").exit()).isEqualTo(1);
  }

  private Accepted reachable(String when) {
    return gyeongju.inquiry(
        Map.of(
            "channel",
            "web",
            "text",
            "여쭐 것이 있습니다 " + fresh("words"),
            "contact",
            Map.of("email", when + "-rotation@example.org")));
  }

  /** Its id stands at the beginning of what it sealed. */
  private List<Byte> keyThatSealed(Accepted accepted) {
    String sealed =
        new Kept(suite)
            .records().stream()
                .filter(record -> record.topic().equals("call-received"))
                .map(record -> text(record.value()))
                .filter(value -> value.contains(accepted.inquiryId()))
                .map(value -> JSON.readTree(value).path("contact").path("email").asString())
                .findFirst()
                .orElseThrow();
    byte[] bytes = Base64.getUrlDecoder().decode(sealed);
    List<Byte> prefix = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      prefix.add(bytes[i]);
    }
    return prefix;
  }

  private JsonNode whole(Visitor agent, Accepted accepted) {
    return Doors.send(
            agent, "GET", gyeongju.url(Service.ROUTING, "/desk/" + accepted.inquiryId()), null)
        .expect(200)
        .json();
  }

  /** Through every channel and every door that takes words, in another spelling each time. */
  private List<Accepted> plant(String date, String secret, String telephone, String email) {
    List<String> spellings =
        List.of(
            date + "-" + secret,
            date + secret,
            date + " " + secret,
            wide(date) + "－" + wide(secret),
            date + "\u200B–\u200B" + secret,
            "87.06.23-" + secret,
            String.join(" ", (date + secret).split("")),
            date + "\n" + secret,
            "19" + date + " - " + secret);
    Map<String, Object> contact =
        Map.of("name", "홍길동 " + spellings.get(0), "telephone", telephone, "email", email);
    List<Accepted> planted = new ArrayList<>();
    for (int i = 0; i < CHANNELS.size(); i++) {
      String spelt = spellings.get(i % spellings.size());
      Answer answer =
          gyeongju.inquiry(
              fresh("key-" + spellings.get(1)),
              Map.of(
                  "channel",
                  CHANNELS.get(i),
                  "subject",
                  "번호 " + spelt,
                  "text",
                  "제 주민번호는 " + spelt + "입니다. 산책로에 대해 여쭙니다.",
                  "place",
                  Map.of("address", "길 1, " + spelt),
                  "contact",
                  contact));
      planted.add(Accepted.of(answer.expect(201)));
    }
    for (String channel : CHANNELS) {
      planted.add(
          gyeongju.inquiry(
              Map.of(
                  "channel",
                  channel,
                  "subject",
                  "제 번호는 " + date,
                  "text",
                  secret + " 입니다. 여쭙니다.",
                  "contact",
                  contact)));
    }
    String spelt = spellings.get(0);
    Visitor agent = gyeongju.agent("agent-5");
    String callId = fresh("call");
    Accepted call =
        gyeongju.call(
            callId, Map.of("calling", telephone, "subject", spelt, "text", "전화로 " + spelt));
    gyeongju.answer(callId, "agent-5");
    Patience.await().until(() -> gyeongju.desk(agent).toString().contains(call.inquiryId()));
    gyeongju
        .deskAction(
            agent, call, "describe", Map.of("subject", spelt, "text", spelt, "contact", contact))
        .expect(200);
    gyeongju.deskAction(agent, call, "resolve", Map.of("answer", "번호 " + spelt)).expect(200);
    gyeongju.end(callId, "agent-5", Map.of());
    planted.add(call);
    String outgoing = fresh("call");
    planted.add(
        gyeongju.call(
            outgoing, Map.of("called", telephone, "direction", "out", "agent", "agent-5")));
    gyeongju.end(outgoing, "agent-5", Map.of());
    Accepted byHand =
        Accepted.of(
            Doors.send(
                    agent,
                    "POST",
                    gyeongju.url(Service.ROUTING, "/desk"),
                    Map.of(
                        "channel", "counter", "subject", spelt, "text", spelt, "contact", contact))
                .expect(201));
    Patience.await().until(() -> gyeongju.desk(agent).toString().contains(byHand.inquiryId()));
    gyeongju
        .deskAction(
            agent, byHand, "escalate", Map.of("department", "roads", "reason", "사유 " + spelt))
        .expect(200);
    Patience.await().until(() -> gyeongju.inbox("roads").toString().contains(byHand.inquiryId()));
    gyeongju.inboxAction("roads", byHand, "return", Map.of("reason", "반송 " + spelt)).expect(200);
    planted.add(byHand);
    Accepted complaint =
        gyeongju.inquiry(
            Map.of("channel", "web", "text", "도로에 싱크홀이 있습니다. " + spelt, "contact", contact));
    Patience.await()
        .until(() -> gyeongju.inbox("roads").toString().contains(complaint.inquiryId()));
    gyeongju.inboxAction("roads", complaint, "resolve", Map.of("answer", "답 " + spelt)).expect(200);
    Patience.await()
        .until(() -> gyeongju.receipt(complaint).path("state").asString().equals("resolved"));
    Doors.send(
            gyeongju.key(),
            "POST",
            gyeongju.receiptUrl(complaint, "/reopen"),
            Map.of("reason", "아직 " + spelt))
        .expect(200);
    planted.add(complaint);
    history(spelt);
    form(spelt, telephone, email);
    nonsense(spelt, telephone, email);
    return planted;
  }

  private void history(String spelt) {
    Map<String, Object> row =
        Map.of(
            "id",
            digits(9),
            "channel",
            "web",
            "receivedAt",
            "2025-03-03T01:00:00Z",
            "subject",
            spelt,
            "text",
            "지난 일 " + spelt,
            "place",
            Map.of("address", spelt),
            "resolution",
            Map.of(
                "at", "2025-03-04T01:00:00Z",
                "how", "answered",
                "by", "agent",
                "answer", "답 " + spelt));
    imported(row);
  }

  private void imported(Map<String, Object> row) {
    Doors.send(
            gyeongju.key(),
            "POST",
            gyeongju.url(Service.INTAKE, "/history"),
            JSON.writeValueAsString(row) + "\n",
            Map.of("Content-Type", "application/x-ndjson"))
        .expect(200);
  }

  private void form(String spelt, String telephone, String email) {
    Map<String, String> fields =
        Map.of(
            "key", fresh("form"),
            "text", "양식으로 " + spelt,
            "address", spelt,
            "name", spelt,
            "telephone", telephone,
            "email", email);
    StringBuilder body = new StringBuilder();
    fields.forEach(
        (name, value) ->
            body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
    Answer answer =
        Doors.send(
            Visitor.NOBODY,
            "POST",
            suite.url(Service.INTAKE).resolve("/gyeongju"),
            body.toString(),
            Map.of(
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "text/html",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "tracestate",
                "planted=" + spelt + "_" + telephone,
                "baggage",
                "planted=" + spelt + "_" + telephone));
    assertThat(answer.status()).isEqualTo(303);
  }

  /** What is refused must not be told by any log. */
  private void nonsense(String spelt, String telephone, String email) {
    URI inquiries = gyeongju.url(Service.INTAKE, "/inquiries");
    String all = spelt + " " + telephone + " " + email;
    for (Object body :
        List.of(
            "{\"channel\":\"web\",\"text\":\"" + all,
            Map.of("channel", all, "text", all),
            Map.of(
                "channel", "web", "text", all, "contact", Map.of("telephone", all, "email", all)),
            Map.of("channel", "web", "text", all, "category", all),
            Map.of("channel", "web", "text", List.of(all)))) {
      assertThat(Doors.send(gyeongju.key(), "POST", inquiries, body).status()).isBetween(400, 499);
    }
    String path = URLEncoder.encode(all, UTF_8).replace("+", "%20");
    for (Service service : Service.values()) {
      assertThat(
              Doors.send(gyeongju.key(), "GET", suite.url(service).resolve("/api/v1/" + path), null)
                  .status())
          .isBetween(400, 499);
      assertThat(
              Doors.send(
                      Visitor.person(
                          new Credentials.Person(
                              all.replace(":", ""), all, "agent", "gyeongju", null, null)),
                      "GET",
                      suite.url(service).resolve("/api/v1/cities/gyeongju/desk"),
                      null)
                  .status())
          .isEqualTo(401);
    }
    Doors.send(
        gyeongju.key(),
        "POST",
        gyeongju.url(Service.INTAKE, "/calls/" + path + "/answer"),
        Map.of("at", Instant.now().toString(), "agent", all, "waitSeconds", 1));
  }

  /** Without the zeros at the end of a file that was made larger than what stands in it. */
  private static List<String> search(Traces traces, Path file) throws IOException {
    List<String> found = new ArrayList<>();
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException removedMeanwhile) {
      return found;
    }
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    for (int from = 0; from < end; from += CHUNK) {
      found.addAll(
          traces.in(Arrays.copyOfRange(bytes, from, Math.min(end, from + CHUNK + OVERLAP))));
    }
    return found;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, UTF_8);
  }

  private static String wide(String digits) {
    StringBuilder wide = new StringBuilder();
    digits.chars().forEach(c -> wide.append((char) ('０' + c - '0')));
    return wide.toString();
  }

  private static String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(ThreadLocalRandom.current().nextInt(10));
    }
    return digits.toString();
  }
}
