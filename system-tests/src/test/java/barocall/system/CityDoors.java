package barocall.system;

import barocall.system.Doors.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One city's doors, used by its exchange, its web site, its agents, officers and administrator. */
final class CityDoors {
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final Suite suite;
  private final String id;
  private final Credentials credentials;

  CityDoors(Suite suite, String id) {
    this.suite = suite;
    this.id = id;
    this.credentials = suite.credentials();
  }

  /** An inquiry that intake has accepted. */
  record Accepted(String inquiryId, String receiptNumber, String statusUrl) {
    static Accepted of(Answer answer) {
      JsonNode body = answer.json();
      return new Accepted(
          body.path("inquiryId").asString(),
          body.path("receiptNumber").asString(),
          body.path("statusUrl").asString());
    }

    String token() {
      return statusUrl.substring(statusUrl.indexOf("token=") + "token=".length());
    }
  }

  String id() {
    return id;
  }

  Visitor key() {
    return credentials.key(id);
  }

  Visitor agent(String agent) {
    return Visitor.person(credentials.agent(id, agent));
  }

  Visitor officer(String department) {
    return Visitor.person(credentials.officer(id, department));
  }

  Visitor admin() {
    return Visitor.person(credentials.admin(id));
  }

  /** An id that no other test has used. */
  static String fresh(String what) {
    return what + "-" + UUID.randomUUID();
  }

  /** The address of a door of this city; the path begins with a slash or is empty. */
  URI url(Service service, String path) {
    return suite.url(service).resolve("/api/v1/cities/" + id + path);
  }

  /** A call rings; more fields replace the usual ones. */
  Accepted call(String callId, Map<String, Object> more) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("callId", callId);
    body.put("called", "054-779-8585");
    body.put("at", Instant.now().toString());
    body.putAll(more);
    return Accepted.of(post(key(), Service.INTAKE, "/calls", body).expect(201));
  }

  void answer(String callId, String agent) {
    post(
            key(),
            Service.INTAKE,
            "/calls/" + callId + "/answer",
            Map.of("at", Instant.now().toString(), "agent", agent, "waitSeconds", 7))
        .expect(204);
  }

  /** The call is over after it was answered; more fields are added. */
  void end(String callId, String agent, Map<String, Object> more) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("outcome", "answered");
    body.put("agent", agent);
    body.put("waitSeconds", 7);
    body.put("talkSeconds", 95);
    body.put("holdSeconds", 5);
    body.put("afterCallSeconds", 20);
    body.putAll(more);
    end(callId, body);
  }

  void end(String callId, Map<String, Object> said) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("at", Instant.now().toString());
    body.putAll(said);
    post(key(), Service.INTAKE, "/calls/" + callId + "/end", body).expect(204);
  }

  Accepted inquiry(Map<String, Object> body) {
    return Accepted.of(inquiry(fresh("key"), body).expect(201));
  }

  Answer inquiry(String key, Map<String, Object> body) {
    return Doors.send(
        key(), "POST", url(Service.INTAKE, "/inquiries"), body, Map.of("Idempotency-Key", key));
  }

  JsonNode receipt(Accepted accepted) {
    return Doors.send(key(), "GET", receiptUrl(accepted, ""), null).expect(200).json();
  }

  URI receiptUrl(Accepted accepted, String query) {
    return suite
        .url(Service.INTAKE)
        .resolve("/api/v1/receipts/" + accepted.receiptNumber() + query);
  }

  List<JsonNode> desk(Visitor agent) {
    return list(Doors.send(agent, "GET", url(Service.ROUTING, "/desk"), null).expect(200).json());
  }

  JsonNode suggestions(Visitor agent, Accepted accepted) {
    return Doors.send(
            agent,
            "GET",
            url(Service.ROUTING, "/desk/" + accepted.inquiryId() + "/suggestions"),
            null)
        .expect(200)
        .json();
  }

  Answer deskAction(Visitor agent, Accepted accepted, String action, Map<String, Object> body) {
    return post(agent, Service.ROUTING, "/desk/" + accepted.inquiryId() + "/" + action, body);
  }

  List<JsonNode> inbox(String department) {
    return list(
        Doors.send(officer(department), "GET", inboxUrl(department, ""), null).expect(200).json());
  }

  JsonNode inboxCase(String department, Accepted accepted) {
    return Doors.send(
            officer(department), "GET", inboxUrl(department, "/" + accepted.inquiryId()), null)
        .expect(200)
        .json();
  }

  Answer inboxAction(
      String department, Accepted accepted, String action, Map<String, Object> body) {
    return Doors.send(
        officer(department),
        "POST",
        inboxUrl(department, "/" + accepted.inquiryId() + "/" + action),
        body);
  }

  URI inboxUrl(String department, String path) {
    String segment = URLEncoder.encode(department, StandardCharsets.UTF_8).replace("+", "%20");
    return url(Service.NOTIFICATION, "/departments/" + segment + "/inbox" + path);
  }

  /** The city's totals as its administrator sees them. */
  Totals totals() {
    return Totals.of(
        Doors.send(admin(), "GET", url(Service.ANALYTICS, "/totals"), null).expect(200).json());
  }

  /** The same once they move no more: nothing of what another test did is still on its way. */
  Totals settledTotals() {
    AtomicReference<@Nullable Totals> last = new AtomicReference<>();
    Patience.await()
        .pollInterval(SETTLED)
        .until(
            () -> {
              Totals seen = totals();
              return seen.equals(last.getAndSet(seen));
            });
    return Objects.requireNonNull(last.get());
  }

  /** Rows of the figures, by {@code channel}, {@code department} … or null for the whole. */
  List<JsonNode> metrics(LocalDate from, LocalDate to, String step, @Nullable String by) {
    String query =
        "/metrics?from=%s&to=%s&step=%s%s".formatted(from, to, step, by == null ? "" : "&by=" + by);
    return list(
        Doors.send(admin(), "GET", url(Service.ANALYTICS, query), null)
            .expect(200)
            .json()
            .path("rows"));
  }

  /** The sum of a figure over these days, from the day before to the day after now. */
  long nowadays(String by, String key, String figure) {
    LocalDate today = LocalDate.now(ZoneId.of("UTC"));
    return metrics(today.minusDays(1), today.plusDays(2), "day", by).stream()
        .filter(row -> row.path(by).asString("").equals(key))
        .mapToLong(row -> row.path(figure).asLong())
        .sum();
  }

  private Answer post(Visitor visitor, Service service, String path, Map<String, Object> body) {
    return Doors.send(visitor, "POST", url(service, path), body);
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }
}
