package barocall.system;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.CityDoors.Accepted;
import barocall.system.Doors.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every documented door and every page, tried by each role and by nobody. */
@OnTheSuite
class AccessIT {
  private static final String CITY = "gyeongju";
  private static final String OTHER_CITY = "cheonan";

  /** Who tries; the department {@code roads} exists in both cities. */
  private enum Role {
    NOBODY,
    KEY,
    AGENT,
    OFFICER,
    OFFICER_OF_ANOTHER_DEPARTMENT,
    ADMIN,
    ADMIN_OF_ALL_CITIES,
    KEY_OF_ANOTHER_CITY,
    AGENT_OF_ANOTHER_CITY,
    OFFICER_OF_ANOTHER_CITY,
    ADMIN_OF_ANOTHER_CITY
  }

  private static final Set<Role> CHANNELS = EnumSet.of(Role.KEY);
  private static final Set<Role> ADMINS = EnumSet.of(Role.ADMIN, Role.ADMIN_OF_ALL_CITIES);
  private static final Set<Role> CHANNELS_AND_ADMINS = with(ADMINS, Role.KEY);
  private static final Set<Role> DESK = with(ADMINS, Role.AGENT);
  private static final Set<Role> INBOX = with(ADMINS, Role.OFFICER);
  private static final Set<Role> RECEIPTS = with(ADMINS, Role.KEY, Role.AGENT);
  private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);
  private static final Set<Role> PEOPLE =
      EnumSet.complementOf(EnumSet.of(Role.NOBODY, Role.KEY, Role.KEY_OF_ANOTHER_CITY));

  private static final String INBOX_PATH = "/api/v1/cities/{city}/departments/{department}/inbox";

  /** Who may use which door, beside what the services say of themselves. */
  private static final Map<Service, Map<String, Set<Role>>> DOORS = new EnumMap<>(Service.class);

  static {
    Map<String, Set<Role>> intake = new LinkedHashMap<>();
    intake.put("POST /api/v1/cities/{city}/calls", CHANNELS);
    intake.put("POST /api/v1/cities/{city}/calls/{callId}/answer", CHANNELS);
    intake.put("POST /api/v1/cities/{city}/calls/{callId}/end", CHANNELS);
    intake.put("POST /api/v1/cities/{city}/agents/{agent}/state", CHANNELS);
    intake.put("POST /api/v1/cities/{city}/inquiries", CHANNELS);
    intake.put("POST /api/v1/cities/{city}/history", CHANNELS_AND_ADMINS);
    intake.put("GET /api/v1/receipts/{receiptNumber}", RECEIPTS);
    intake.put("POST /api/v1/receipts/{receiptNumber}/reopen", RECEIPTS);
    intake.put("POST /api/v1/receipts/{receiptNumber}/rating", RECEIPTS);
    DOORS.put(Service.INTAKE, intake);
    Map<String, Set<Role>> routing = new LinkedHashMap<>();
    for (String door :
        List.of(
            "GET /api/v1/cities/{city}/desk",
            "POST /api/v1/cities/{city}/desk",
            "GET /api/v1/cities/{city}/desk/events",
            "GET /api/v1/cities/{city}/desk/day",
            "POST /api/v1/cities/{city}/desk/search",
            "GET /api/v1/cities/{city}/desk/{inquiryId}",
            "GET /api/v1/cities/{city}/desk/{inquiryId}/suggestions",
            "POST /api/v1/cities/{city}/desk/{inquiryId}/describe",
            "POST /api/v1/cities/{city}/desk/{inquiryId}/resolve",
            "POST /api/v1/cities/{city}/desk/{inquiryId}/escalate",
            "POST /api/v1/cities/{city}/desk/{inquiryId}/recall",
            "POST /api/v1/cities/{city}/desk/{inquiryId}/correct",
            "POST /api/v1/cities/{city}/desk/{inquiryId}/reopen",
            "POST /api/v1/cities/{city}/desk/{inquiryId}/rate",
            "POST /api/v1/cities/{city}/desk/{inquiryId}/withdraw")) {
      routing.put(door, DESK);
    }
    DOORS.put(Service.ROUTING, routing);
    Map<String, Set<Role>> notification = new LinkedHashMap<>();
    for (String door :
        List.of(
            "GET " + INBOX_PATH,
            "GET " + INBOX_PATH + "/events",
            "GET " + INBOX_PATH + "/{inquiryId}",
            "POST " + INBOX_PATH + "/{inquiryId}/acknowledge",
            "POST " + INBOX_PATH + "/{inquiryId}/resolve",
            "POST " + INBOX_PATH + "/{inquiryId}/return")) {
      notification.put(door, INBOX);
    }
    notification.put("GET /api/v1/cities/{city}/deliveries", ADMINS);
    notification.put("POST /api/v1/cities/{city}/deliveries/send-again", ADMINS);
    notification.put("POST /api/v1/cities/{city}/deliveries/{id}/send-again", ADMINS);
    notification.put("GET /api/v1/cities/{city}/dead-letters", ADMINS);
    notification.put("POST /api/v1/cities/{city}/dead-letters/send-again", ADMINS);
    notification.put("POST /api/v1/cities/{city}/dead-letters/{id}/send-again", ADMINS);
    notification.put("GET /api/v1/cities/{city}/services", ADMINS);
    DOORS.put(Service.NOTIFICATION, notification);
    Map<String, Set<Role>> analytics = new LinkedHashMap<>();
    analytics.put("GET /api/v1/cities/{city}/totals", ADMINS);
    analytics.put("GET /api/v1/cities/{city}/metrics", ADMINS);
    analytics.put("GET /api/v1/cities/{city}/figures", ADMINS);
    analytics.put("GET /api/v1/cities/{city}/kept-from-departments", ADMINS);
    analytics.put("GET /api/v1/cities/{city}/live", ADMINS);
    DOORS.put(Service.ANALYTICS, analytics);
  }

  private final Suite suite;
  private final Map<Role, Visitor> visitors = new EnumMap<>(Role.class);

  AccessIT(Suite suite) {
    this.suite = suite;
    Credentials known = suite.credentials();
    visitors.put(Role.NOBODY, Visitor.NOBODY);
    visitors.put(Role.KEY, known.key(CITY));
    visitors.put(Role.AGENT, Visitor.person(known.agent(CITY, "agent-1")));
    visitors.put(Role.OFFICER, Visitor.person(known.officer(CITY, "roads")));
    visitors.put(Role.OFFICER_OF_ANOTHER_DEPARTMENT, Visitor.person(known.officer(CITY, "tax")));
    visitors.put(Role.ADMIN, Visitor.person(known.admin(CITY)));
    visitors.put(Role.ADMIN_OF_ALL_CITIES, Visitor.person(known.admin(null)));
    visitors.put(Role.KEY_OF_ANOTHER_CITY, known.key(OTHER_CITY));
    visitors.put(Role.AGENT_OF_ANOTHER_CITY, Visitor.person(known.agent(OTHER_CITY, "agent-1")));
    visitors.put(Role.OFFICER_OF_ANOTHER_CITY, Visitor.person(known.officer(OTHER_CITY, "roads")));
    visitors.put(Role.ADMIN_OF_ANOTHER_CITY, Visitor.person(known.admin(OTHER_CITY)));
  }

  private static Set<Role> with(Set<Role> roles, Role... more) {
    Set<Role> all = EnumSet.copyOf(roles);
    all.addAll(List.of(more));
    return all;
  }

  @Test
  void everyDocumentedDoorOpensOnlyToThoseItIsFor() {
    Accepted real = realCase();
    List<String> wrong = new ArrayList<>();
    for (Service service : Service.values()) {
      Map<String, Set<Role>> expected = DOORS.get(service);
      assertThat(documented(service)).as("doors of " + service).isEqualTo(expected.keySet());
      expected.forEach(
          (door, mayEnter) ->
              visitors.forEach(
                  (role, visitor) -> {
                    Answer answer = tryDoor(service, door, visitor, real);
                    if (!fits(answer, role, mayEnter.contains(role))) {
                      wrong.add("%s by %s: %d".formatted(door, role, answer.status()));
                    }
                  }));
    }
    assertThat(wrong).isEmpty();
  }

  /** Whoever has a door of their own gets nothing through it that belongs to others. */
  @Test
  void theIdOfACaseOfOthersOpensItInNobodysOwnPlace() {
    Accepted real = realCase();
    String words = suite.city(CITY).inboxCase("roads", real).path("text").asString();
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (Service service : List.of(Service.ROUTING, Service.NOTIFICATION)) {
      for (String door : DOORS.get(service).keySet()) {
        if (!door.contains("{inquiryId}")) {
          continue;
        }
        for (Role role :
            List.of(
                Role.AGENT_OF_ANOTHER_CITY,
                Role.ADMIN_OF_ANOTHER_CITY,
                Role.OFFICER_OF_ANOTHER_CITY,
                Role.OFFICER_OF_ANOTHER_DEPARTMENT)) {
          boolean sameCity = role == Role.OFFICER_OF_ANOTHER_DEPARTMENT;
          String path =
              door.substring(door.indexOf(' ') + 1)
                  .replace("{city}", sameCity ? CITY : OTHER_CITY)
                  .replace("{department}", sameCity ? "tax" : "roads")
                  .replace("{inquiryId}", real.inquiryId());
          boolean posts = door.startsWith("POST");
          Answer answer =
              Doors.send(
                  visitors.get(role),
                  posts ? "POST" : "GET",
                  page(service, path),
                  posts
                      ? Map.of("text", "x", "answer", "x", "reason", "x", "department", "roads")
                      : null);
          tried++;
          if (answer.status() < 400
              || answer.status() > 499
              || answer.body().contains(words)
              || answer.body().contains(real.receiptNumber())) {
            wrong.add("%s by %s: %d %s".formatted(path, role, answer.status(), answer.body()));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(tried).isGreaterThan(25);
    // Nobody did anything to it either.
    assertThat(suite.city(CITY).inboxCase("roads", real).path("state").asString())
        .isEqualTo("escalated");
  }

  @Test
  void everyPageOpensOnlyToThoseItIsFor() {
    Map<URI, Set<Role>> pages = new LinkedHashMap<>();
    pages.put(page(Service.INTAKE, "/"), EVERYBODY);
    pages.put(page(Service.INTAKE, "/" + CITY), EVERYBODY);
    pages.put(page(Service.INTAKE, "/receipts"), EVERYBODY);
    pages.put(page(Service.ROUTING, "/" + CITY + "/desk"), DESK);
    pages.put(page(Service.NOTIFICATION, "/" + CITY + "/departments/roads/inbox"), INBOX);
    pages.put(page(Service.NOTIFICATION, "/operations"), with(ADMINS, Role.ADMIN_OF_ANOTHER_CITY));
    pages.put(page(Service.ANALYTICS, "/" + CITY), ADMINS);
    pages.put(page(Service.ANALYTICS, "/" + CITY + "/journal"), ADMINS);
    pages.put(page(Service.ANALYTICS, "/" + CITY + "/journal.csv"), ADMINS);
    pages.put(page(Service.ANALYTICS, "/" + CITY + "/journal.xlsx"), ADMINS);
    pages.put(page(Service.ANALYTICS, "/" + CITY + "/configuration"), ADMINS);
    pages.put(page(Service.ANALYTICS, "/" + CITY + "/people"), ADMINS);
    for (Service service : Service.values()) {
      pages.put(page(service, "/login"), EVERYBODY);
    }
    List<String> wrong = new ArrayList<>();
    pages.forEach(
        (page, mayEnter) ->
            visitors.forEach(
                (role, visitor) -> {
                  Answer answer =
                      Doors.send(visitor, "GET", page, null, Map.of("Accept", "text/html"));
                  int expected = mayEnter.contains(role) ? 200 : role == Role.NOBODY ? 303 : 403;
                  if (answer.status() != expected) {
                    wrong.add("%s by %s: %d".formatted(page, role, answer.status()));
                  }
                }));
    assertThat(wrong).isEmpty();
  }

  /** Forms are no documented doors: those of a receipt ask for the same proof as its doors. */
  @Test
  void theFormsOfAReceiptTakeOnlyWhatItsCitizenOrTheCentreSends() {
    Accepted real = realCase();
    String receipt = "/receipts/" + real.receiptNumber();
    Map<String, String> forms = Map.of(receipt + "/rating", "score=5", receipt + "/reopen", "a=b");
    List<String> wrong = new ArrayList<>();
    forms.forEach(
        (path, form) ->
            visitors.forEach(
                (role, visitor) -> {
                  int status = submit(visitor, path, form);
                  // Whoever may has come too early: the case has not ended.
                  boolean fits =
                      RECEIPTS.contains(role)
                          ? status == 409 || status == 422
                          : Set.of(401, 403, 404).contains(status);
                  if (!fits) {
                    wrong.add("%s by %s: %d".formatted(path, role, status));
                  }
                }));
    assertThat(wrong).isEmpty();
    assertThat(submit(Visitor.NOBODY, receipt + "/rating?token=guessed", "score=5")).isEqualTo(404);
    assertThat(
            submit(Visitor.NOBODY, "/receipts", "number=" + real.receiptNumber() + "&last4=0000"))
        .isEqualTo(404);
  }

  private int submit(Visitor visitor, String path, String form) {
    return Doors.send(
            visitor,
            "POST",
            page(Service.INTAKE, path),
            form,
            Map.of("Content-Type", "application/x-www-form-urlencoded"))
        .status();
  }

  @Test
  void everyoneStartsOnTheirOwnPage() {
    List<String> wrong = new ArrayList<>();
    for (Role role : PEOPLE) {
      for (Service service : List.of(Service.ROUTING, Service.NOTIFICATION, Service.ANALYTICS)) {
        Answer answer =
            Doors.send(
                visitors.get(role), "GET", page(service, "/"), null, Map.of("Accept", "text/html"));
        if (answer.status() >= 500 || answer.status() == 401) {
          wrong.add("%s / by %s: %d".formatted(service, role, answer.status()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void healthAndDocumentationAreOpenAndFiguresOfTheMachineOnlyAtHome() {
    for (Service service : Service.values()) {
      for (String open : List.of("/actuator/health", "/v3/api-docs", "/actuator/prometheus")) {
        assertThat(Doors.send(Visitor.NOBODY, "GET", page(service, open), null).status())
            .as(service + open)
            .isEqualTo(200);
      }
      Map<String, String> fromElsewhere = Map.of("X-Forwarded-For", "203.0.113.9");
      URI figures = page(service, "/actuator/prometheus");
      assertThat(Doors.send(Visitor.NOBODY, "GET", figures, null, fromElsewhere).status())
          .as(service + " from elsewhere")
          .isEqualTo(401);
      assertThat(Doors.send(visitors.get(Role.KEY), "GET", figures, null, fromElsewhere).status())
          .as(service + " from elsewhere with a key")
          .isEqualTo(200);
      for (String shut : List.of("/actuator/env", "/actuator/heapdump", "/actuator/beans")) {
        assertThat(Doors.send(visitors.get(Role.AGENT), "GET", page(service, shut), null).status())
            .as(service + shut)
            .isBetween(400, 499);
      }
    }
  }

  @Test
  void aWrongKeyOrPasswordIsNobody() {
    CityDoors city = suite.city(CITY);
    URI inquiries = city.url(Service.INTAKE, "/inquiries");
    Map<String, String> body = Map.of("channel", "web", "text", "가로수");
    Visitor wrongKey = Visitor.withKey(CITY, suite.credentials().keys().get(CITY) + "x");
    assertThat(Doors.send(wrongKey, "POST", inquiries, body).status()).isEqualTo(401);
    Credentials.Person agent = suite.credentials().agent(CITY, "agent-6");
    Visitor wrongPassword =
        Visitor.person(
            new Credentials.Person(
                agent.user(), agent.password() + "x", "agent", CITY, null, agent.agent()));
    URI desk = city.url(Service.ROUTING, "/desk");
    assertThat(Doors.send(wrongPassword, "GET", desk, null).status()).isEqualTo(401);
    assertThat(Doors.send(Visitor.person(agent), "GET", desk, null).status()).isEqualTo(200);
  }

  @Test
  void whoeverIsDisabledStaysOutside() {
    CityDoors city = suite.city(CITY);
    Credentials.Person agent = suite.credentials().agent(CITY, "agent-6");
    URI desk = city.url(Service.ROUTING, "/desk");
    assertThat(suite.launch("people", "disable", agent.user()).exit()).isZero();
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(Doors.send(Visitor.person(agent), "GET", desk, null).status())
                    .isEqualTo(401));
    assertThat(suite.launch("people", "enable", agent.user()).exit()).isZero();
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(Doors.send(Visitor.person(agent), "GET", desk, null).status())
                    .isEqualTo(200));
    Suite.Run who = suite.launch("audit", "list", "--user", agent.user());
    assertThat(who.out())
        .contains("(operator, at the machine) disable-person gyeongju " + agent.user())
        .contains(agent.user() + " (agent, 127.0.0.1) log-in-refused gyeongju")
        .contains("(operator, at the machine) enable-person gyeongju " + agent.user())
        .contains(agent.user() + " (agent, 127.0.0.1) log-in gyeongju");
  }

  private Accepted realCase() {
    CityDoors city = suite.city(CITY);
    Accepted real = city.inquiry(Map.of("channel", "web", "text", "시장 앞 도로에 싱크홀이 있습니다."));
    Patience.await()
        .until(
            () ->
                city.inbox("roads").stream()
                    .anyMatch(row -> row.path("inquiryId").asString().equals(real.inquiryId())));
    return real;
  }

  private Set<String> documented(Service service) {
    JsonNode paths =
        Doors.send(Visitor.NOBODY, "GET", page(service, "/v3/api-docs"), null)
            .expect(200)
            .json()
            .path("paths");
    Set<String> doors = new TreeSet<>();
    paths.forEachEntry(
        (path, methods) ->
            methods.forEachEntry(
                (method, door) ->
                    doors.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
    return doors;
  }

  private Answer tryDoor(Service service, String door, Visitor visitor, Accepted real) {
    String method = door.substring(0, door.indexOf(' '));
    String path =
        door.substring(door.indexOf(' ') + 1)
            .replace("{city}", CITY)
            .replace("{department}", "roads")
            .replace("{inquiryId}", real.inquiryId())
            .replace("{receiptNumber}", real.receiptNumber())
            .replace("{callId}", CityDoors.fresh("call"))
            .replace("{agent}", "agent-1")
            .replace("{id}", CITY + "~none");
    Map<String, Object> body = door.endsWith("/rating") ? Map.of("score", 5) : Map.of();
    return Doors.knock(visitor, method, page(service, path), method.equals("POST") ? body : null);
  }

  /** Who may not enter is told so, or (at a receipt) that there is none; who may, is let in. */
  private static boolean fits(Answer answer, Role role, boolean mayEnter) {
    int status = answer.status();
    if (mayEnter) {
      return status != 401 && status != 403 && status < 500;
    }
    return role == Role.NOBODY ? status == 401 : status == 403 || status == 404;
  }

  private URI page(Service service, String path) {
    return suite.url(service).resolve(path);
  }
}
