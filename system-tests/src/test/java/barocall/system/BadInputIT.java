package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.CityDoors.Accepted;
import barocall.system.Doors.Answer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Nonsense at every door: refused with a problem, never with a fault of ours. */
@OnTheSuite
class BadInputIT {
  private static final String CITY = "gyeongju";

  /** Doors that take no body, so that none can be wrong. */
  private static final Set<String> WITHOUT_BODY = Set.of("acknowledge", "send-again", "withdraw");

  /** Frames of whatever answers over HTTP; what consumes from topics has none of them. */
  private static final Pattern WEB_FRAME =
      Pattern.compile(
          "\\tat (reactor\\.netty|io\\.netty|barocall\\.\\w+\\.web"
              + "|org\\.springframework\\.(web|http|security))\\..*");

  private static final Pattern LINE_BEGINS = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*");

  /** In which every request of these tests belongs, and so every log line about one. */
  private static final String TRACE = UUID.randomUUID().toString().replace("-", "");

  private final Suite suite;
  private final CityDoors city;

  BadInputIT(Suite suite) {
    this.suite = suite;
    this.city = suite.city(CITY);
  }

  @Test
  void nonsenseAtEveryPostDoorIsAProblemAndNoFault() throws Exception {
    long tracesBefore = stackTraces();
    Accepted real = city.inquiry(Map.of("channel", "web", "text", "버스 정류장 앞에 싱크홀이 있습니다."));
    Patience.await()
        .until(
            () ->
                city.inbox("roads").stream()
                    .anyMatch(row -> row.path("inquiryId").asString().equals(real.inquiryId())));
    Accepted another = city.inquiry(Map.of("channel", "web", "text", "문의드립니다"));
    List<String> wrong = new ArrayList<>();
    for (Service service : Service.values()) {
      for (String path : postDoors(service)) {
        boolean takesBody = WITHOUT_BODY.stream().noneMatch(path::endsWith);
        // It takes nothing, so nonsense ends the case: another one than the other doors are tried
        // on.
        Accepted about = path.matches(".*/(withdraw|recall)") ? another : real;
        URI door = suite.url(service).resolve(filled(path, CITY, about));
        if (path.endsWith("/history")) {
          continue;
        }
        nonsense()
            .forEach(
                (name, body) -> {
                  Answer answer =
                      Doors.send(visitor(service), "POST", door, body, type("application/json"));
                  check(wrong, path, name, answer, takesBody);
                });
        for (String type : List.of("text/plain", "application/xml", "rubbish", "a/b;c")) {
          Answer answer =
              Doors.send(visitor(service), "POST", door, "{\"text\":\"a\"}", type(type));
          check(wrong, path, "as " + type, answer, takesBody);
        }
        if (path.contains("{city}")) {
          URI nowhere = suite.url(service).resolve(filled(path, "atlantis", real));
          Answer answer =
              Doors.send(
                  Visitor.person(suite.credentials().admin(null)),
                  "POST",
                  nowhere,
                  Map.of(),
                  type("application/json"));
          if (answer.status() != 404 || !answer.isProblem()) {
            wrong.add(path + " of an unknown city: " + answer.status());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(stackTraces()).as("stack traces in the logs").isEqualTo(tracesBefore);
  }

  @Test
  void nonsenseInHistoryIsRejectedLineByLineAndTheGoodLinesStay() {
    String good =
        "{\"id\":\"%s\",\"channel\":\"web\",\"receivedAt\":\"2017-03-02T09:00:00+09:00\"}"
            .formatted(CityDoors.fresh("past"));
    List<String> bad =
        List.of(
            "{",
            "not json",
            "[]",
            "7",
            "{\"id\":7,\"channel\":\"web\",\"receivedAt\":\"2017-03-02T09:00:00+09:00\"}",
            "{\"id\":\"a\",\"channel\":\"pigeon\",\"receivedAt\":\"2017-03-02T09:00:00+09:00\"}",
            "{\"id\":\"a\",\"channel\":\"web\",\"receivedAt\":\"yesterday\"}",
            "{\"id\":\"a\",\"channel\":\"web\"}",
            "{\"id\":\"\",\"channel\":\"web\",\"receivedAt\":\"2017-03-02T09:00:00+09:00\"}",
            "\u0000\u0001\u0002");
    Totals before = city.settledTotals();
    List<String> lines = new ArrayList<>(bad);
    lines.add(good);
    Answer answer = history(String.join("\n", lines)).expect(200);

    assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
    assertThat(answer.json().path("rejected"))
        .extracting(rejected -> rejected.path("line").asInt())
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(answer.json().path("rejected"))
        .allSatisfy(
            rejected ->
                assertThat(rejected.path("reason").asString())
                    .isNotBlank()
                    .doesNotContain("Exception", "barocall.", "tools.jackson"));
    Answer tooLong = history("{\"id\":\"" + "x".repeat(70_000) + "\"}\n");
    assertThat(tooLong.status()).isEqualTo(413);
    assertThat(tooLong.isProblem()).isTrue();
    Patience.await().until(() -> city.totals().received() == before.received() + 1);
  }

  @Test
  void nonsenseInAnAddressIsAProblemAndNoFault() {
    List<String> wrong = new ArrayList<>();
    for (String query :
        List.of(
            "",
            "?from=abc&to=def",
            "?from=2026-01-01",
            "?from=2026-01-02&to=2026-01-01",
            "?from=2026-01-01&to=2026-01-02&step=century",
            "?from=2026-01-01&to=2026-01-02&by=planet",
            "?from=2026-02-30&to=2026-03-01",
            "?from=-999999999-01-01&to=%2B999999999-12-31&step=minute",
            "?from=0001-01-01&to=9999-12-31&step=minute",
            "?from=%00&to=%0A")) {
      check(
          wrong,
          "metrics",
          query,
          Doors.send(city.admin(), "GET", city.url(Service.ANALYTICS, "/metrics" + query), null),
          true);
    }
    String endless = "9".repeat(3_000);
    for (String path :
        List.of(
            "/desk/" + endless, "/desk/%00", "/desk/%F0%9F%8D%8E", "/desk/..%2F..%2Fdesk%2Fx")) {
      check(
          wrong,
          "desk",
          path.substring(0, Math.min(40, path.length())),
          Doors.send(city.agent("agent-1"), "GET", city.url(Service.ROUTING, path), null),
          true);
    }
    for (String number : List.of("0", "abcd-efgh-ijkl", "9999-9999-9999", "%00", endless)) {
      check(
          wrong,
          "receipts",
          number.substring(0, Math.min(40, number.length())),
          Doors.send(
              city.key(),
              "GET",
              suite.url(Service.INTAKE).resolve("/api/v1/receipts/" + number),
              null),
          true);
    }
    for (Service service : Service.values()) {
      for (String method : List.of("PUT", "DELETE", "PATCH", "PROPFIND")) {
        check(
            wrong,
            service.name(),
            method,
            Doors.send(
                Visitor.person(suite.credentials().admin(null)),
                method,
                city.url(service, "/desk"),
                Map.of()),
            true);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Bodies that no door can make sense of. */
  private static Map<String, Object> nonsense() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("nothing", "");
    all.put("nothing said", "{}");
    all.put("cut off", "{\"text\": \"가로수");
    all.put("no JSON", "<form>가로수</form>");
    all.put("a list", "[]");
    all.put("a text", "\"text\"");
    all.put("a number", "7");
    all.put("null", "null");
    all.put("two values", "{} {}");
    all.put("wrong types", everyFieldAs("[{\"a\":[1]}]"));
    all.put("numbers", everyFieldAs("1e400"));
    all.put("objects", everyFieldAs("{\"$gt\":\"\"}"));
    all.put("too long", everyFieldAs("\"" + "가".repeat(20_001) + "\""));
    all.put("too big", everyFieldAs("\"" + "x".repeat(60_000) + "\""));
    all.put("deep", "[".repeat(20_000));
    all.put(
        "deep in a field", "{\"text\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000) + "}");
    all.put(
        "not UTF-8", new byte[] {'{', '"', 't', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'});
    all.put("UTF-16", "{\"text\":\"가로수\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
    all.put("bytes", "\u0000\u0001\u0002\u0003".getBytes(UTF_8));
    return all;
  }

  private static String everyFieldAs(String value) {
    List<String> fields =
        List.of(
            "callId",
            "called",
            "at",
            "calling",
            "direction",
            "agent",
            "subject",
            "text",
            "category",
            "waitSeconds",
            "outcome",
            "state",
            "channel",
            "place",
            "contact",
            "answer",
            "how",
            "department",
            "reason",
            "score");
    return "{"
        + String.join(",", fields.stream().map(field -> "\"" + field + "\":" + value).toList())
        + "}";
  }

  private static void check(
      List<String> wrong, String door, String what, Answer answer, boolean mustRefuse) {
    boolean refused = answer.status() >= 400 && answer.status() < 500 && answer.isProblem();
    boolean accepted = answer.status() < 300;
    if (!refused && (mustRefuse || !accepted)) {
      wrong.add(
          "%s, %s: %d %s %s"
              .formatted(
                  door,
                  what,
                  answer.status(),
                  answer.type(),
                  answer.body().substring(0, Math.min(160, answer.body().length()))));
    }
    for (String inner : List.of("Exception", "\tat ", "org.springframework", "tools.jackson")) {
      if (answer.body().contains(inner)) {
        wrong.add("%s, %s tells %s".formatted(door, what, inner));
      }
    }
  }

  private List<String> postDoors(Service service) {
    JsonNode paths =
        Doors.send(Visitor.NOBODY, "GET", suite.url(service).resolve("/v3/api-docs"), null)
            .expect(200)
            .json()
            .path("paths");
    List<String> doors = new ArrayList<>();
    paths.forEachEntry(
        (path, methods) -> {
          if (methods.has("post")) {
            doors.add(path);
          }
        });
    return doors;
  }

  private static String filled(String path, String city, Accepted real) {
    return path.replace("{city}", city)
        .replace("{department}", "roads")
        .replace("{inquiryId}", real.inquiryId())
        .replace("{receiptNumber}", real.receiptNumber())
        .replace("{callId}", CityDoors.fresh("call"))
        .replace("{agent}", "agent-1")
        .replace("{id}", CITY + "~none");
  }

  private Visitor visitor(Service service) {
    return switch (service) {
      case INTAKE -> city.key();
      case ROUTING -> city.agent("agent-1");
      case NOTIFICATION, ANALYTICS -> city.admin();
    };
  }

  private Answer history(String lines) {
    return Doors.send(
        city.key(),
        "POST",
        city.url(Service.INTAKE, "/history"),
        lines,
        type("application/x-ndjson"));
  }

  private static Map<String, String> type(String type) {
    return Map.of("Content-Type", type, "traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
  }

  /** Of the fault of a request: in its trace, or from where requests are answered. */
  private long stackTraces() throws Exception {
    long traces = 0;
    try (Stream<Path> logs = Files.list(suite.data().resolve("logs"))) {
      for (Path log : logs.filter(file -> file.toString().endsWith("-service.log")).toList()) {
        boolean isOurs = false;
        for (String line : Files.readString(log).lines().toList()) {
          if (LINE_BEGINS.matcher(line).matches()) {
            isOurs = line.contains(TRACE);
          } else if (line.startsWith("\tat ") && (isOurs || WEB_FRAME.matcher(line).matches())) {
            traces++;
          }
        }
      }
    }
    return traces;
  }
}
