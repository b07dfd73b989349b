package barocall.routing.search;

import static barocall.routing.Calls.CITIES;
import static barocall.routing.Calls.NOON;
import static barocall.routing.search.SomeCases.minute;
import static barocall.routing.search.SomeCases.of;
import static barocall.routing.search.SomeCases.received;
import static barocall.routing.search.SomeCases.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.routing.cases.Case;
import barocall.routing.cases.Clue;
import barocall.routing.cases.MongoCases.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class IndexesTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Instant NOW = NOON.plus(Duration.ofHours(1));

  @TempDir Path folder;
  private final Kept kept = new Kept();
  private Indexes indexes;

  @AfterEach
  void end() {
    if (indexes != null) {
      indexes.close();
    }
  }

  @Test
  void allThatTheStoreHasIsFoundAndThenWhatIsWritten() {
    for (int i = 0; i < 2_500; i++) {
      kept.has(saying("gyeongju-%04d".formatted(i), i, "가로등 고장 번호%d".formatted(i)));
    }
    kept.has(saying("gyeongju-z", 9_000, "첨성대 조명"));
    start(NOW);

    assertThat(indexes.isReady("gyeongju")).isFalse();
    found("첨성대", "gyeongju-z");
    await().atMost(SOON).until(() -> indexes.isReady("gyeongju"));
    assertThat(indexes.size("gyeongju")).isEqualTo(2_501);

    kept.writes(saying("gyeongju-new", 9_001, "첨성대 주차장"), NOW);
    found("첨성대", "gyeongju-new", "gyeongju-z");
    kept.writes(saying("gyeongju-new", 9_001, "월지 주차장"), NOW);
    found("첨성대", "gyeongju-z");
    found("월지", "gyeongju-new");
  }

  @Test
  void whatIsWrittenWithAClockThatIsBehindIsFoundAsWell() {
    start(NOW);
    kept.writes(saying("gyeongju-a", 1, "월지"), NOW.plusSeconds(20));
    found("월지", "gyeongju-a");
    kept.writes(saying("gyeongju-b", 2, "월지"), NOW.plusSeconds(19));
    found("월지", "gyeongju-b", "gyeongju-a");
  }

  @Test
  void aClockThatIsFarAheadHidesNothingOfTheOthers() {
    start(NOW);
    kept.writes(saying("gyeongju-a", 1, "월지"), NOW.plus(Duration.ofHours(1)));
    found("월지", "gyeongju-a");
    kept.writes(saying("gyeongju-b", 2, "월지"), NOW);
    found("월지", "gyeongju-b", "gyeongju-a");
  }

  @Test
  void aCaseThatCouldNotBeReadIsReadAgain() {
    start(NOW);
    await().atMost(SOON).until(() -> indexes.isReady("gyeongju"));
    kept.failing.set(2);
    kept.writes(saying("gyeongju-a", 1, "월지"), NOW);

    found("월지", "gyeongju-a");
    assertThat(kept.failing).hasNegativeValue();
  }

  @Test
  void itGoesOnWhereItWasLeftWithoutReadingAllAgain() {
    kept.has(saying("gyeongju-a", 1, "월지"));
    start(NOW);
    found("월지", "gyeongju-a");
    await().atMost(SOON).until(() -> indexes.isReady("gyeongju"));
    indexes.close();
    int scans = kept.scans;
    kept.writes(saying("gyeongju-b", 2, "월지"), NOW.plusSeconds(60));

    start(NOW.plusSeconds(120));
    found("월지", "gyeongju-b", "gyeongju-a");
    assertThat(kept.scans).isEqualTo(scans);
  }

  @Test
  void whoWasAwayForTooLongReadsAllAnew() {
    start(NOW);
    await().atMost(SOON).until(() -> indexes.isReady("gyeongju"));
    indexes.close();
    kept.has(saying("gyeongju-a", 1, "월지"));

    start(NOW.plus(Indexes.CHANGES_KEPT));
    found("월지", "gyeongju-a");
  }

  @Test
  void aDamagedIndexIsMadeAnewAndThoseOfOtherStoresGo() throws IOException {
    kept.has(saying("gyeongju-a", 1, "월지"));
    Path old = Files.createDirectories(folder.resolve("before/gyeongju"));
    Files.writeString(old.resolve("x"), "x");
    start(NOW);
    found("월지", "gyeongju-a");
    await().atMost(SOON).until(() -> indexes.isReady("gyeongju"));
    assertThat(folder.resolve("before")).doesNotExist();
    indexes.close();
    try (var files = Files.newDirectoryStream(folder.resolve("now/gyeongju"), "segments_*")) {
      for (Path file : files) {
        Files.writeString(file, "damaged");
      }
    }

    start(NOW);
    found("월지", "gyeongju-a");
  }

  @Test
  void anIndexWhoseWordsAreDamagedIsMadeAnew() throws IOException {
    kept.has(saying("gyeongju-a", 1, "월지"));
    start(NOW);
    found("월지", "gyeongju-a");
    await().atMost(SOON).until(() -> indexes.isReady("gyeongju"));
    indexes.close();
    try (var files = Files.newDirectoryStream(folder.resolve("now/gyeongju"), "_*")) {
      for (Path file : files) {
        Files.writeString(file, "damaged");
      }
    }

    start(NOW);
    found("월지", "gyeongju-a");
  }

  @Test
  void whatIsErasedIsFoundNoMore() {
    var said = received("gyeongju-a", minute(1), "월지", null);
    kept.has(of(said));
    start(NOW);
    found("월지", "gyeongju-a");
    kept.writes(of(said.erase()), NOW);
    found("월지");
    assertThat(indexes.size("gyeongju")).isZero();
  }

  @Test
  void aStoreThatIsAwayIsAskedAgain() {
    kept.away = true;
    start(NOW);
    kept.has(saying("gyeongju-a", 1, "월지"));
    assertThat(indexes.find("gyeongju", "월지", 5).ids()).isEmpty();
    kept.away = false;
    found("월지", "gyeongju-a");
  }

  private void start(Instant now) {
    indexes =
        new Indexes(
            kept,
            CITIES,
            folder.resolve("now"),
            Clock.fixed(now, ZoneOffset.UTC),
            Duration.ofMillis(20));
  }

  private void found(String words, String... ids) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(indexes.find("gyeongju", words, 5).ids()).containsExactly(ids));
  }

  /** A store in memory. */
  private static final class Kept implements Source {
    private final ConcurrentNavigableMap<String, Case> cases = new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, Change> changes = new ConcurrentSkipListMap<>();
    private int version;
    private volatile boolean away;
    private volatile int scans;

    /** So many look-ups of a case fail. */
    private final AtomicInteger failing = new AtomicInteger();

    void has(Case known) {
      cases.put(known.inquiryId(), known);
    }

    void writes(Case known, Instant at) {
      has(known);
      String note = "gyeongju/changed/" + at + "/" + known.inquiryId() + "/" + ++version;
      changes.put(note, new Change(note, known.inquiryId(), at));
    }

    @Override
    public Mono<Case> find(String inquiryId) {
      if (failing.getAndDecrement() > 0) {
        return Mono.error(new IllegalStateException("away"));
      }
      return Mono.justOrEmpty(cases.get(inquiryId));
    }

    @Override
    public Flux<String> byClue(String city, Clue clue, int atMost) {
      return Flux.empty();
    }

    @Override
    public Flux<String> ofCaller(String city, String telephoneHash) {
      return Flux.empty();
    }

    @Override
    public Flux<Change> changesSince(String city, Instant since, int atMost) {
      return there(
          changes.tailMap(city + "/changed/" + since, true).entrySet().stream()
              .filter(it -> it.getKey().startsWith(city + "/"))
              .limit(atMost)
              .map(Map.Entry::getValue)
              .toList());
    }

    @Override
    public Mono<Void> forgetChangesBefore(String city, Instant before) {
      return Mono.empty();
    }

    @Override
    public Flux<Case> casesAfter(String city, String id, int atMost) {
      scans++;
      return there(
          cases.tailMap(id.isEmpty() ? city + "-" : id, false).values().stream()
              .filter(it -> it.city().equals(city))
              .limit(atMost)
              .toList());
    }

    private <T> Flux<T> there(List<T> all) {
      return away ? Flux.error(new IllegalStateException("away")) : Flux.fromIterable(all);
    }
  }
}
