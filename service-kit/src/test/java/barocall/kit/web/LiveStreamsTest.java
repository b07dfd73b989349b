package barocall.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.json.JsonMapper;

class LiveStreamsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  record Figures(int asOf, int received) {}

  record Row(String id, String text) {}

  private VirtualTimeScheduler time;
  private LiveStreams streams;
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void begin() {
    time = VirtualTimeScheduler.create();
    streams = streams(SECOND, Duration.ofHours(1));
  }

  @AfterEach
  void end() {
    time.dispose();
  }

  private LiveStreams streams(Duration every, Duration longest) {
    var made =
        new LiveStreams(
            JsonMapper.builder().build(),
            new SharedPoll.Pace(every, SECOND, Duration.ofSeconds(30)),
            Duration.ofSeconds(15),
            longest,
            time,
            () -> "run1");
    made.start();
    return made;
  }

  private SharedPicture<Figures> pictureOf(AtomicReference<Figures> figures) {
    return streams.picture(
        city ->
            Mono.fromSupplier(
                () -> {
                  asked.incrementAndGet();
                  Figures now = figures.get();
                  if (now.received() < 0) {
                    throw new IllegalStateException("the store is away");
                  }
                  return now;
                }),
        picture -> "as-of-" + picture.asOf(),
        Figures::received);
  }

  private static Screen watch(Flux<ServerSentEvent<String>> stream) {
    var screen = new Screen(true);
    stream.subscribe(screen);
    return screen;
  }

  /** What a browser has received; one that is not reading asks for nothing by itself. */
  private static final class Screen extends BaseSubscriber<ServerSentEvent<String>> {
    private final List<String> seen = new ArrayList<>();
    private final boolean reading;
    private boolean ended;

    Screen(boolean reading) {
      this.reading = reading;
    }

    @Override
    protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
      subscription.request(reading ? Long.MAX_VALUE : 1);
    }

    @Override
    protected void hookOnNext(ServerSentEvent<String> event) {
      if (event.event() != null) {
        String id = event.id() == null ? "" : event.id() + " ";
        seen.add(event.event() + " " + id + event.data());
      }
    }

    @Override
    protected void hookOnComplete() {
      ended = true;
    }
  }

  @Test
  void thousandScreensAskOneQuestionASecond() {
    var figures = new AtomicReference<>(new Figures(1, 10));
    SharedPicture<Figures> picture = pictureOf(figures);
    var screens = new ArrayList<Screen>();
    for (int i = 0; i < 1_000; i++) {
      screens.add(watch(picture.of("gyeongju")));
    }
    time.advanceTimeBy(Duration.ofMillis(9_500));
    assertThat(asked).hasValue(10);
    assertThat(screens)
        .allSatisfy(
            screen ->
                assertThat(screen.seen)
                    .containsExactly("picture as-of-1 {\"asOf\":1,\"received\":10}"));
  }

  @Test
  void onlyWhatDiffersInEssenceIsSentAgain() {
    var figures = new AtomicReference<>(new Figures(1, 10));
    Screen screen = watch(pictureOf(figures).of("gyeongju"));
    time.advanceTimeBy(SECOND);
    figures.set(new Figures(2, 10));
    time.advanceTimeBy(SECOND);
    figures.set(new Figures(3, 11));
    time.advanceTimeBy(SECOND);
    assertThat(screen.seen)
        .containsExactly(
            "picture as-of-1 {\"asOf\":1,\"received\":10}",
            "picture as-of-3 {\"asOf\":3,\"received\":11}");
  }

  @Test
  void aLaterScreenGetsTheNewestAtOnce() {
    var figures = new AtomicReference<>(new Figures(1, 10));
    SharedPicture<Figures> picture = pictureOf(figures);
    watch(picture.of("gyeongju"));
    figures.set(new Figures(2, 12));
    time.advanceTimeBy(SECOND);
    Screen late = watch(picture.of("gyeongju"));
    assertThat(late.seen).containsExactly("picture as-of-2 {\"asOf\":2,\"received\":12}");
  }

  @Test
  void nobodyLooksNobodyAsks() {
    var figures = new AtomicReference<>(new Figures(1, 10));
    SharedPicture<Figures> picture = pictureOf(figures);
    Screen screen = watch(picture.of("gyeongju"));
    screen.cancel();
    time.advanceTimeBy(Duration.ofSeconds(31));
    int soFar = asked.get();
    time.advanceTimeBy(Duration.ofSeconds(60));
    assertThat(asked).hasValue(soFar);
    figures.set(new Figures(7, 70));
    assertThat(watch(picture.of("gyeongju")).seen)
        .containsExactly("picture as-of-7 {\"asOf\":7,\"received\":70}");
  }

  @Test
  void aFailedQuestionIsSaidOnceAndTheNextAnswerIsSentEvenIfItIsTheSame() {
    var figures = new AtomicReference<>(new Figures(1, 10));
    SharedPicture<Figures> picture = pictureOf(figures);
    Screen screen = watch(picture.of("gyeongju"));
    figures.set(new Figures(2, -1));
    time.advanceTimeBy(Duration.ofSeconds(5));
    Screen late = watch(picture.of("gyeongju"));
    figures.set(new Figures(1, 10));
    time.advanceTimeBy(SECOND);
    assertThat(screen.seen)
        .containsExactly(
            "picture as-of-1 {\"asOf\":1,\"received\":10}",
            "stale {\"since\":\"1970-01-01T00:00:01Z\"}",
            "picture as-of-1 {\"asOf\":1,\"received\":10}");
    assertThat(late.seen).isEqualTo(screen.seen);
  }

  @Test
  void whoDoesNotReadGetsTheNewestWhenTheyDo() {
    var figures = new AtomicReference<>(new Figures(0, 0));
    var slow = new Screen(false);
    pictureOf(figures).of("gyeongju").subscribe(slow);
    for (int i = 1; i <= 100; i++) {
      figures.set(new Figures(i, i));
      time.advanceTimeBy(SECOND);
    }
    slow.request(Long.MAX_VALUE);
    List<String> pictures = slow.seen.stream().filter(said -> said.startsWith("picture")).toList();
    assertThat(pictures).hasSizeLessThanOrEqualTo(3);
    assertThat(pictures.get(pictures.size() - 1)).startsWith("picture as-of-100 ");
  }

  @Test
  void aNudgeBringsTheQuestionForwardButNeverWithinASecond() {
    streams = streams(Duration.ofSeconds(20), Duration.ofHours(1));
    var figures = new AtomicReference<>(new Figures(1, 10));
    SharedPicture<Figures> picture = pictureOf(figures);
    watch(picture.of("gyeongju"));
    picture.nudge("gyeongju");
    time.advanceTimeBy(Duration.ofMillis(900));
    assertThat(asked).hasValue(1);
    time.advanceTimeBy(Duration.ofMillis(200));
    assertThat(asked).hasValue(2);
    time.advanceTimeBy(Duration.ofSeconds(5));
    assertThat(asked).hasValue(2);
    picture.nudge("gyeongju");
    assertThat(asked).hasValue(3);
    time.advanceTimeBy(Duration.ofSeconds(21));
    assertThat(asked).hasValue(4);
  }

  @Test
  void quietStreamsGiveASignOfLife() {
    Screen screen = watch(pictureOf(new AtomicReference<>(new Figures(1, 10))).of("gyeongju"));
    time.advanceTimeBy(Duration.ofSeconds(31));
    assertThat(screen.seen.stream().filter("beat {}"::equals)).hasSize(2);
  }

  @Test
  void streamsEndWithTheService() {
    Screen screen = watch(pictureOf(new AtomicReference<>(new Figures(1, 10))).of("gyeongju"));
    streams.stop();
    assertThat(screen.ended).isTrue();
  }

  @Test
  void noStreamGoesOnLongerThanItMayAndItsEndIsSaid() {
    streams = streams(SECOND, Duration.ofSeconds(60));
    Screen screen = watch(pictureOf(new AtomicReference<>(new Figures(1, 10))).of("gyeongju"));
    time.advanceTimeBy(Duration.ofSeconds(59));
    assertThat(screen.ended).isFalse();
    time.advanceTimeBy(SECOND);
    assertThat(screen.ended).isTrue();
    assertThat(screen.seen.get(screen.seen.size() - 1)).isEqualTo("over {}");
  }

  private static final Row ONE = new Row("1", "lamp");
  private static final Row TWO = new Row("2", "noise");

  private LiveList<Row> listOf(AtomicReference<List<Row>> rows) {
    return streams.list(city -> Mono.fromSupplier(rows::get), Row::id);
  }

  @Test
  void aListStartsWithASnapshotAndGoesOnWithChanges() {
    var rows = new AtomicReference<>(List.of(ONE));
    Screen screen = watch(listOf(rows).of("gyeongju", null));
    rows.set(List.of(TWO, ONE));
    time.advanceTimeBy(SECOND);
    rows.set(List.of(TWO, new Row("1", "lamp, mended")));
    time.advanceTimeBy(SECOND);
    rows.set(List.of(new Row("1", "lamp, mended")));
    time.advanceTimeBy(SECOND);
    assertThat(screen.seen)
        .containsExactly(
            "snapshot run1-1 {\"rows\":[{\"id\":\"1\",\"text\":\"lamp\"}]}",
            "changes run1-2 {\"put\":[{\"id\":\"2\",\"text\":\"noise\"}],\"gone\":[],"
                + "\"order\":[\"2\",\"1\"]}",
            "changes run1-3 {\"put\":[{\"id\":\"1\",\"text\":\"lamp, mended\"}],\"gone\":[]}",
            "changes run1-4 {\"put\":[],\"gone\":[\"2\"],\"order\":[\"1\"]}");
  }

  @Test
  void whoComesBackCatchesUpInOneStep() {
    var rows = new AtomicReference<>(List.of(ONE));
    LiveList<Row> list = listOf(rows);
    Screen screen = watch(list.of("gyeongju", null));
    rows.set(List.of(ONE, TWO));
    time.advanceTimeBy(SECOND);
    rows.set(List.of(TWO));
    time.advanceTimeBy(SECOND);
    screen.cancel();
    assertThat(watch(list.of("gyeongju", "run1-1")).seen)
        .containsExactly(
            "changes run1-3 {\"put\":[{\"id\":\"2\",\"text\":\"noise\"}],\"gone\":[\"1\"],"
                + "\"order\":[\"2\"]}");
  }

  @Test
  void whoKnowsAnotherRunOrNonsenseGetsASnapshot() {
    LiveList<Row> list = listOf(new AtomicReference<>(List.of(ONE)));
    for (String unknown : List.of("run0-1", "run1-99", "'; drop", "", "run1-0")) {
      assertThat(watch(list.of("gyeongju", unknown)).seen)
          .as(unknown)
          .containsExactly("snapshot run1-1 {\"rows\":[{\"id\":\"1\",\"text\":\"lamp\"}]}");
    }
  }

  @Test
  void eachRowIsAnnouncedOnceBeforeAStreamShowsIt() {
    var rows = new AtomicReference<>(List.of(ONE));
    var announced = new ArrayList<List<String>>();
    LiveList<Row> list = listOf(rows);
    Screen screen =
        watch(list.of("gyeongju", null, ids -> Mono.fromRunnable(() -> announced.add(ids))));
    rows.set(List.of(TWO, new Row("1", "lamp, mended")));
    time.advanceTimeBy(SECOND);
    rows.set(List.of(ONE));
    time.advanceTimeBy(SECOND);
    rows.set(List.of(ONE, TWO));
    time.advanceTimeBy(SECOND);
    assertThat(announced).containsExactly(List.of("1"), List.of("2"), List.of("2"));
    assertThat(screen.seen).hasSize(4);
    // Who comes back is shown what changed, and that alone is announced.
    watch(list.of("gyeongju", "run1-2", ids -> Mono.fromRunnable(() -> announced.add(ids))));
    watch(list.of("gyeongju", "run1-4", ids -> Mono.fromRunnable(() -> announced.add(ids))));
    assertThat(announced).hasSize(4);
  }

  @Test
  void whatCannotBeAnnouncedIsNotShownUntilItCan() {
    var away = new AtomicBoolean(true);
    Screen screen =
        watch(
            listOf(new AtomicReference<>(List.of(ONE)))
                .of(
                    "gyeongju",
                    null,
                    ids ->
                        away.get()
                            ? Mono.error(new IllegalStateException("not recorded"))
                            : Mono.empty()));
    time.advanceTimeBy(SECOND);
    assertThat(screen.seen).isNotEmpty().allMatch(it -> it.startsWith("stale "));
    away.set(false);
    time.advanceTimeBy(SECOND);
    assertThat(screen.seen.get(screen.seen.size() - 1))
        .isEqualTo("snapshot run1-1 {\"rows\":[{\"id\":\"1\",\"text\":\"lamp\"}]}");
  }
}
