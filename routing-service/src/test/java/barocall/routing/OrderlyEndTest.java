package barocall.routing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.testkit.Backends;
import barocall.testkit.FreePorts;
import barocall.testkit.RestartableBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to end finishes what it accepted, and ends in time. */
class OrderlyEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String LAST_CHUNK = "0";
  private static final String DESK = "/api/v1/cities/gyeongju/desk";

  @Test
  void aRequestUnderWayIsAnsweredAndOpenStreamsHoldNobodyUp(@TempDir Path folder) throws Exception {
    int port = FreePorts.next();
    String login = login(folder);
    // A group's positions belong to one database: no other test's process may meet these.
    RestartableBroker broker = new RestartableBroker();
    Process process = start(folder, port, broker.bootstrapServers());
    try (broker) {
      await().atMost(PATIENCE).until(() -> isReady(port));
      try (Socket stream = new Socket("127.0.0.1", port);
          Socket posting = new Socket("127.0.0.1", port)) {
        write(
            stream,
            "GET " + DESK + "/events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n",
            login);
        stream.setSoTimeout((int) PATIENCE.toMillis());
        BufferedReader events = reader(stream);
        assertThat(events.readLine()).startsWith("HTTP/1.1 200");

        // The first request makes much ready for the others, which has no place in an end in time.
        openAnother(port, login);
        byte[] body = "{\"channel\": \"counter\", \"text\": \"문의드립니다\"}".getBytes(UTF_8);
        write(
            posting,
            "POST "
                + DESK
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\nIdempotency-Key: "
                + Backends.unique("key")
                + "\r\nExpect: 100-continue\r\n",
            login);
        BufferedReader answer = reader(posting);
        assertThat(answer.readLine()).as("it waits for the body").startsWith("HTTP/1.1 100");
        assertThat(answer.readLine()).isEmpty();

        long told = System.nanoTime();
        process.destroy();
        String line = events.readLine();
        while (!LAST_CHUNK.equals(line)) {
          assertThat(line).as("the stream is ended, not broken off").isNotNull();
          line = events.readLine();
        }
        posting.getOutputStream().write(body);
        posting.getOutputStream().flush();

        assertThat(answer.readLine()).startsWith("HTTP/1.1 201");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(20));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path folder, int port, String brokers) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            RoutingApplication.class.getName(),
            "--server.port=" + port,
            "--barocall.credentials=" + folder.resolve("credentials.json"),
            "--barocall.cities=../cities",
            "--barocall.data=" + folder,
            "--barocall.instance=7",
            "--KAFKA_BOOTSTRAP_SERVERS=" + brokers,
            "--MONGODB_URI=" + Backends.mongoUri(),
            "--barocall.store.prefix=" + Backends.unique("stack") + "_")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  /** The log-in of the city's first agent. */
  private static String login(Path folder) {
    CredentialsFile file = new CredentialsFile(folder.resolve("credentials.json"));
    file.change(
        none ->
            Credentials.generate(
                List.of(
                    new Office("gyeongju", List.of(new Office.Seat("agent-1", "가상담")), List.of())),
                new SecureRandom()));
    String user = "gyeongju-agent-1";
    String pair = user + ":" + file.read().person(user).orElseThrow().password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static void openAnother(int port, String login) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + DESK))
            .header("Authorization", login)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", Backends.unique("key"))
            .timeout(PATIENCE)
            .POST(
                HttpRequest.BodyPublishers.ofString("{\"channel\": \"counter\", \"text\": \"x\"}"))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(201);
  }

  private static boolean isReady(int port) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void write(Socket to, String head, String login) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write((head + "Authorization: " + login + "\r\n\r\n").getBytes(US_ASCII));
    out.flush();
  }

  private static BufferedReader reader(Socket from) throws IOException {
    return new BufferedReader(new InputStreamReader(from.getInputStream(), UTF_8));
  }
}
