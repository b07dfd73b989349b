package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CatcherTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneOffset.UTC);

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Catcher catcher;

  @BeforeEach
  void start() throws Exception {
    catcher = Catcher.start(directory, "127.0.0.1", 0, 0, false, NOON);
  }

  @AfterEach
  void stop() {
    catcher.close();
  }

  @Test
  void thePageOfADemonstrationSaysThatItIsOne() throws Exception {
    assertThat(CatcherPage.of(true, List.of(), List.of()))
        .contains("시연용 화면입니다.")
        .contains("This is a demonstration.");
    assertThat(CatcherPage.of(false, List.of(), List.of())).doesNotContain("demonstration");
    try (Catcher demo = Catcher.start(directory.resolve("demo"), "127.0.0.1", 0, 0, true, NOON)) {
      URI page = URI.create("http://127.0.0.1:" + demo.httpPort() + "/");
      assertThat(
              client
                  .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                  .body())
          .contains("This is a demonstration.");
    }
  }

  @Test
  void aMailIsListedForEachRecipientAndKeptOverARestart() throws Exception {
    send("민원 <b>이관</b>", "가로등이 깜빡입니다.");

    JsonNode mails = json("/mails");
    assertThat(mails.size()).isEqualTo(2);
    JsonNode first = mails.get(0);
    assertThat(List.of(first.path("to").asString(), mails.get(1).path("to").asString()))
        .containsExactlyInAnyOrder("roads@gyeongju.example", "admin@gyeongju.example");
    assertThat(first.path("from").asString()).isEqualTo("barocall@localhost");
    assertThat(first.path("subject").asString()).isEqualTo("민원 <b>이관</b>");
    assertThat(first.path("text").asString().strip()).isEqualTo("가로등이 깜빡입니다.");
    assertThat(first.path("at").asString()).isEqualTo("2026-11-22T03:00:00Z");
    assertThat(first.path("messageId").asString()).contains("@");
    assertThat(first.path("headers").path("X-Inquiry").asString()).isEqualTo("gyeongju-1");
    assertThat(get("/").body()).contains("민원 &lt;b&gt;이관&lt;/b&gt;").doesNotContain("<b>");

    catcher.close();
    start();

    assertThat(json("/mails")).isEqualTo(mails);
  }

  @Test
  void aTextMessageIsTakenAsTheGatewayTakesIt() throws Exception {
    assertThat(post("{\"to\":\"010-0000-0000\",\"text\":\"접수\",\"reference\":\"r-1\"}"))
        .isEqualTo(202);
    assertThat(post("{\"to\":\"010-0000-0000\"}")).isEqualTo(400);
    assertThat(post("{nonsense")).isEqualTo(400);

    JsonNode texts = json("/texts");
    assertThat(texts.size()).isEqualTo(1);
    assertThat(texts.get(0).path("text").asString()).isEqualTo("접수");
    assertThat(texts.get(0).path("reference").asString()).isEqualTo("r-1");
  }

  @Test
  void deleteEmpties() throws Exception {
    send("s", "t");
    post("{\"to\":\"1\",\"text\":\"2\"}");

    assertThat(status(HttpRequest.newBuilder(uri("/")).DELETE())).isEqualTo(204);

    assertThat(json("/mails").isEmpty()).isTrue();
    assertThat(json("/texts").isEmpty()).isTrue();
  }

  private void send(String subject, String text) throws Exception {
    var server = new ServerSetup(catcher.smtpPort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    Session session = GreenMailUtil.getSession(server);
    var mail = new MimeMessage(session);
    mail.setFrom(new InternetAddress("barocall@localhost"));
    mail.addRecipient(Message.RecipientType.TO, new InternetAddress("roads@gyeongju.example"));
    mail.addRecipient(Message.RecipientType.BCC, new InternetAddress("admin@gyeongju.example"));
    mail.setSubject(subject, "UTF-8");
    mail.setHeader("X-Inquiry", "gyeongju-1");
    mail.setText(text, "UTF-8");
    Transport.send(mail);
  }

  private int post(String body) throws Exception {
    return status(
        HttpRequest.newBuilder(uri("/sms")).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private JsonNode json(String path) throws Exception {
    return JsonMapper.builder().build().readTree(get(path).body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + catcher.httpPort() + path);
  }
}
