package barocall.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.testkit.model.Access.Effect;
import barocall.testkit.model.Explorer.Bounds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class ExplorerTest {
  private static final String COUNTER = "counter";
  private static final String DONE = "done";
  private static final Access READ =
      Access.read("all", COUNTER, content -> content == null ? 0 : content);

  @Test
  void aLostUpdateIsFoundByTheShortestSchedule() {
    Explorer.Result result = explore(counting("a"), counting("b"), 0, 0, false);

    Finding finding = result.finding().orElseThrow();
    assertThat(finding.what()).isEqualTo("both are done, and it is 1");
    assertThat(finding.schedule())
        .hasSize(8)
        .contains("a writes 1: true", "b reads all of counter: 0");
  }

  @Test
  void reactiveCodeIsExploredAsWell() {
    Work count =
        Work.reactive(
            "count",
            replay ->
                replay
                    .later(READ, Mono::just)
                    .flatMap(read -> replay.later(write((Integer) read + 1), Mono::just)),
            (value, failure) -> DONE);

    assertThat(explore(process("a", count), process("b", count), 0, 0, false).finding())
        .isPresent();
  }

  @Test
  void whoIsAloneCountsRight() {
    assertThat(explore(counting("a"), idle(), 0, 0, false).finding()).isEmpty();
  }

  @Test
  void aCrashMayComeAfterAnyAccess() {
    Finding finding = explore(counting("a"), idle(), 1, 0, false).finding().orElseThrow();

    assertThat(finding.what()).isEqualTo("both are done, and it is 2");
    assertThat(finding.schedule()).contains("a crashes");
  }

  @Test
  void anAnswerMayBeLost() {
    Finding finding = explore(counting("a"), idle(), 0, 1, false).finding().orElseThrow();

    assertThat(finding.schedule())
        .anyMatch(step -> step.contains("is away") || step.contains("is lost"));
  }

  @Test
  void aCopyMayBePutBackWhileNobodyRuns() {
    Finding finding = explore(counting("a"), idle(), 0, 0, true).finding().orElseThrow();

    assertThat(finding.what()).isEqualTo("both are done, and it is null");
    assertThat(finding.schedule()).endsWith("everything is stopped and the copy put back");
  }

  @Test
  void everyOrderIsShownOnce() {
    Set<List<Integer>> orders = new HashSet<>();

    assertThat(Orders.each(new ArrayList<>(List.of(1, 2, 3, 4)), orders::add)).isEqualTo(24);
    assertThat(orders).hasSize(24);
  }

  private static Access write(int count) {
    return Access.access("writes " + count, COUNTER, content -> new Effect(count, true));
  }

  /** Reads, writes one more, and reads again: right only while nothing comes in between. */
  private static Process counting(String name) {
    return process(name, again());
  }

  private static Work again() {
    return Work.blocking(
        "count",
        replay -> {
          replay.answer(write((Integer) replay.answer(READ) + 1));
          return replay.answer(READ);
        },
        (value, failure) -> failure == null ? DONE : again());
  }

  private static Process process(String name, Work work) {
    return new Process(
        name,
        name,
        name,
        "",
        (rest, store) -> rest.equals("") ? List.of(work) : List.of(),
        rest -> rest);
  }

  private static Process idle() {
    return new Process("idle", "idle", "idle", DONE, (rest, store) -> List.of(), rest -> rest);
  }

  private static Explorer.Result explore(
      Process one, Process two, int crashes, int outages, boolean copies) {
    int wanted = (one.first().equals("") ? 1 : 0) + (two.first().equals("") ? 1 : 0);
    Promises promises =
        new Promises() {
          @Override
          public @Nullable String wrongNow(Moment moment) {
            boolean done =
                moment.rest(one.name()).filter(DONE::equals).isPresent()
                    && moment.rest(two.name()).filter(DONE::equals).isPresent();
            Object count = moment.content(COUNTER);
            return done && !Integer.valueOf(wanted).equals(count)
                ? "both are done, and it is " + count
                : null;
          }
        };
    return new Explorer(
            List.of(one, two),
            document -> null,
            new Bounds(crashes, outages, copies, 2, 100_000),
            promises)
        .explore();
  }
}
