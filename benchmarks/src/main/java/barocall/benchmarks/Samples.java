package barocall.benchmarks;

import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.How;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Inquiries as citizens bring them, made up, each with an id of its own. */
final class Samples {
  private static final Instant BEGIN = Instant.parse("2021-03-02T00:30:00Z");
  private static final List<String> CATEGORIES = List.of("road-damage", "street-light", "waste");
  private static final String TEXT = "양정로 %d번지 앞 도로에 구멍이 나서 차가 지날 때마다 위험합니다. 확인하고 고쳐 주십시오.";

  private Samples() {}

  /** A whole request to the door of inquiries. */
  static byte[] request(long number, String key) {
    byte[] body =
        """
        {"channel":"web","subject":"도로 파손","text":"%s","category":"road-damage",\
        "contact":{"name":"홍길동","email":"citizen%d@example.org"}}"""
            .formatted(TEXT.formatted(number), number)
            .getBytes(StandardCharsets.UTF_8);
    byte[] head =
        """
        POST /api/v1/cities/%s/inquiries HTTP/1.1\r
        Host: 127.0.0.1\r
        Content-Type: application/json\r
        Authorization: Bearer %s\r
        Idempotency-Key: benchmark-%d\r
        Content-Length: %d\r
        \r
        """
            .formatted(Suite.CITY, key, number, body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  /** Of past inquiries. */
  static List<String> pastIds(String series, int count) {
    return freshIds("h-" + series, count);
  }

  static List<String> freshIds(String series, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "%s-%s-%07d".formatted(Suite.CITY, series, i))
        .toList();
  }

  /** Past inquiries, one every few minutes, most of them ended by a department. */
  static List<Event> past(List<String> ids) {
    return IntStream.range(0, ids.size())
        .<Event>mapToObj(
            i -> {
              Instant at = BEGIN.plus(Duration.ofMinutes(3L * i));
              return new Event.HistoryRecorded(
                  inquiry(ids.get(i), null, at, i),
                  at,
                  0,
                  "1",
                  "도로 파손",
                  TEXT.formatted(i),
                  null,
                  false,
                  new Event.PastEscalation(at, "roads", "도로과"),
                  at.plus(Duration.ofHours(2)),
                  new Event.PastResolution(
                      at.plus(Duration.ofHours(26)), How.DONE, By.DEPARTMENT, null, "고쳤습니다."));
            })
        .toList();
  }

  /** The same as lines for the door of history. */
  static String lines(String series, int from, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      Instant at = BEGIN.plus(Duration.ofMinutes(3L * i));
      lines
          .append(
              """
              {"id":"%s-%07d","channel":"web","receivedAt":"%s","category":"road-damage",\
              "subject":"도로 파손","text":"%s","escalation":{"at":"%s","department":"roads"},\
              "acknowledgedAt":"%s","resolution":{"at":"%s","how":"done","by":"department","answer":"고쳤습니다."}}"""
                  .formatted(
                      series,
                      i,
                      at,
                      TEXT.formatted(i),
                      at,
                      at.plus(Duration.ofHours(2)),
                      at.plus(Duration.ofHours(26))))
          .append('\n');
    }
    return lines.toString();
  }

  /**
   * New inquiries, half of which a rule hands to a department and half of which wait for agents.
   */
  static List<Event> fresh(List<String> ids, Instant now) {
    return IntStream.range(0, ids.size())
        .<Event>mapToObj(
            i ->
                new Event.CallReceived(
                    inquiry(ids.get(i), receipt(ids.get(i)), now, i % 2 == 0 ? 0 : 1),
                    now,
                    0,
                    Door.INQUIRIES,
                    null,
                    null,
                    null,
                    false,
                    "도로 파손",
                    i % 2 == 0 ? TEXT.formatted(i) : "문의드립니다 " + i,
                    null,
                    null,
                    null))
        .toList();
  }

  /** Each its own, as what services keep under a number grows with each inquiry that has it. */
  private static String receipt(String id) {
    return "%012d".formatted(Long.parseLong(id.replaceAll("\\D", "")));
  }

  private static Event.Inquiry inquiry(
      String id, @org.jspecify.annotations.Nullable String receipt, Instant at, int i) {
    String category = CATEGORIES.get(i % CATEGORIES.size());
    return new Event.Inquiry(
        id, receipt, Suite.CITY, Channel.WEB, receipt != null && i > 0 ? null : category, at);
  }
}
