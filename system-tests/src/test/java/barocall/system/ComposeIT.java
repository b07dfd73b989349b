package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import barocall.system.CityDoors.Accepted;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The installation in containers: what it shows, what it keeps, and what it survives. */
@Tag("compose")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeIT {
  private static final List<String> LASTING =
      List.of(
          "kafka",
          "mongo",
          "catcher",
          "intake-service",
          "routing-service",
          "notification-service",
          "analytics-service");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int PROMETHEUS = 9;
  private static final int SHORTEST_SECRET = 16;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Containers containers;
  private Suite suite;

  @BeforeAll
  void start() {
    assumeTrue(Containers.areAtHand(), "there is no Docker engine with Compose");
    containers = Containers.start();
    suite = containers.suite();
  }

  @AfterAll
  void stop() {
    if (containers != null) {
      containers.close();
    }
  }

  @Test
  void theLauncherFindsEveryPartHealthy() {
    assertThat(suite.launch("status").exit()).isZero();
    assertThat(suite.parts())
        .allMatch(Suite.Part::healthy)
        .extracting(Suite.Part::name)
        .containsExactlyInAnyOrder(
            "broker",
            "store",
            "catcher",
            "intake-service",
            "routing-service",
            "notification-service",
            "analytics-service");
    assertThat(suite.launch("people", "list").out()).contains("gyeongju-roads");
    assertThat(suite.launch("down").err()).contains("docker compose down");
  }

  @Test
  void onlyPagesAreReachedAndOnlyFromThisMachine() {
    Set<String> published = new TreeSet<>();
    for (JsonNode container : containers.inspected()) {
      String name =
          container.path("Config").path("Labels").path("com.docker.compose.service").asString();
      JsonNode host = container.path("HostConfig");
      container
          .path("NetworkSettings")
          .path("Ports")
          .forEach(
              bindings ->
                  bindings.forEach(
                      binding -> {
                        assertThat(binding.path("HostIp").asString())
                            .as(name)
                            .isEqualTo("127.0.0.1");
                        published.add(name);
                      }));
      assertThat(host.path("CapDrop").path(0).asString()).as(name).isEqualTo("ALL");
      assertThat(host.path("SecurityOpt").toString()).as(name).contains("no-new-privileges");
      assertThat(host.path("Memory").asLong()).as(name).isPositive();
      assertThat(host.path("Privileged").asBoolean()).as(name).isFalse();
      // The image of Kafka writes its configuration beside its programs.
      assertThat(host.path("ReadonlyRootfs").asBoolean()).as(name).isEqualTo(!name.equals("kafka"));
      if (LASTING.contains(name)) {
        assertThat(host.path("RestartPolicy").path("Name").asString()).isEqualTo("unless-stopped");
        assertThat(containers.compose("exec", "-T", name, "id", "-u").strip()).isNotEqualTo("0");
      }
    }
    // Only there if its profile was asked for.
    published.remove("prometheus");
    assertThat(published)
        .containsExactlyInAnyOrder(
            "intake-service",
            "routing-service",
            "notification-service",
            "analytics-service",
            "catcher");
  }

  @Test
  void anImportAndWhatCitizensWroteStayOverDownAndUp() throws IOException {
    Path rows = Suite.home().resolve("../shared/data/la311-2018-01");
    assumeTrue(Files.isDirectory(rows), "there is no real data in ../shared/data/la311-2018-01");
    Path file;
    try (Stream<Path> files = Files.list(rows)) {
      file = files.filter(path -> path.toString().endsWith(".csv")).findFirst().orElseThrow();
    }
    long count;
    try (var csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      count = csv.stream().count();
    }
    CityDoors losAngeles = suite.city("losangeles");
    String[] arguments = {file.toString(), "--format", "la311", "--city", "losangeles"};
    Suite.Run load = suite.launch("import", arguments);
    assertThat(load.exit()).as(load.out() + load.err()).isZero();
    Patience.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(losAngeles.totals().received()).isEqualTo(count));
    Totals before = losAngeles.totals();
    CityDoors gyeongju = suite.city("gyeongju");
    Accepted asked = gyeongju.inquiry(Map.of("channel", "web", "text", "길이 패였습니다."));

    containers.compose("--profile", "observe", "down");
    assertThat(containers.compose("ps", "--quiet")).isBlank();
    containers.up();

    assertThat(losAngeles.totals()).isEqualTo(before);
    assertThat(gyeongju.receipt(asked).path("receiptNumber").asString())
        .isEqualTo(asked.receiptNumber());
    assertThat(suite.launch("import", arguments).exit()).isZero();
    assertThat(losAngeles.totals()).isEqualTo(before);
  }

  @Test
  void whicheverContainerIsKilledNothingIsLostOrCountedTwice() throws Exception {
    underTraffic(
        name -> {
          containers.compose("kill", name);
          assertThat(containers.compose("ps", "--status", "running", "--services").lines())
              .doesNotContain(name);
        });
  }

  @Test
  void aRollingRestartLosesNothing() throws Exception {
    underTraffic(
        name -> {
          if (name.endsWith("-service")) {
            containers.compose("up", "--detach", "--no-deps", "--force-recreate", name);
          }
        });
  }

  @Test
  void theAlertsAreRightAndPrometheusReadsTheServices() {
    containers.compose(
        "--profile", "observe", "up", "--detach", "--wait", "--no-deps", "prometheus");
    for (String check :
        List.of(
            "check config prometheus.yml",
            "check rules alerts.yml",
            "test rules alerts-test.yml")) {
      String[] words = check.split(" ");
      containers.compose(
          "--profile",
          "observe",
          "exec",
          "-T",
          "-w",
          "/etc/prometheus",
          "prometheus",
          "promtool",
          words[0],
          words[1],
          words[2]);
    }
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(
                        containers
                            .compose(
                                "--profile",
                                "observe",
                                "exec",
                                "-T",
                                "prometheus",
                                "promtool",
                                "query",
                                "instant",
                                "http://127.0.0.1:9090",
                                "up{job=\"barocall\"} == 1")
                            .lines())
                    .hasSize(4));
    FiguresShownIT.oneOfEachKind(suite.city("gyeongju"));
    Map<String, String> expressions = ShownFigures.expressions();
    Set<String> asked =
        expressions.values().stream()
            .flatMap(expression -> ShownFigures.asked(expression).keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    // Only there while an alert stands.
    asked.remove("ALERTS");
    Patience.await()
        .untilAsserted(
            () -> {
              Set<String> known = new TreeSet<>();
              prometheus("label/__name__/values")
                  .path("data")
                  .forEach(name -> known.add(name.asString()));
              assertThat(known).containsAll(asked);
            });
    expressions.forEach(
        (where, expression) ->
            assertThat(
                    prometheus("query?query=" + URLEncoder.encode(expression, UTF_8))
                        .path("status")
                        .asString())
                .as(where)
                .isEqualTo("success"));
  }

  @Test
  void noSecretStandsInAContainersDescriptionOrInALog() throws IOException {
    Set<String> secrets = new TreeSet<>();
    secrets(
        JSON.readTree(Files.readString(suite.data().resolve("credentials.json"), UTF_8)), secrets);
    assertThat(secrets).hasSizeGreaterThan(20);
    String told = containers.inspected() + containers.logs();

    assertThat(secrets.stream().filter(told::contains)).isEmpty();
  }

  @Test
  void noLogTellsWhatACitizenSaid() {
    // From now on mongod would tell of every command, were it allowed to tell of slow ones.
    containers.compose(
        "exec",
        "-T",
        "mongo",
        "mongosh",
        "--quiet",
        "--norc",
        "--eval",
        "db.setProfilingLevel(0, {slowms: -1})");
    CityDoors gyeongju = suite.city("gyeongju");
    String marker = CityDoors.fresh("marker");
    String name = "홍두깨비밀";
    String telephone = "010-7391-5284";
    String email = CityDoors.fresh("citizen") + "@example.org";
    String number = "900101-1234568";
    Accepted complaint =
        gyeongju.inquiry(
            Map.of(
                "channel",
                "web",
                "category",
                "road-damage",
                "subject",
                marker,
                "text",
                "%s %s %s %s".formatted(marker, number, telephone, email),
                "place",
                Map.of("address", marker),
                "contact",
                Map.of("name", name, "telephone", telephone, "email", email)));
    Patience.await()
        .until(() -> gyeongju.inbox("roads").toString().contains(complaint.inquiryId()));
    gyeongju.inboxAction("roads", complaint, "resolve", Map.of("answer", marker)).expect(200);
    Patience.await()
        .until(() -> gyeongju.receipt(complaint).path("state").asString().equals("resolved"));
    gyeongju
        .inquiry("wrong-" + marker, Map.of("channel", marker, "text", name, "contact", telephone))
        .expect(400);

    assertThat(containers.logs().lines())
        .hasSizeGreaterThan(50)
        .noneMatch(
            line ->
                Stream.of(marker, name, telephone, "01073915284", email, number, "1234568")
                    .anyMatch(line::contains));
  }

  private static void secrets(JsonNode in, Set<String> found) {
    // A shorter one is a word, as the name of somebody's role.
    if (in.isString() && in.asString().length() >= SHORTEST_SECRET) {
      found.add(in.asString());
    }
    in.forEach(part -> secrets(part, found));
  }

  private JsonNode prometheus(String question) {
    URI prometheus = URI.create("http://127.0.0.1:" + (suite.portBase() + PROMETHEUS));
    return Doors.send(Visitor.NOBODY, "GET", prometheus.resolve("/api/v1/" + question), null)
        .expect(200)
        .json();
  }

  private interface Mischief {
    void on(String container);
  }

  /** Does that to each container in turn while citizens write; then nothing may be missing. */
  private void underTraffic(Mischief mischief) throws Exception {
    CityDoors cheonan = suite.city("cheonan");
    Totals before = cheonan.totals();
    Citizens citizens = new Citizens(cheonan);
    try (citizens) {
      citizens.begin();
      for (String name : LASTING) {
        mischief.on(name);
        citizens.awaitTries();
        containers.up(name);
      }
      citizens.awaitTries();
      citizens.finish();
    }
    assertThat(citizens.refused()).isEmpty();
    int all = citizens.accepted();
    int complaints = citizens.escalated().size();
    assertThat(complaints).isPositive();
    Patience.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(cheonan.totals().since(before))
                    .isEqualTo(new Totals(all, 0, 0, complaints, all, 0, 0, 0)));
    Patience.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<JsonNode> mails = suite.mails();
              for (Accepted complaint : citizens.escalated().values()) {
                assertThat(
                        mails.stream()
                            .filter(
                                mail ->
                                    mail.path("text").asString().contains(complaint.inquiryId()))
                            .map(mail -> mail.path("messageId").asString())
                            .collect(Collectors.toSet()))
                    .as("names of the mails about " + complaint.receiptNumber())
                    .hasSize(1);
              }
            });
  }
}
