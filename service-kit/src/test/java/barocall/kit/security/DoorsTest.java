package barocall.kit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.access.Person;
import barocall.access.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

@ExtendWith(OutputCaptureExtension.class)
class DoorsTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String DESK = "/api/v1/cities/gyeongju/desk";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path folder;

  private static CredentialsFile file;
  private static ConfigurableApplicationContext town;
  private static ConfigurableApplicationContext neighbour;
  private static WebTestClient client;

  @BeforeAll
  static void open() {
    file = new CredentialsFile(folder.resolve("credentials.json"));
    file.change(now -> now.complete(List.of(office("gyeongju"), office("cheonan")), RANDOM));
    town = start();
    neighbour = start();
    client = client(town);
  }

  @AfterAll
  static void close() {
    neighbour.close();
    town.close();
  }

  private static Office office(String city) {
    return new Office(
        city,
        List.of(new Office.Seat("agent-1", "김하나"), new Office.Seat("agent-2", "이두리")),
        List.of(new Office.Seat("roads", "도로과"), new Office.Seat("water", "수도과")));
  }

  private static ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(Town.class)
        .web(WebApplicationType.REACTIVE)
        .run(
            "--server.port=0",
            "--spring.application.name=routing-service",
            "--barocall.credentials=" + file.path(),
            "--spring.cloud.function.definition=",
            "--barocall.data=" + folder);
  }

  private static WebTestClient client(ConfigurableApplicationContext context) {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    return WebTestClient.bindToServer()
        .baseUrl("http://127.0.0.1:" + port)
        .responseTimeout(PATIENCE)
        .build();
  }

  private static Credentials credentials() {
    return file.read();
  }

  private static String password(String user) {
    return credentials().person(user).orElseThrow().password();
  }

  private static Consumer<HttpHeaders> as(String who) {
    return headers -> {
      if (who.startsWith("key:")) {
        headers.setBearerAuth(credentials().keys().get(who.substring(4)));
      } else if (!who.equals("nobody")) {
        headers.setBasicAuth(who, password(who), StandardCharsets.UTF_8);
      }
    };
  }

  /** A page of a browser: its cookies, and the proof that its forms carry. */
  private record Browser(WebTestClient client, String csrf, String session) {
    WebTestClient.RequestHeadersSpec<?> get(String path) {
      return client.get().uri(path).cookie("barocall_session", session);
    }

    WebTestClient.RequestBodySpec post(String path) {
      return client.post().uri(path).cookie("barocall_session", session).cookie("XSRF-TOKEN", csrf);
    }
  }

  private static String csrf() {
    ResponseCookie cookie =
        client
            .get()
            .uri("/login")
            .exchange()
            .expectStatus()
            .isOk()
            .returnResult(String.class)
            .getResponseCookies()
            .getFirst("XSRF-TOKEN");
    assertThat(cookie).isNotNull();
    assertThat(cookie.isHttpOnly()).isFalse();
    assertThat(cookie.getPath()).isEqualTo("/");
    return cookie.getValue();
  }

  private static WebTestClient.ResponseSpec enter(String user, String password, String next) {
    String csrf = csrf();
    return client
        .post()
        .uri("/login")
        .cookie("XSRF-TOKEN", csrf)
        .accept(MediaType.TEXT_HTML)
        .body(
            BodyInserters.fromFormData("user", user)
                .with("password", password)
                .with("next", next)
                .with("_csrf", csrf))
        .exchange();
  }

  private static Browser loggedIn(String user) {
    ResponseCookie session =
        enter(user, password(user), "")
            .expectStatus()
            .isSeeOther()
            .returnResult(Void.class)
            .getResponseCookies()
            .getFirst("barocall_session");
    assertThat(session).isNotNull();
    assertThat(session.isHttpOnly()).isTrue();
    assertThat(session.getSameSite()).isEqualTo("Lax");
    assertThat(session.getPath()).isEqualTo("/");
    assertThat(session.isSecure()).isFalse();
    assertThat(session.getMaxAge()).isEqualTo(Duration.ofHours(8));
    return new Browser(client, csrf(), session.getValue());
  }

  /** Adds somebody whom the other tests don't touch. */
  private static void add(String user) {
    file.change(
        now ->
            now.add(
                Person.generated(
                    user, "pass-" + user, Role.AGENT, "gyeongju", null, "agent-1", "박새롬")));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> town.getBean(CredentialsFile.class).current().person(user).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "nobody,             401, 401, 401, 401, 401",
    "key:gyeongju,       200, 403, 403, 403, 403",
    "key:cheonan,        403, 403, 403, 403, 403",
    "gyeongju-agent-1,   403, 200, 403, 403, 200",
    "cheonan-agent-1,    403, 403, 403, 403, 403",
    "gyeongju-roads,     403, 403, 200, 403, 403",
    "gyeongju-water,     403, 403, 403, 403, 403",
    "cheonan-roads,      403, 403, 403, 403, 403",
    "gyeongju-admin,     403, 403, 403, 200, 403",
    "cheonan-admin,      403, 403, 403, 403, 403",
    "admin,              403, 403, 403, 200, 403"
  })
  void everyDoorOpensForItsOwnRoleAndCity(
      String who, int calls, int desk, int inbox, int totals, int inHandler) {
    String city = "/api/v1/cities/gyeongju";
    assertThat(status(client.post().uri(city + "/calls").headers(as(who)))).isEqualTo(calls);
    assertThat(status(client.get().uri(city + "/desk").headers(as(who)))).isEqualTo(desk);
    assertThat(status(client.get().uri(city + "/departments/roads/inbox").headers(as(who))))
        .isEqualTo(inbox);
    assertThat(status(client.get().uri(city + "/totals").headers(as(who)))).isEqualTo(totals);
    assertThat(status(client.get().uri("/cases/gyeongju").headers(as(who)))).isEqualTo(inHandler);
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, 401",
    "key:gyeongju, 403",
    "gyeongju-agent-1, 404",
    "gyeongju-roads, 404",
    "admin, 404"
  })
  void whatNoRuleNamesIsClosedToEveryoneAndToPeopleNotThere(String who, int closed) {
    assertThat(status(client.get().uri("/never-named").headers(as(who)))).isEqualTo(closed);
    assertThat(status(client.get().uri("/actuator/env").headers(as(who)))).isEqualTo(closed);
    assertThat(status(client.get().uri("/api/v1/cities/gyeongju/desk/").headers(as(who))))
        .isEqualTo(closed);
  }

  @Test
  void aPageThatThereIsNotIsSaidToBeNowhere() {
    assertThat(
            client
                .get()
                .uri("/gyeongju/operations")
                .accept(MediaType.TEXT_HTML)
                .headers(as("admin"))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody())
        .contains("찾을 수 없습니다")
        .doesNotContain("권한");
    client
        .get()
        .uri("/gyeongju/operations")
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .isSeeOther();
  }

  @ParameterizedTest
  @CsvSource({"nobody, 401", "key:gyeongju, 404", "gyeongju-agent-1, 404", "admin, 404"})
  void aCityThatThereIsNotIsNotFound(String who, int status) {
    assertThat(status(client.get().uri("/api/v1/cities/atlantis/totals").headers(as(who))))
        .isEqualTo(status);
  }

  @Test
  void aPersonInTheWrongPlaceIsToldSoOnAPage() {
    loggedIn("gyeongju-roads")
        .get(DESK)
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .isForbidden()
        .expectHeader()
        .contentTypeCompatibleWith(MediaType.TEXT_HTML)
        .expectBody(String.class)
        .value(page -> assertThat(page).contains("도로과", "권한이 없습니다"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/open//page", "/open/page;a=b", "/open/%2e%2e/page", "/open%2Fpage"})
  void oddAddressesAreProblems(String path) {
    client
        .get()
        .uri(at -> URI.create(at.build() + path))
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
  }

  @Test
  void aServiceWithoutCredentialsSaysSoAndDoesNotStart(CapturedOutput output) {
    String missing = folder.resolve("nowhere/credentials.json").toString();
    SpringApplicationBuilder other =
        new SpringApplicationBuilder(Town.class).web(WebApplicationType.REACTIVE);

    assertThatThrownBy(
            () ->
                other.run(
                    "--server.port=0",
                    "--spring.application.name=routing-service",
                    "--spring.cloud.function.definition=",
                    "--barocall.credentials=" + missing))
        .hasRootCauseInstanceOf(NoSuchFileException.class);
    assertThat(output.getAll()).contains("There is no " + missing + "; `./barocall up` makes it");
    assertThat(output.getAll())
        .doesNotContain("Application run failed", "NoSuchFileException", "\tat barocall.access.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/health", "/v3/api-docs", "/login", "/", "/open/page"})
  void someDoorsAreOpenToAll(String path) {
    assertThat(status(client.get().uri(path))).isEqualTo(200);
  }

  @Test
  void figuresForPrometheusAreForThisMachineOrWithAKey() {
    String path = "/actuator/prometheus";
    assertThat(status(client.get().uri(path))).isEqualTo(200);
    assertThat(status(client.get().uri(path).header("X-Forwarded-For", "203.0.113.7")))
        .isEqualTo(401);
    for (String who : List.of("key:gyeongju", "admin")) {
      assertThat(
              status(
                  client.get().uri(path).header("X-Forwarded-For", "203.0.113.7").headers(as(who))))
          .isEqualTo(200);
    }
    assertThat(
            status(
                client
                    .get()
                    .uri(path)
                    .header("X-Forwarded-For", "203.0.113.7")
                    .headers(as("gyeongju-agent-1"))))
        .isEqualTo(403);
  }

  @Test
  void wrongKeysAndPasswordsAreProblemsWithoutAWindowOfTheBrowser() {
    for (String given :
        List.of(
            "Bearer wrong",
            "Bearer",
            "Basic " + base64("gyeongju-agent-1:wrong"),
            "Basic " + base64("nobody-at-all:x"),
            "Basic !!!",
            "Digest x")) {
      client
          .get()
          .uri(DESK)
          .header("Authorization", given)
          .accept(MediaType.TEXT_HTML, MediaType.ALL)
          .exchange()
          .expectStatus()
          .isUnauthorized()
          .expectHeader()
          .valueEquals("WWW-Authenticate", "Bearer");
    }
    client
        .get()
        .uri(DESK)
        .exchange()
        .expectStatus()
        .isUnauthorized()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.status")
        .isEqualTo(401)
        .jsonPath("$.title")
        .isNotEmpty();
    client
        .get()
        .uri(DESK)
        .headers(as("gyeongju-roads"))
        .exchange()
        .expectStatus()
        .isForbidden()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.status")
        .isEqualTo(403);
  }

  @Test
  void aWrongKeyIsRefusedAtAnOpenDoorToo() {
    assertThat(status(client.get().uri("/open/page").header("Authorization", "Bearer wrong")))
        .isEqualTo(401);
  }

  @Test
  void oneLogInOpensAllServices() {
    Browser browser = loggedIn("gyeongju-agent-1");

    client(neighbour)
        .get()
        .uri(DESK)
        .cookie("barocall_session", browser.session())
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .isEqualTo("AGENT gyeongju-agent-1");
  }

  @Test
  void aForgedCookieIsNobody() {
    Browser browser = loggedIn("gyeongju-agent-1");
    StringBuilder forging = new StringBuilder(browser.session());
    // Not the last letter: some of its bits stand for nothing.
    int inTheSignature = forging.length() - 10;
    forging.setCharAt(inTheSignature, forging.charAt(inTheSignature) == 'A' ? 'B' : 'A');
    String forged = forging.toString();

    client
        .get()
        .uri("/open/page")
        .cookie("barocall_session", forged)
        .exchange()
        .expectBody(String.class)
        .isEqualTo("nobody");
    assertThat(status(client.get().uri(DESK).cookie("barocall_session", forged))).isEqualTo(401);
  }

  @Test
  void aCookieEndsAfterEightHours() {
    Browser browser = loggedIn("gyeongju-agent-1");
    Town.Hands clock = town.getBean(Town.Hands.class);

    clock.forward(Duration.ofHours(7).plusMinutes(59));
    assertThat(status(browser.get(DESK))).isEqualTo(200);
    clock.forward(Duration.ofMinutes(2));
    assertThat(status(browser.get(DESK))).isEqualTo(401);
  }

  @Test
  void logOutEndsTheCookieEverywhere() {
    Browser browser = loggedIn("gyeongju-agent-1");
    assertThat(status(browser.post("/logout"))).isEqualTo(403);
    WebTestClient there = client(neighbour);
    assertThat(status(there.get().uri(DESK).cookie("barocall_session", browser.session())))
        .isEqualTo(200);
    browser
        .post("/logout")
        .body(BodyInserters.fromFormData("_csrf", browser.csrf()))
        .exchange()
        .expectStatus()
        .isSeeOther()
        .expectHeader()
        .location("/login?out")
        .expectCookie()
        .maxAge("barocall_session", Duration.ZERO);

    assertThat(status(browser.get(DESK))).isEqualTo(401);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                status(there.get().uri(DESK).cookie("barocall_session", browser.session())) == 401);
  }

  @Test
  void aChangedPasswordEndsTheCookieAndThePasswordWithoutARestart() {
    add("changing");
    Browser browser = loggedIn("changing");
    assertThat(status(browser.get(DESK))).isEqualTo(200);

    file.change(now -> now.password("changing", "a password of my own", RANDOM));

    Awaitility.await().atMost(PATIENCE).until(() -> status(browser.get(DESK)) == 401);
    assertThat(basic(DESK, "changing", "pass-changing")).isEqualTo(401);
    assertThat(basic(DESK, "changing", "a password of my own")).isEqualTo(200);
    assertThat(basic(DESK, "changing", "a password of my own")).isEqualTo(200);
  }

  @Test
  void aDisabledPersonIsOutAtOnce() {
    add("leaving");
    Browser browser = loggedIn("leaving");

    file.change(now -> now.disable("leaving", true));

    Awaitility.await().atMost(PATIENCE).until(() -> status(browser.get(DESK)) == 401);
    assertThat(basic(DESK, "leaving", "pass-leaving")).isEqualTo(401);
  }

  @Test
  void whatABrowserSendsUnaskedNeedsAProof() {
    Browser browser = loggedIn("gyeongju-agent-1");

    browser
        .post(DESK)
        .exchange()
        .expectStatus()
        .isForbidden()
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("urn:barocall:problem:stale-page");
    assertThat(status(browser.post(DESK).header("X-XSRF-TOKEN", "wrong"))).isEqualTo(403);
    assertThat(status(browser.post(DESK).header("X-XSRF-TOKEN", browser.csrf()))).isEqualTo(200);
    assertThat(status(browser.post(DESK).body(BodyInserters.fromFormData("_csrf", browser.csrf()))))
        .isEqualTo(200);
    assertThat(status(browser.post("/open/form"))).isEqualTo(403);
  }

  @Test
  void theProofThatAPageCarriesIsAnotherEachTimeAndFits() {
    EntityExchangeResult<String> first = loginPage();
    String cookie = first.getResponseCookies().getFirst("XSRF-TOKEN").getValue();
    String carried = carried(first.getResponseBody());
    assertThat(carried).isNotEqualTo(cookie);
    assertThat(carried(loginPage().getResponseBody())).isNotEqualTo(carried);

    client
        .post()
        .uri("/login")
        .cookie("XSRF-TOKEN", cookie)
        .body(
            BodyInserters.fromFormData("user", "gyeongju-agent-2")
                .with("password", password("gyeongju-agent-2"))
                .with("_csrf", carried))
        .exchange()
        .expectStatus()
        .isSeeOther();
  }

  @Test
  void programsAndStrangersNeedNoProof() {
    assertThat(status(client.post().uri(DESK).headers(as("gyeongju-agent-1")))).isEqualTo(200);
    assertThat(
            status(client.post().uri("/api/v1/cities/gyeongju/calls").headers(as("key:gyeongju"))))
        .isEqualTo(200);
    assertThat(status(client.post().uri("/open/form"))).isEqualTo(200);
    // A cookie that comes along with a key counts for nothing.
    Browser browser = loggedIn("gyeongju-agent-1");
    assertThat(status(browser.post("/api/v1/cities/gyeongju/calls").headers(as("key:gyeongju"))))
        .isEqualTo(200);
  }

  @Test
  void theLogInItselfNeedsAProof() {
    client
        .post()
        .uri("/login")
        .body(BodyInserters.fromFormData("user", "admin").with("password", password("admin")))
        .exchange()
        .expectStatus()
        .isForbidden();
  }

  @Test
  void guessingIsSlowedForThatUserAlone() {
    add("guessed");
    for (int i = 0; i < 5; i++) {
      assertThat(basic(DESK, "guessed", "guess-" + i)).isEqualTo(401);
    }
    client
        .get()
        .uri(DESK)
        .headers(headers -> headers.setBasicAuth("guessed", "pass-guessed"))
        .exchange()
        .expectStatus()
        .isEqualTo(429)
        .expectHeader()
        .value("Retry-After", wait -> assertThat(Integer.parseInt(wait)).isBetween(1, 2));
    enter("guessed", "pass-guessed", "").expectStatus().isEqualTo(429);
    assertThat(status(client.get().uri(DESK).headers(as("gyeongju-agent-1")))).isEqualTo(200);

    town.getBean(Town.Hands.class).forward(Duration.ofSeconds(2));

    assertThat(basic(DESK, "guessed", "pass-guessed")).isEqualTo(200);
    assertThat(basic(DESK, "guessed", "once more")).isEqualTo(401);
  }

  @Test
  void guessesAtTheSameTimeAreSlowedAsThoseOneAfterAnother() throws Exception {
    add("rushed");
    file.change(now -> now.password("rushed", "a password of one's own", RANDOM));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                town.getBean(CredentialsFile.class)
                    .current()
                    .person("rushed")
                    .filter(person -> person.passwordHash() != null)
                    .isPresent());
    ExecutorService guessers = Executors.newFixedThreadPool(16);
    try {
      var tries = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < 16; i++) {
        String guess = "guess-" + i;
        tries.add(() -> basic(DESK, "rushed", guess));
      }
      var answers = new ArrayList<Integer>();
      for (Future<Integer> answer : guessers.invokeAll(tries)) {
        answers.add(answer.get());
      }
      assertThat(answers).containsOnly(401, 429);
      assertThat(answers.stream().filter(status -> status == 401)).hasSize(5);
    } finally {
      guessers.shutdownNow();
    }
  }

  @Test
  void aUserNameOfImpossibleLengthIsRefusedAndNotRemembered() {
    String user = "u".repeat(101);
    for (int i = 0; i < 8; i++) {
      assertThat(basic(DESK, user, "guess-" + i)).isEqualTo(401);
    }
    enter(user, "guess", "").expectStatus().isUnauthorized();
  }

  @Test
  void aBadlyWrittenLogInIsABadRequest() {
    client
        .post()
        .uri("/login")
        .cookie("XSRF-TOKEN", csrf())
        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
        .bodyValue("user=%zz&password=x")
        .exchange()
        .expectStatus()
        .isBadRequest();
  }

  @Test
  void aWrongPasswordKeepsTheUserNameButNeverThePassword() {
    add("typing");
    String page =
        enter("typing", "not-my-password", "/cases/gyeongju")
            .expectStatus()
            .isUnauthorized()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody();

    assertThat(page)
        .contains("value=\"typing\"")
        .contains("value=\"/cases/gyeongju\"")
        .contains("아이디나 비밀번호가 맞지 않습니다")
        .doesNotContain("not-my-password");
    enter("", "", "").expectStatus().isBadRequest();
  }

  @ParameterizedTest
  @CsvSource({
    "gyeongju-agent-1, http://127.0.0.1:8082/",
    "gyeongju-roads,   http://127.0.0.1:8083/",
    "gyeongju-admin,   http://127.0.0.1:8084/"
  })
  void everyoneLandsWhereTheyWork(String user, String home) {
    enter(user, password(user), "").expectStatus().isSeeOther().expectHeader().location(home);
  }

  @Test
  void peopleAreShownTheWayToTheLogInAndBack() {
    client
        .get()
        .uri(at -> URI.create(at.build() + "/cases/gyeongju?tab=1&q=%EA%B0%80"))
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .isSeeOther()
        .expectHeader()
        .location("/login?next=%2Fcases%2Fgyeongju%3Ftab%3D1%26q%3D%25EA%25B0%2580");
    enter("gyeongju-agent-1", password("gyeongju-agent-1"), "/cases/gyeongju?tab=1&q=%EA%B0%80")
        .expectHeader()
        .location("/cases/gyeongju?tab=1&q=%EA%B0%80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "evil.example",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie:x\r\n",
        "javascript:alert(1)",
        "/login?next=/",
        "/logout"
      })
  void noLogInLeadsElsewhere(String next) {
    enter("gyeongju-agent-1", password("gyeongju-agent-1"), next)
        .expectStatus()
        .isSeeOther()
        .expectHeader()
        .location("http://127.0.0.1:8082/");
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() {
    for (String path : List.of("/login", "/never-named", "/actuator/health")) {
      HttpHeaders headers =
          client.get().uri(path).exchange().returnResult(String.class).getResponseHeaders();
      assertThat(headers.getFirst("Content-Security-Policy"))
          .contains("default-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe-inline");
      assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("same-origin");
      assertThat(headers.getFirst("X-Frame-Options")).isEqualTo("DENY");
      assertThat(headers.containsHeader("Access-Control-Allow-Origin")).isFalse();
    }
  }

  @Test
  void theLogInPageIsKoreanFirstAndEnglishBySwitch() {
    assertThat(loginPage().getResponseBody()).contains("lang=\"ko\"", "아이디", "비밀번호");
    client
        .get()
        .uri("/login?lang=en")
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectBody(String.class)
        .value(page -> assertThat(page).contains("lang=\"en\"", "User name", "Password"));
  }

  @Test
  void openApiSaysHowToComeIn() {
    client
        .get()
        .uri("/v3/api-docs")
        .exchange()
        .expectBody()
        .jsonPath("$.components.securitySchemes.key.scheme")
        .isEqualTo("bearer")
        .jsonPath("$.components.securitySchemes.basic.scheme")
        .isEqualTo("basic")
        .jsonPath("$.components.securitySchemes.cookie.name")
        .isEqualTo("barocall_session");
  }

  private static EntityExchangeResult<String> loginPage() {
    return client
        .get()
        .uri("/login")
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .returnResult();
  }

  private static String carried(String page) {
    return page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
  }

  private static int basic(String path, String user, String password) {
    return status(client.get().uri(path).headers(headers -> headers.setBasicAuth(user, password)));
  }

  private static int status(WebTestClient.RequestHeadersSpec<?> request) {
    return request.exchange().expectBody().returnResult().getStatus().value();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
