package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.CityDoors.Accepted;
import barocall.testkit.OpenDoor;
import barocall.testkit.RawHttp;
import barocall.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests made out of the services' own OpenAPI documents, at every door of the
 * running suite: whatever comes, the answer is honest and says nothing of what is inside, no log
 * tells of a fault, and those who come between them go the whole way.
 */
@Tag("fuzz")
@OnTheSuite
class FuzzIT {
  private static final String CITY = "gyeongju";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int AT_ONCE = 4;
  private static final int BETWEEN_NEIGHBOURS = 150;
  private static final int MOST_SHOWN = 60;

  private final int requests = Integer.getInteger("barocall.fuzz.requests", 4_000);
  private final int first = Integer.getInteger("barocall.fuzz.from", 0);
  private final long seed = Seed.ofTests();

  private final Suite suite;
  private final CityDoors city;
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private final Map<Integer, Integer> statuses = Collections.synchronizedMap(new TreeMap<>());

  FuzzIT(Suite suite) {
    this.suite = suite;
    this.city = suite.city(CITY);
  }

  /** A door of a running service. */
  private record Aim(Service service, OpenDoor door, RawHttp http) {}

  @Test
  void whateverComesIsAnsweredHonestlyAndTheNeighboursGoTheWholeWay() throws Exception {
    Map<Service, Long> logsBefore = logLengths();
    Accepted open = known();
    List<Aim> aims = aims();
    Map<Service, Fuzz> fuzzes = fuzzes(open);
    List<Accepted> neighbours = Collections.synchronizedList(new ArrayList<>());
    shootAll(aims, fuzzes, neighbours);

    System.out.printf(
        "%d requests at %d doors, seed %d, answered %s; %d neighbours%n",
        requests, aims.size(), seed, statuses, neighbours.size());
    wrong.addAll(telling(logsBefore));
    assertThat(wrong.stream().limit(MOST_SHOWN))
        .as("%d wrong of %d requests from %d on, seed %d", wrong.size(), requests, first, seed)
        .isEmpty();
    assertThat(statuses.keySet()).as("so much was let in and so much refused").contains(200, 400);
    neighbours.forEach(this::wentTheWholeWay);
  }

  private void shootAll(List<Aim> aims, Map<Service, Fuzz> fuzzes, List<Accepted> neighbours)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int number = first; number < first + requests; number++) {
        Aim aim = aims.get(number % aims.size());
        Fuzz.Shot shot = fuzzes.get(aim.service()).shot(aim.door(), number);
        all.add(threads.submit(() -> look(aim, shot)));
        if (number % BETWEEN_NEIGHBOURS == 0) {
          all.add(threads.submit(() -> neighbours.add(neighbour())));
        }
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request of seed " + seed + " could not be made", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void look(Aim aim, Fuzz.Shot shot) {
    RawHttp.Answer answer = aim.http().send(shot.request());
    int status = answer.status();
    statuses.merge(status, 1, Integer::sum);
    boolean waits = answer.headers().containsKey("retry-after");
    if (!shot.framed() && (status == 0 || status == 400)) {
      return;
    }
    if (status <= 0 || status >= 500 && !(status == 503 && waits)) {
      wrong(aim, shot, answer, "no honest answer");
    } else if (status >= 400 && !shot.headOnly() && !answer.isProblem()) {
      wrong(aim, shot, answer, "no problem details");
    }
    if (answer.tellsWhatIsInside()) {
      wrong(aim, shot, answer, "tells what is inside");
    }
  }

  private void wrong(Aim aim, Fuzz.Shot shot, RawHttp.Answer answer, String why) {
    String body = answer.body();
    wrong.add(
        "%s, %s: %s: %d %s %s"
            .formatted(
                aim.service(),
                shot.what(),
                why,
                answer.status(),
                answer.type(),
                body.substring(0, Math.min(200, body.length()))));
  }

  private Accepted known() {
    Accepted open = neighbour();
    Patience.await().until(() -> isInTheInbox(open));
    return open;
  }

  private Accepted neighbour() {
    return city.inquiry(
        Map.of(
            "channel", "web",
            "category", "road-damage",
            "text", "집 앞 도로가 패였습니다. " + CityDoors.fresh("neighbour")));
  }

  private void wentTheWholeWay(Accepted neighbour) {
    Patience.await()
        .untilAsserted(
            () -> {
              assertThat(isInTheInbox(neighbour)).isTrue();
              assertThat(city.receipt(neighbour).path("state").asString()).isEqualTo("escalated");
              assertThat(suite.mails())
                  .anyMatch(mail -> mail.toString().contains(neighbour.inquiryId()));
            });
  }

  private boolean isInTheInbox(Accepted inquiry) {
    return city.inbox("roads").stream()
        .anyMatch(row -> row.path("inquiryId").asString().equals(inquiry.inquiryId()));
  }

  private List<Aim> aims() {
    List<Aim> aims = new ArrayList<>();
    for (Service service : Service.values()) {
      RawHttp http = new RawHttp(suite.url(service), PATIENCE);
      OpenDoor.of(
              Doors.send(Visitor.NOBODY, "GET", suite.url(service).resolve("/v3/api-docs"), null)
                  .expect(200)
                  .json())
          .forEach(door -> aims.add(new Aim(service, door, http)));
    }
    Set<Service> documented = aims.stream().map(Aim::service).collect(Collectors.toSet());
    assertThat(documented).containsExactlyInAnyOrder(Service.values());
    return aims;
  }

  private Map<Service, Fuzz> fuzzes(Accepted open) {
    Map<String, String> usual = new LinkedHashMap<>();
    usual.put("city", CITY);
    usual.put("department", "roads");
    usual.put("agent", "agent-1");
    usual.put("inquiryId", open.inquiryId());
    usual.put("receiptNumber", open.receiptNumber());
    usual.put("callId", CityDoors.fresh("call"));
    usual.put("id", CITY + "~none");
    usual.put("channel", "web");
    usual.put("category", "road-damage");
    usual.put("subject", "도로");
    usual.put("text", "도로가 패였습니다.");
    usual.put("called", "054-779-8585");
    usual.put("calling", "010-0000-1234");
    usual.put("telephone", "010-0000-1234");
    usual.put("email", "citizen@example.org");
    usual.put("name", "홍길동");
    usual.put("address", "양정로 260");
    usual.put("at", "2026-11-02T10:00:00+09:00");
    usual.put("receivedAt", "2017-03-02T09:00:00+09:00");
    usual.put("outcome", "answered");
    usual.put("state", "break");
    usual.put("direction", "in");
    usual.put("answer", "메웠습니다.");
    usual.put("reason", "국도입니다.");
    usual.put("how", "answered");
    usual.put("from", "2026-11-01");
    usual.put("to", "2026-11-30");
    usual.put("step", "day");
    usual.put("by", "channel");
    Visitor key = city.key();
    Visitor agent = city.agent("agent-1");
    Visitor officer = city.officer("roads");
    Visitor admin = city.admin();
    CityDoors elsewhere = suite.city("cheonan");
    List<Visitor> strangers = List.of(elsewhere.key(), elsewhere.admin(), city.officer("tax"));
    Map<Service, Fuzz> fuzzes = new EnumMap<>(Service.class);
    fuzzes.put(Service.INTAKE, fuzz(usual, List.of(key, key, admin), strangers, agent));
    fuzzes.put(Service.ROUTING, fuzz(usual, List.of(agent, admin), strangers, key));
    fuzzes.put(Service.NOTIFICATION, fuzz(usual, List.of(officer, admin), strangers, agent));
    fuzzes.put(Service.ANALYTICS, fuzz(usual, List.of(admin), strangers, officer));
    return fuzzes;
  }

  private Fuzz fuzz(
      Map<String, String> usual, List<Visitor> own, List<Visitor> strangers, Visitor other) {
    List<Visitor> others = new ArrayList<>(strangers);
    others.add(other);
    return new Fuzz(seed, usual, Map.of("own", own, "other", others));
  }

  private Map<Service, Long> logLengths() throws IOException {
    Map<Service, Long> lengths = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      lengths.put(service, Files.size(log(service)));
    }
    return lengths;
  }

  private List<String> telling(Map<Service, Long> before) throws IOException {
    Set<String> found = new HashSet<>();
    for (Service service : Service.values()) {
      byte[] all = Files.readAllBytes(log(service));
      int from = (int) Math.min(all.length, before.getOrDefault(service, 0L));
      new String(all, from, all.length - from, UTF_8)
          .lines()
          .filter(FuzzIT::isTelling)
          .forEach(line -> found.add("the log of " + service + " says: " + line));
    }
    return List.copyOf(found);
  }

  private static boolean isTelling(String line) {
    return line.matches(".*\\bERROR\\b.*") || line.contains("LEAK") || line.startsWith("\tat ");
  }

  private Path log(Service service) {
    return suite.data().resolve("logs").resolve(service.process() + ".log");
  }
}
