package barocall.analytics.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.analytics.AnalyticsApplication;
import barocall.analytics.facts.CityTime;
import barocall.city.Cities;
import barocall.contract.Event;
import barocall.contract.Event.InquiryEvent;
import barocall.kit.events.EventPublisher;
import barocall.testkit.Backends;
import barocall.testkit.Beside;
import barocall.testkit.MongoReplicaSet;
import barocall.testkit.RestartableBroker;
import com.mongodb.MongoException;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;

/** The primary of three members is killed while it counts, comes back, and the next one is too. */
class FailoverTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int INQUIRIES = 6_000;
  private static final int FEW = 300;
  private static final int AT_ONCE = 250;

  @TempDir private Path folder;

  /** What the others come out as is right without any fault, on whichever store there is. */
  @Test
  void allIsCountedWhereNothingIsKilled() {
    counted(Backends.mongoUri(), FEW, (database, all) -> {});
  }

  @Test
  void nothingIsLostOrCountedTwiceWhenPrimariesAreKilled() {
    Path mongod =
        MongoReplicaSet.program()
            .orElseGet(
                () -> Assumptions.abort("No mongod is at hand: MONGOD names one, or the PATH."));
    try (MongoReplicaSet store = MongoReplicaSet.start(mongod, 3)) {
      counted(
          store.uri(),
          INQUIRIES,
          (database, all) -> {
            awaitPassed(database, all / 10);
            int first = store.awaitPrimary();
            store.kill(first);
            assertThat(store.awaitPrimary()).isNotEqualTo(first);
            assertThat(passed(database)).isLessThan(all);

            store.start(first);
            awaitPassed(database, all / 2);
            store.kill(store.awaitPrimary());
            store.awaitPrimary();
            assertThat(passed(database)).isLessThan(all);
          });
    }
  }

  private interface Mischief {
    void during(MongoDatabase database, int records);
  }

  /** Lets a service count that many inquiries, and looks at everything that it counted. */
  private void counted(String store, int inquiries, Mischief mischief) {
    Random random = new Random(7);
    List<InquiryEvent> events = CountingUnderFireTest.events(random, inquiries);
    List<Event> said = new ArrayList<>(events);
    said.addAll(events.subList(0, events.size() / 4));
    Collections.shuffle(said, random);

    try (RestartableBroker broker = new RestartableBroker();
        ConfigurableApplicationContext analytics = analytics(store, broker)) {
      MongoDatabase database = analytics.getBean(MongoDatabase.class);
      EventPublisher publisher = analytics.getBean(EventPublisher.class);
      CityTime time =
          CountingConfiguration.time(
              analytics.getBean(Cities.class).city("gyeongju").orElseThrow());
      Map<String, Map<String, Long>> expected = CountingUnderFireTest.expected(events, time);
      try (Beside load =
          Beside.doing(
              Flux.fromIterable(said)
                  .buffer(AT_ONCE)
                  .concatMap(some -> publisher.sendAll(some).retry(5)))) {
        assertThat(load).isNotNull();
        mischief.during(database, said.size());
        awaitPassed(database, said.size());
      }
      assertThat(CountingUnderFireTest.nonZero(Stored.amounts(database))).isEqualTo(expected);
      new Counting(new MongoCountingStore(database), city -> time).mendOpen();
      assertThat(Stored.open(database))
          .containsExactlyInAnyOrderElementsOf(CountingUnderFireTest.expectedOpen(events));
    }
  }

  private static void awaitPassed(MongoDatabase database, long records) {
    await("counting beyond " + records + " records")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(MongoException.class)
        .until(() -> Stored.passed(database) >= records);
  }

  private static long passed(MongoDatabase database) {
    return await("the positions")
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(MongoException.class)
        .until(() -> Stored.passed(database), passed -> true);
  }

  private ConfigurableApplicationContext analytics(String store, RestartableBroker broker) {
    CredentialsFile credentials = new CredentialsFile(folder.resolve("credentials.json"));
    credentials.change(
        none ->
            Credentials.generate(
                List.of(new Office("gyeongju", List.of(), List.of())), new SecureRandom()));
    return new SpringApplicationBuilder(AnalyticsApplication.class)
        .web(WebApplicationType.REACTIVE)
        .run(
            "--server.port=0",
            "--KAFKA_BOOTSTRAP_SERVERS=" + broker.bootstrapServers(),
            "--MONGODB_URI=" + store,
            "--barocall.store.prefix=" + Backends.unique("failover") + "_",
            "--barocall.credentials=" + credentials.path(),
            "--barocall.data=" + folder,
            "--barocall.cities=../cities");
  }
}
