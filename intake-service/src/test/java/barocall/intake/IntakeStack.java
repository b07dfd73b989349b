package barocall.intake;

import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.contract.UnreadableEventException;
import barocall.testkit.Backends;
import barocall.testkit.LooksAtStoreUse;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import com.mongodb.event.CommandListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** One intake for all tests, with the real broker and store, as a channel of Gyeongju sees it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(IntakeStack.Watched.class)
@LooksAtStoreUse
public abstract class IntakeStack {
  protected static final Path CREDENTIALS = newCredentials();

  /** Shorter than in earnest, for tests that wait for it. */
  protected static final Duration SLOWEST_BODY = Duration.ofSeconds(8);

  @LocalServerPort private int port;
  @Autowired private CredentialsFile file;

  @TestConfiguration(proxyBeanMethods = false)
  static class Watched {
    @Bean
    CommandListener storeUse() {
      return StoreUse.listener();
    }
  }

  @DynamicPropertySource
  static void backends(DynamicPropertyRegistry settings) {
    settings.add("KAFKA_BOOTSTRAP_SERVERS", Backends::bootstrapServers);
    settings.add("MONGODB_URI", Backends::mongoUri);
    settings.add("barocall.store.prefix", () -> StoreUse.prefix("intake"));
    settings.add("barocall.credentials", CREDENTIALS::toString);
    settings.add("barocall.cities", () -> "../cities");
    settings.add("barocall.metrics.every", () -> "200ms");
    settings.add(
        "spring.cloud.stream.kafka.binder.consumer-properties.fetch.max.wait.ms", () -> "20");
    settings.add("barocall.web.slowest-body", SLOWEST_BODY::toString);
    String spool = "target/" + Backends.unique("spool");
    settings.add("barocall.spool.path", () -> spool);
  }

  /** Where it listens. */
  protected final URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Whoever shows nothing. */
  protected final WebTestClient anyone() {
    return WebTestClient.bindToServer()
        .baseUrl(address().toString())
        .responseTimeout(Duration.ofSeconds(90))
        .build();
  }

  /** A program with the city's key. */
  protected final WebTestClient channelOf(String city) {
    String key = file.current().keys().get(city);
    return anyone().mutate().defaultHeader("Authorization", "Bearer " + key).build();
  }

  /** A program whose key may speak for these channels of the city only. */
  protected final WebTestClient channelOf(String city, String... channels) {
    String name = Backends.unique("program");
    String key =
        file.change(it -> it.withChannelKey(name, city, List.of(channels), new SecureRandom()))
            .channelKey(name, city)
            .orElseThrow()
            .key();
    return anyone().mutate().defaultHeader("Authorization", "Bearer " + key).build();
  }

  /** Somebody with their generated password. */
  protected final WebTestClient person(String user) {
    String password = file.current().person(user).orElseThrow().password();
    return anyone()
        .mutate()
        .defaultHeaders(headers -> headers.setBasicAuth(user, password))
        .build();
  }

  protected final Credentials credentials() {
    return file.current();
  }

  /** The events of a topic so far that are about one inquiry or agent, once there are enough. */
  protected static List<Event> events(String topic, String about, int atLeast) {
    Predicate<Event> wanted = event -> event.about().equals(about);
    return Topics.shared()
        .read(topic, records -> readable(records).filter(wanted).count() >= atLeast)
        .stream()
        .flatMap(it -> readable(List.of(it)))
        .filter(wanted)
        .toList();
  }

  /** All events of a topic now. */
  protected static List<Event> all(String topic) {
    return readable(Topics.shared().readAll(topic)).toList();
  }

  /** Without what other tests wrote there for nobody to read. */
  private static Stream<Event> readable(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream()
        .flatMap(
            it -> {
              try {
                return Stream.of(EventCodec.decode(it.topic(), it.headers(), it.value()));
              } catch (UnreadableEventException bad) {
                return Stream.empty();
              }
            });
  }

  /** How many records a topic has now. */
  protected static int size(String topic) {
    return Topics.shared().readAll(topic).size();
  }

  private static Path newCredentials() {
    try {
      Path folder = Files.createTempDirectory("barocall-intake-");
      folder.toFile().deleteOnExit();
      Path path = folder.resolve("credentials.json");
      new CredentialsFile(path)
          .change(
              none ->
                  Credentials.generate(
                      List.of(
                          new Office(
                              "gyeongju",
                              List.of(new Office.Seat("agent-1", "김상담")),
                              List.of(new Office.Seat("roads", "도로과"))),
                          new Office("cheonan", List.of(), List.of())),
                      new SecureRandom()));
      path.toFile().deleteOnExit();
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
