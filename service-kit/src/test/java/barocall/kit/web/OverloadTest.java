package barocall.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;

/** More than can be done is refused at once, and whoever is slow harms only themselves. */
class OverloadTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofSeconds(120);
  private static final Duration REOPENED_AFTER = Duration.ofMillis(500);
  private static final int AT_ONCE = 20;

  private static ConfigurableApplicationContext service;
  private static int port;

  /** The end of one service of this process must not take the threads of the others with it. */
  @Configuration(proxyBeanMethods = false)
  static class OwnThreads {
    @Bean
    ReactorResourceFactory reactorResourceFactory() {
      ReactorResourceFactory own = new ReactorResourceFactory();
      own.setUseGlobalResources(false);
      return own;
    }
  }

  @BeforeAll
  static void start() {
    service =
        service(
            "--barocall.max-in-flight=" + AT_ONCE,
            "--barocall.max-bytes-in-flight=1MB",
            "--barocall.web.slowest-body=5s",
            "--barocall.web.slowest-write=10s",
            "--server.netty.idle-timeout=5s");
    port = port(service);
  }

  private static ConfigurableApplicationContext service(String... settings) {
    List<String> all = new ArrayList<>(List.of("--server.port=0"));
    all.addAll(List.of(settings));
    return new SpringApplicationBuilder(SampleApplication.class, OwnThreads.class)
        .run(all.toArray(String[]::new));
  }

  private static int port(ConfigurableApplicationContext of) {
    return Integer.parseInt(of.getEnvironment().getProperty("local.server.port"));
  }

  @AfterAll
  static void end() {
    service.close();
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** An answer, and after how long. */
  private record Answer(int status, String retryAfter, Duration after) {}

  /** Sent again where a kept-alive connection had just been closed for its idleness. */
  private static CompletableFuture<Answer> post(HttpClient client, String body) {
    return sent(client, body)
        .exceptionallyCompose(
            failure ->
                failure.getCause() instanceof IOException
                        && !(failure.getCause() instanceof ConnectException)
                    ? sent(client, body)
                    : CompletableFuture.failedFuture(failure));
  }

  private static CompletableFuture<Answer> sent(HttpClient client, String body) {
    long before = System.nanoTime();
    return client
        .sendAsync(
            HttpRequest.newBuilder(uri("/slow"))
                .header("Content-Type", "text/plain")
                .timeout(SOON)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .thenApply(
            answer ->
                new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Retry-After").orElse(""),
                    Duration.ofNanos(System.nanoTime() - before)));
  }

  @Test
  void tenTimesTooMuchIsRefusedAtOnceAndWhatIsTakenIsAnsweredSoon() {
    HttpClient client = HttpClient.newHttpClient();
    List<Answer> answers = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      List<CompletableFuture<Answer>> together = new ArrayList<>();
      for (int i = 0; i < 10 * AT_ONCE; i++) {
        together.add(post(client, "x"));
      }
      together.forEach(answer -> answers.add(answer.join()));
    }
    List<Answer> taken = answers.stream().filter(it -> it.status() == 200).toList();
    List<Answer> refused = answers.stream().filter(it -> it.status() == 503).toList();
    assertThat(taken).hasSizeGreaterThanOrEqualTo(5 * AT_ONCE / 2);
    assertThat(taken).allMatch(it -> it.after().compareTo(Duration.ofSeconds(15)) < 0);
    assertThat(refused).hasSizeGreaterThan(100).allMatch(it -> it.retryAfter().matches("[1-4]"));
    // A client that was itself starved may be told that its body came too slowly.
    assertThat(answers).allMatch(it -> Set.of(200, 503, 408).contains(it.status()));
    await().atMost(SOON).until(() -> service.getBean(InFlight.class).requests() == 0);
    assertThat(post(client, "x").join().status()).as("it recovers").isEqualTo(200);
  }

  @Test
  void healthIsAnsweredHoweverMuchIsUnderWay() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<Answer>> together = new ArrayList<>();
    for (int i = 0; i < 5 * AT_ONCE; i++) {
      together.add(post(client, "x"));
    }
    HttpResponse<String> health =
        client.send(
            HttpRequest.newBuilder(uri("/actuator/health/liveness")).timeout(SOON).build(),
            HttpResponse.BodyHandlers.ofString());
    together.forEach(CompletableFuture::join);
    assertThat(health.body()).doesNotContain("overloaded");
    assertThat(health.statusCode()).isNotIn(503, 429);
  }

  @Test
  void tooManyBytesAreRefusedThoughTheRequestsAreFew() {
    HttpClient client = HttpClient.newHttpClient();
    String body = "x".repeat(200 << 10);
    List<CompletableFuture<Answer>> together = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      together.add(post(client, body));
    }
    List<Integer> statuses = together.stream().map(it -> it.join().status()).toList();
    assertThat(statuses).contains(200, 503).isSubsetOf(200, 503, 408);
  }

  private static Socket connected(String sent) throws IOException {
    return connected(port, sent, 65_536);
  }

  private static Socket connected(int port, String sent, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(receiveBuffer);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout((int) SOON.toMillis());
    socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  /** What comes until the other end closes. */
  private static String rest(Socket socket) throws IOException {
    StringBuilder all = new StringBuilder();
    try (InputStream in = socket.getInputStream()) {
      byte[] some = new byte[65_536];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        all.append(new String(some, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (java.net.SocketException reset) {
      all.append("(reset)");
    }
    return all.toString();
  }

  @Test
  void aHalfSentBodyEndsInTime() throws Exception {
    long before = System.nanoTime();
    try (Socket socket =
        connected(
            "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf")) {
      assertThat(rest(socket)).startsWith("HTTP/1.1 408");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
    await().atMost(SOON).until(() -> service.getBean(InFlight.class).requests() == 0);
  }

  @Test
  void aFormThatNeverComesEndsInTimeAndFreesItsPlace() throws Exception {
    long before = System.nanoTime();
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        // As many bytes as one address may have under way, so that no other of it is taken.
        sockets.add(
            connected(
                "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 262144\r\n\r\na="));
      }
      for (Socket socket : sockets) {
        assertThat(rest(socket)).startsWith("HTTP/1.1 408");
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
    await().atMost(SOON).until(() -> service.getBean(InFlight.class).requests() == 0);
    assertThat(post(HttpClient.newHttpClient(), "x").join().status()).isEqualTo(200);
  }

  /** It is within its share of places, and what is only announced takes none of the bytes. */
  @Test
  void bodiesThatAreOnlyAnnouncedKeepNobodyOut() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < AT_ONCE / 2 - 1; i++) {
        sockets.add(
            connected(
                "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 262144\r\n\r\nhalf"));
      }
      await()
          .atMost(SOON)
          .until(() -> service.getBean(InFlight.class).requests() == AT_ONCE / 2 - 1);
      assertThat(post(HttpClient.newHttpClient(), "x").join().status()).isEqualTo(200);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    await().atMost(SOON).until(() -> service.getBean(InFlight.class).requests() == 0);
  }

  @Test
  void oneMachineThatSendsSlowlyShutsNoOtherOut() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * AT_ONCE; i++) {
        sockets.add(
            connected(
                "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf"));
      }
      await().atMost(SOON).until(() -> service.getBean(InFlight.class).requests() == AT_ONCE / 2);
      try (Socket other = new Socket()) {
        other.bind(new InetSocketAddress("127.0.0.2", 0));
        other.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        other.setSoTimeout((int) SOON.toMillis());
        other
            .getOutputStream()
            .write(
                "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx"
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(rest(other)).startsWith("HTTP/1.1 200");
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    await().atMost(SOON).until(() -> service.getBean(InFlight.class).requests() == 0);
  }

  @Test
  void aLogInFormOfManyPagesIsRefusedAtOnce() throws Exception {
    try (Socket socket =
        connected(
            "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 262144\r\nConnection: close\r\n\r\na=")) {
      assertThat(rest(socket)).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void aBodySentByteByByteEndsInTime() throws Exception {
    try (Socket socket =
        connected(
            "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n")) {
      AtomicInteger sent = new AtomicInteger();
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                try {
                  socket.getOutputStream().write('x');
                  sent.incrementAndGet();
                  return socket.getInputStream().available() > 0;
                } catch (IOException closed) {
                  return true;
                }
              });
      assertThat(sent).hasValueLessThan(150);
    }
    await().atMost(SOON).until(() -> service.getBean(InFlight.class).requests() == 0);
  }

  @Test
  void halfSentHeadersEndInTime() throws Exception {
    long before = System.nanoTime();
    try (Socket socket = connected("POST /slow HTTP/1.1\r\nHost: x\r\nX-Half")) {
      rest(socket);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
  }

  @Test
  void thousandLivePagesAskOneQuestionASecondOverHttp() {
    ConnectionProvider connections =
        ConnectionProvider.builder("pages")
            .maxConnections(1_000)
            .pendingAcquireMaxCount(-1)
            .pendingAcquireTimeout(SOON)
            .build();
    reactor.netty.http.client.HttpClient client =
        reactor.netty.http.client.HttpClient.create(connections)
            .baseUrl("http://127.0.0.1:" + port)
            .headers(headers -> headers.set("Accept", "text/event-stream"));
    Set<Integer> shown = ConcurrentHashMap.newKeySet();
    Disposable.Composite pages = Disposables.composite();
    try {
      int before = SampleApplication.SampleStreams.ASKED.get();
      long began = System.nanoTime();
      for (int i = 0; i < 1_000; i++) {
        int page = i;
        // As a browser does, a page that was cut off is opened again.
        pages.add(
            client
                .get()
                .uri("/counted")
                .responseContent()
                .asString(StandardCharsets.US_ASCII)
                .filter(piece -> piece.contains("event:picture"))
                .doOnNext(picture -> shown.add(page))
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, REOPENED_AFTER))
                .repeatWhen(ended -> ended.delayElements(REOPENED_AFTER))
                .subscribe());
      }
      await().atMost(LONG).until(() -> shown.size() == 1_000);
      await().atMost(LONG).until(() -> service.getBean(InFlight.class).streams() == 1_000);
      int askedBefore = SampleApplication.SampleStreams.ASKED.get();
      await()
          .atMost(SOON)
          .until(() -> SampleApplication.SampleStreams.ASKED.get() >= askedBefore + 3);
      int asked = SampleApplication.SampleStreams.ASKED.get() - before;
      double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1_000.0;
      assertThat(asked).isBetween(4, (int) seconds + 2);
    } finally {
      pages.dispose();
      connections.dispose();
    }
    await().atMost(SOON).until(() -> service.getBean(InFlight.class).streams() == 0);
  }

  @Test
  void aPageThatDoesNotReadIsCutOffAndHarmsNoOther() throws Exception {
    String ask = "GET /large HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n";
    List<Socket> silent = new ArrayList<>();
    try (var fast =
            service(
                "--barocall.live.every=100ms",
                "--barocall.live.apart=100ms",
                "--barocall.web.slowest-write=4s");
        Socket reading = connected(port(fast), ask, 1 << 20)) {
      InFlight inFlight = fast.getBean(InFlight.class);
      for (int i = 0; i < 5; i++) {
        silent.add(connected(port(fast), ask, 4_096));
      }
      await().atMost(SOON).until(() -> inFlight.streams() == 6);
      AtomicInteger pictures = new AtomicInteger();
      byte[] some = new byte[1 << 20];
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                while (reading.getInputStream().available() > 0) {
                  int read = reading.getInputStream().read(some);
                  String piece = new String(some, 0, read, StandardCharsets.ISO_8859_1);
                  pictures.addAndGet(piece.split("event:picture", -1).length - 1);
                }
                return inFlight.streams() <= 1;
              });
      assertThat(inFlight.streams()).as("whoever reads is served on").isEqualTo(1);
      assertThat(pictures).hasValueGreaterThan(10);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void noMoreConnectionsAreKeptThanMayBe() throws Exception {
    List<Socket> all = new ArrayList<>();
    try (var small = service("--barocall.max-connections=40")) {
      ConnectionLimits limits = small.getBean(ConnectionLimits.class);
      for (int i = 0; i < 40; i++) {
        all.add(connected(port(small), "", 4_096));
      }
      await().atMost(SOON).until(() -> limits.open() == 40);
      for (int i = 0; i < 20; i++) {
        all.add(connected(port(small), "", 4_096));
      }
      for (Socket socket : all.subList(40, 60)) {
        assertThat(rest(socket)).isIn("", "(reset)");
      }
      await().atMost(SOON).until(() -> limits.open() == 40);
      for (Socket socket : all.subList(0, 40)) {
        socket.close();
      }
      await().atMost(SOON).until(() -> limits.open() == 0);
    } finally {
      for (Socket socket : all) {
        socket.close();
      }
    }
  }
}
