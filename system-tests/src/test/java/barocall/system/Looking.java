package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import barocall.contract.AccessCheck;
import barocall.contract.Event.Chained;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import barocall.system.Seen.Figures;
import barocall.system.Seen.Row;
import barocall.system.Seen.Said;
import barocall.testkit.Scrape;
import barocall.testkit.Topics;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at all doors, topics and receivers of a suite. */
final class Looking {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> DEPARTMENTS = List.of("roads", "water");

  private final Ground ground;
  private final String kafka;
  private final List<CityDoors> cities;

  /** What the cities' totals were before anybody wrote. */
  private final Map<String, Totals> before = new HashMap<>();

  Looking(Ground ground) {
    this.ground = ground;
    this.kafka = ground.suite().status().path("kafka").asString();
    this.cities = List.of(ground.suite().city("gyeongju"), ground.suite().city("cheonan"));
    cities.forEach(city -> before.put(city.id(), city.totals()));
  }

  /** What waits to be sent, brought or read; empty when nothing does. */
  Map<String, Double> waiting() {
    Map<String, Double> waiting = new TreeMap<>();
    for (Service service : Service.values()) {
      Scrape scrape =
          new Scrape(
              Doors.send(
                      Visitor.NOBODY,
                      "GET",
                      ground.suite().url(service).resolve("/actuator/prometheus"),
                      null)
                  .expect(200)
                  .body());
      gauge(waiting, service, scrape, "barocall_consumer_lag_records");
      if (service == Service.ROUTING || service == Service.NOTIFICATION) {
        gauge(waiting, service, scrape, "barocall_decisions_unsent");
      }
      if (service == Service.NOTIFICATION) {
        gauge(waiting, service, scrape, "barocall_deliveries_waiting");
        gauge(waiting, service, scrape, "barocall_deliveries_listed");
      }
    }
    return waiting;
  }

  private static void gauge(
      Map<String, Double> waiting, Service service, Scrape scrape, String name) {
    OptionalDouble value = scrape.find(name);
    if (value.isEmpty() || value.getAsDouble() != 0) {
      waiting.put(service.process() + " " + name, value.orElse(Double.NaN));
    }
  }

  /**
   * Everything.
   *
   * @param asked of whose inquiries the state is asked one by one
   */
  Seen seen(List<Told> asked) {
    Topics topics = Topics.at(kafka);
    Map<String, Double> waiting = waiting();
    topics
        .ends()
        .forEach(
            (partition, end) -> {
              if (partition.contains(".dead-") && end > 0) {
                waiting.put("dead letters in " + partition, (double) end);
              }
            });
    List<Said> records = topics.readAll(Topic.wireNames()).stream().map(Looking::said).toList();
    Map<String, Totals> totals = new TreeMap<>();
    Map<Row, Figures> rows = new HashMap<>();
    Map<String, List<String>> inboxes = new TreeMap<>();
    Map<String, List<String>> desks = new TreeMap<>();
    for (CityDoors city : cities) {
      totals.put(city.id(), city.totals().since(before.getOrDefault(city.id(), city.totals())));
      for (String by : List.of("", "channel", "department")) {
        rows(city, by, rows);
      }
      for (String department : DEPARTMENTS) {
        inboxes.put(city.id() + "/" + department, ids(city.inbox(department)));
      }
      desks.put(city.id(), ids(city.desk(city.agent("agent-1"))));
    }
    Map<String, String> departmentStates = new HashMap<>();
    Map<String, String> citizenStates = new HashMap<>();
    for (Told told : asked) {
      CityDoors city = ground.suite().city(told.city());
      var accepted = new CityDoors.Accepted(told.inquiryId(), told.receiptNumber(), "");
      citizenStates.put(
          told.inquiryId(),
          state(Doors.send(city.key(), "GET", city.receiptUrl(accepted, ""), null)));
      String department = told.story().department;
      if (department != null) {
        departmentStates.put(
            told.inquiryId(),
            state(
                Doors.send(
                    city.officer(department),
                    "GET",
                    city.inboxUrl(department, "/" + told.inquiryId()),
                    null)));
      }
    }
    return new Seen(
        records,
        totals,
        rows,
        inboxes,
        desks,
        departmentStates,
        citizenStates,
        ground.mail().letters(),
        ground.webhooks().letters(),
        waiting,
        gaps(
            topics.readAll(
                List.of(Topic.ACCESS_RECORDED.wireName(), Topic.ACCOUNT_RECORDED.wireName()))));
  }

  private List<String> gaps(List<ConsumerRecord<String, byte[]>> records) {
    AccessCheck check = new AccessCheck(ground.suite().accessSeal());
    records.stream()
        .map(it -> EventCodec.decode(it.topic(), it.headers(), it.value()))
        .map(Chained.class::cast)
        .forEach(check::add);
    return check.findings(List.of());
  }

  private static String state(Doors.Answer answer) {
    return answer.status() == 200
        ? answer.json().path("state").asString()
        : "an answer of " + answer.status();
  }

  private static List<String> ids(List<JsonNode> rows) {
    List<String> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.path("inquiryId").asString()));
    return ids;
  }

  private static void rows(CityDoors city, String by, Map<Row, Figures> rows) {
    LocalDate today = LocalDate.now(ZoneId.of("UTC"));
    for (JsonNode row :
        city.metrics(today.minusDays(1), today.plusDays(2), "hour", by.isEmpty() ? null : by)) {
      String key = by.isEmpty() ? "" : row.path(by).asString("");
      // What nobody of that kind did stands in a row without a name, and in the whole.
      if (by.isEmpty() || !key.isEmpty()) {
        rows.merge(
            new Row(
                city.id(), OffsetDateTime.parse(row.path("from").asString()).toInstant(), by, key),
            new Figures(
                row.path("received").asLong(0),
                row.path("resolved").asLong(0),
                row.path("resolvedAtFirstContact").asLong(0),
                row.path("escalated").asLong(0)),
            Figures::plus);
      }
    }
  }

  private static Said said(ConsumerRecord<String, byte[]> record) {
    String value = new String(record.value(), UTF_8);
    JsonNode json = JSON.readTree(value);
    JsonNode inquiry = json.path("inquiry");
    Header id = record.headers().lastHeader("ce_id");
    return new Said(
        record.topic(),
        id == null ? "no id at " + record.offset() : new String(id.value(), UTF_8),
        inquiry.path("city").asString(""),
        inquiry.path("inquiryId").asString(""),
        Instant.parse(json.path("at").asString()),
        text(inquiry, "receivedAt").map(Instant::parse).orElse(null),
        text(inquiry, "receiptNumber").orElse(null),
        text(json, "department").orElse(null),
        value);
  }

  private static Optional<String> text(JsonNode json, String name) {
    @Nullable JsonNode node = json.get(name);
    return Optional.ofNullable(node).filter(JsonNode::isString).map(JsonNode::asString);
  }
}
