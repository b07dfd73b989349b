package barocall.routing.precedents;

import static barocall.routing.Calls.CITIES;
import static barocall.routing.Calls.NOON;
import static barocall.routing.Calls.inquiry;
import static barocall.routing.Calls.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.WhyKind;
import barocall.routing.cases.Case;
import barocall.routing.cases.Entry;
import barocall.routing.precedents.Precedents.Past;
import barocall.routing.precedents.Precedents.PastDepartment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class PrecedentsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Kept kept = new Kept();
  private final Precedents precedents = precedents(kept);

  private static Precedents precedents(Kept kept) {
    return new Precedents(
        kept,
        CITIES,
        Clock.fixed(NOON.plus(Duration.ofHours(1)), ZoneOffset.UTC),
        Duration.ofMillis(20));
  }

  @AfterEach
  void end() {
    precedents.close();
  }

  @Test
  void theLikestThreeDifferentAnswersWithHowOftenEachWasGiven() {
    kept.answer("a", "시장 주차장 요금이 얼마인가요", "시간에 천 원입니다.");
    kept.answer("b", "시장 주차장 요금을 알려 주세요", "시간에  천 원입니다.");
    kept.answer("c", "역 주차장 요금이 얼마인가요", "하루에 만 원입니다.");
    kept.answer("d", "공원 주차장 요금", "무료입니다.");
    kept.answer("e", "강변 주차장 요금과 정기권", "정기권은 구청에서 삽니다.");
    Past past = past("시장 주차장 요금", 5);

    assertThat(past.answers()).hasSize(3);
    assertThat(past.answers().get(0).answer()).isEqualTo("시간에 천 원입니다.");
    assertThat(past.answers().get(0).times()).isEqualTo(2);
    assertThat(past.answers().get(0).sameWords()).containsExactly("시장", "주차장", "요금");
    assertThat(past.answers()).extracting(Precedents.PastAnswer::answer).doesNotHaveDuplicates();
  }

  @Test
  void whatIsErasedIsNotShownAndThenForgotten() {
    kept.answer("a", "시장 주차장 요금이 얼마인가요", "시간에 천 원입니다.");
    past("시장 주차장 요금", 1);

    kept.cases.put("a", new Case("a", "gyeongju", 3, List.of()));
    assertThat(like("시장 주차장 요금").answers()).isEmpty();
    kept.ended.clear();

    await().atMost(SOON).until(() -> Integer.valueOf(0).equals(precedents.size("gyeongju")));
  }

  @Test
  void whatEndsLaterIsTakenUp() {
    past("시장 주차장 요금", 0);
    kept.answer("a", "시장 주차장 요금이 얼마인가요", "시간에 천 원입니다.");

    // It is counted a moment before it is found.
    await().atMost(SOON).until(() -> like("시장 주차장 요금").answers().size() == 1);
  }

  @Test
  void departmentsAreCountedTheOneThatSettledMostFirst() {
    kept.settle("a", "시장 앞 도로가 패였습니다", "parks");
    kept.settle("b", "학교 앞 도로가 패였습니다", "roads");
    kept.settle("c", "강변 도로가 패였습니다", "roads");

    assertThat(past("도로가 패였어요", 3).departments())
        .containsExactly(new PastDepartment("roads", 2, 3), new PastDepartment("parks", 1, 3));
  }

  @Test
  void aStoreThatIsAwayIsTriedAgainAndNothingIsSuggestedMeanwhile() {
    // Before anything reads it: a first round that succeeds is a fact for the rest of the time.
    Kept later = new Kept();
    later.away = true;
    later.answer("a", "시장 주차장 요금이 얼마인가요", "시간에 천 원입니다.");
    try (Precedents waiting = precedents(later)) {
      Past meanwhile = waiting.like(later.waiting("시장 주차장 요금")).block(SOON);
      assertThat(meanwhile.ready()).isFalse();
      assertThat(meanwhile.answers()).isEmpty();
      later.away = false;

      await().atMost(SOON).until(() -> Integer.valueOf(1).equals(waiting.size("gyeongju")));
      assertThat(waiting.like(later.waiting("시장 주차장 요금")).block(SOON).answers()).hasSize(1);
    }
  }

  private Past past(String words, int size) {
    await().atMost(SOON).until(() -> Integer.valueOf(size).equals(precedents.size("gyeongju")));
    return like(words);
  }

  private Past like(String words) {
    return precedents.like(kept.waiting(words)).block(SOON);
  }

  /** Two cities or more are asked for; all is Gyeongju's. */
  private static final class Kept implements Precedents.Source {
    private final Map<String, Case> cases = new ConcurrentHashMap<>();
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();
    private volatile boolean away;

    void answer(String id, String words, String answer) {
      end(id, words, How.ANSWERED, By.AGENT, null, answer);
    }

    void settle(String id, String words, String department) {
      end(id, words, How.DONE, By.DEPARTMENT, department, "고쳤습니다");
    }

    private void end(
        String id, String words, How how, By by, @Nullable String department, String answer) {
      Instant at = NOON.plusSeconds(60 + ended.size());
      CallReceived call = written(id, "road-damage", words);
      InquiryResolved end =
          new InquiryResolved(
              inquiry(id, Channel.WEB, null),
              at,
              1,
              how,
              by,
              "agent-1",
              null,
              department,
              department,
              by == By.AGENT,
              answer);
      Stream<InquiryEvent> facts =
          department == null
              ? Stream.of(call, end)
              : Stream.of(call, escalated(call, department), end);
      cases.put(
          id,
          new Case(
              id, "gyeongju", 1, facts.map(it -> new Entry(it, NOON, false, null, null)).toList()));
      ended.put(id, at);
    }

    private static ComplaintEscalated escalated(CallReceived call, String department) {
      return new ComplaintEscalated(
          call.inquiry(),
          NOON,
          1,
          department,
          department,
          "grievance",
          Priority.NORMAL,
          NOON,
          "",
          new Why(WhyKind.AGENT, null, ""),
          null,
          0,
          null,
          call.text(),
          null,
          null);
    }

    Case waiting(String words) {
      return new Case(
          "asked",
          "gyeongju",
          1,
          List.of(new Entry(written("asked", null, words), NOON, false, null, null)));
    }

    @Override
    public Flux<Map.Entry<String, Instant>> newest(String city, int atMost) {
      return since(city, Instant.EPOCH);
    }

    @Override
    public Flux<Map.Entry<String, Instant>> since(String city, Instant since) {
      if (away) {
        return Flux.error(new IllegalStateException("away"));
      }
      return city.equals("gyeongju")
          ? Flux.fromIterable(Map.copyOf(ended).entrySet())
              .filter(it -> !it.getValue().isBefore(since))
          : Flux.empty();
    }

    @Override
    public Mono<Void> forgetBefore(String city, Instant before) {
      return Mono.empty();
    }

    @Override
    public Mono<Case> find(String inquiryId) {
      return Mono.justOrEmpty(cases.get(inquiryId));
    }
  }
}
