package barocall.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

class ProblemsTest {
  private static ConfigurableApplicationContext service;
  private static WebTestClient client;

  @BeforeAll
  static void start() {
    service =
        new SpringApplicationBuilder(SampleApplication.class)
            .run("--server.port=0", "--spring.application.name=routing-service");
    client =
        WebTestClient.bindToServer()
            .baseUrl(
                "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port"))
            .responseTimeout(Duration.ofSeconds(90))
            .build();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static WebTestClient.BodyContentSpec posted(String body, int status) {
    return client
        .post()
        .uri("/orders")
        .contentType(MediaType.APPLICATION_JSON)
        .header("Accept-Language", "en")
        .bodyValue(body)
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"count": "many"}                         | count         | The value is of the wrong kind.
          {"colour": "880101-1234567"}              | colour        | Must be one of: RED, GREEN
          {"at": "yesterday"}                       | at            | Write a time as 2026-01-05T14:05:00+09:00.
          {"contact": {"email": "880101-1234567"}}  | contact       | The value is not valid.
          {"contact": {"email": {}}}                | contact.email | The value is of the wrong kind.
          {"contact": [1]}                          | contact       | The value is of the wrong kind.
          """)
  void aWrongFieldIsNamedWithoutItsValue(String body, String field, String message) {
    byte[] said =
        posted(body, 400)
            .jsonPath("$.type")
            .isEqualTo("urn:barocall:problem:bad-request")
            .jsonPath("$.status")
            .isEqualTo(400)
            .jsonPath("$.errors[0].field")
            .isEqualTo(field)
            .jsonPath("$.errors[0].message")
            .isEqualTo(message)
            .returnResult()
            .getResponseBodyContent();
    assertThat(new String(said, StandardCharsets.UTF_8)).doesNotContain("880101");
  }

  @Test
  void brokenJsonIsSaidByLineAndColumn() {
    posted("{\n \"name\": oh}", 400)
        .jsonPath("$.detail")
        .isEqualTo("The JSON is malformed at line 2, column 10.");
  }

  @Test
  void anEmptyBodyIsABadBody() {
    posted("", 400).jsonPath("$.type").isEqualTo("urn:barocall:problem:bad-body");
  }

  @Test
  void tooLargeABodyIsRefused() {
    posted("{\"name\": \"" + "x".repeat(270_000) + "\"}", 413)
        .jsonPath("$.type")
        .isEqualTo("urn:barocall:problem:content-too-large");
  }

  @ParameterizedTest
  @CsvSource({
    "/nothing/here, 404, not-found",
    "/orders, 405, method-not-allowed",
    "/count, 400, bad-request",
    "/count?number=many, 400, bad-request",
    "/fail/conflict, 409, conflict",
    "/fail/away, 503, service-unavailable",
    "/fail/anyhow, 500, internal"
  })
  void everyRefusalIsAProblem(String uri, int status, String name) {
    client
        .get()
        .uri(uri)
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("urn:barocall:problem:" + name)
        .jsonPath("$.detail")
        .value(String.class, detail -> assertThat(detail).matches(".*[가-힣].*"));
  }

  @Test
  void theAllowedMethodsAreSaid() {
    client.get().uri("/orders").exchange().expectHeader().valueEquals("Allow", "POST");
  }

  @Test
  void whenToComeAgainIsSaid() {
    client.get().uri("/fail/away").exchange().expectHeader().valueEquals("Retry-After", "5");
  }

  @Test
  void whoWasFirstIsSaid() {
    client.get().uri("/fail/conflict").exchange().expectBody().jsonPath("$.by").isEqualTo("kim");
  }

  @Test
  void anotherKindOfAnswerOrBodyIsNotTaken() {
    client
        .get()
        .uri("/count?number=1")
        .header("Accept", "image/png")
        .exchange()
        .expectStatus()
        .isEqualTo(406);
    client
        .post()
        .uri("/orders")
        .contentType(MediaType.TEXT_PLAIN)
        .bodyValue("order")
        .exchange()
        .expectStatus()
        .isEqualTo(415);
  }

  @Test
  void ourOwnFaultHasANumberAndTellsNothingElse() {
    client
        .get()
        .uri("/fail/anyhow")
        .exchange()
        .expectBody(String.class)
        .value(
            said ->
                assertThat(said)
                    .contains("\"id\":\"")
                    .doesNotContain("880101", "IllegalState", "at barocall"));
  }

  /** As a careless client sends it: no library puts it right on the way. */
  private static String sent(String start, String headers, String body) throws IOException {
    return sent(start, headers, body.length(), body);
  }

  private static String sent(String start, String headers, int length, String body)
      throws IOException {
    int port = Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port"));
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      String request =
          start
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
              + headers
              + "Content-Length: "
              + length
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/?x=[", "/?a[]=1", "/?x={y}", "/?x=a|b", "/?x=민원", "/?x=%5B", "/길", "/[", "/?&&="
      })
  void noAddressOfAPageIsAFaultOfOurs(String address) throws IOException {
    String answer = sent("GET " + address, "Accept: text/html\r\n", "");
    assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("HTTP/1.1 5");
  }

  @Test
  void aPageKeepsItsQueryInTheOtherLanguage() throws IOException {
    assertThat(sent("GET /?a[]=1", "Accept: text/html\r\n", ""))
        .startsWith("HTTP/1.1 200")
        .contains("href=\"/?a[]=1&amp;lang=en\"");
  }

  @Test
  void aBadlyWrittenFormIsABadRequest() throws IOException {
    assertThat(
            sent("POST /form", "Content-Type: application/x-www-form-urlencoded\r\n", "text=%zz"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void aKindOfBodyThatIsNoneIsNotTaken() throws IOException {
    assertThat(sent("POST /orders", "Content-Type: x\r\n", "{}")).startsWith("HTTP/1.1 415");
    assertThat(sent("POST /orders", "Content-Type: x\r\n", 270_000, "")).startsWith("HTTP/1.1 415");
  }

  @Test
  void whatSpringLogsWithAddressAndTraceIsSilent() {
    assertThat(
            LoggerFactory.getLogger("org.springframework.web.server.adapter.HttpWebHandlerAdapter")
                .isErrorEnabled())
        .isFalse();
  }

  @Test
  void whatThereIsToMeasureIsNotListed() {
    client.get().uri("/actuator").exchange().expectStatus().isNotFound();
    client.get().uri("/actuator/health").exchange().expectStatus().isOk();
  }

  private static String page(String uri) {
    EntityExchangeResult<String> answer =
        client
            .get()
            .uri(uri)
            .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
            .header("Accept-Language", "en-US")
            .exchange()
            .expectHeader()
            .contentTypeCompatibleWith(MediaType.TEXT_HTML)
            .expectBody(String.class)
            .returnResult();
    return String.valueOf(answer.getResponseBody());
  }

  @Test
  void peopleGetAPageInTheirLanguage() {
    assertThat(page("/nothing/here")).contains("<html lang=\"ko\"", "찾을 수 없습니다", "경주시 바로콜");
    assertThat(page("/nothing/here?lang=en")).contains("<html lang=\"en\"", "Not found");
    assertThat(page("/nothing/here?city=losangeles")).contains("<html lang=\"en\"", "tel:911");
    assertThat(page("/nothing/here?city=<script>alert(1)")).doesNotContain("<script>alert");
  }

  @Test
  void theChosenLanguageIsKept() {
    client
        .get()
        .uri("/?lang=en")
        .exchange()
        .expectCookie()
        .valueEquals("barocall_lang", "en")
        .expectCookie()
        .path("barocall_lang", "/");
  }

  @Test
  void everyPartOfThePagesRenders() {
    assertThat(page("/"))
        .contains("본문 바로가기", "상담 화면", "로그아웃", "data-zone=\"Asia/Seoul\"")
        .doesNotContain("style=", "onclick=", "th:", "??");
    assertThat(page("/?lang=en")).contains("Skip to content").doesNotContain("??");
    assertThat(page("/?nobody")).contains("로그인").doesNotContain("로그아웃");
  }

  @Test
  void assetsAreKeptUnderTheirContentAndCheckedUnderTheirName() {
    String page = page("/");
    int at = page.indexOf("/assets/");
    String path = page.substring(at, page.indexOf('"', at));
    client
        .get()
        .uri(path)
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("Cache-Control", "max-age=31536000, public, immutable");
    String tag =
        client
            .get()
            .uri("/assets/live.js")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseHeaders()
            .getETag();
    client
        .get()
        .uri("/assets/live.js")
        .header("If-None-Match", tag)
        .exchange()
        .expectStatus()
        .isNotModified();
  }
}
