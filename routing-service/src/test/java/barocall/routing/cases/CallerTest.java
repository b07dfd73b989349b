package barocall.routing.cases;

import static barocall.routing.Calls.NOON;
import static barocall.routing.Calls.answered;
import static barocall.routing.Calls.ended;
import static barocall.routing.Calls.ringing;
import static barocall.routing.Calls.written;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.By;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Direction;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import barocall.routing.Calls;
import barocall.routing.cases.Caller.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
  private static final Visit SETTLED = new Visit("a", NOON.minusSeconds(600), "waste", NOON, false);

  @ParameterizedTest
  @CsvSource({
    "PT-0.001S, false, 0", "PT0S, false, 0", "PT0.001S, true, 0", "P1D, true, 1",
    "PT47H59M59S, true, 1", "P7D, true, 7", "P7DT0.001S, false, 7", "P7DT1S, false, 7",
  })
  void theSevenDaysBeginAfterTheResolutionAndTheirLastMomentCounts(
      Duration after, boolean repeated, int days) {
    Caller caller = of(SETTLED, again("b", NOON.plus(after), "waste"));

    assertThat(caller.repeats())
        .isEqualTo(
            repeated ? List.of(new Repeat("a", NOON.plus(Duration.ofDays(days)))) : List.of());
  }

  @Test
  void anotherSubjectOrNoneIsNoRepeat() {
    Instant later = NOON.plusSeconds(60);
    assertThat(of(SETTLED, again("b", later, "noise")).repeats()).isEmpty();
    assertThat(of(SETTLED, again("b", later, null)).repeats()).isEmpty();
    Visit unnamed = new Visit("a", NOON, null, NOON, false);
    assertThat(of(unnamed, again("b", later, null)).repeats()).isEmpty();
    assertThat(of(unnamed, again("b", later, "waste")).repeats()).isEmpty();
  }

  @Test
  void whatIsNotSettledByAnAgentIsNotRepeatedAndNobodyRepeatsThemselves() {
    Visit open = new Visit("a", NOON, "waste", null, false);
    assertThat(of(open, again("b", NOON.plusSeconds(60), "waste")).repeats()).isEmpty();
    // Its receipt was told late by a clock that runs ahead.
    Visit itself = new Visit("a", NOON.plusSeconds(9), "waste", NOON, false);
    assertThat(of(itself).repeats()).isEmpty();
  }

  @Test
  void itIsSaidOnceHoweverOftenTheyComeBack() {
    Caller caller =
        of(
            SETTLED,
            again("b", NOON.plus(Duration.ofDays(3)), "waste"),
            again("c", NOON.plus(Duration.ofDays(2)), "waste"));
    assertThat(caller.repeats()).containsExactly(new Repeat("a", NOON.plus(Duration.ofDays(2))));

    Caller said = caller.said("a").with(again("d", NOON.plus(Duration.ofDays(1)), "waste"));

    assertThat(said.repeats()).isEmpty();
    assertThat(said.with(SETTLED).repeats()).as("noted again").isEmpty();
    assertThat(said.without("a").with(SETTLED).repeats()).as("a fresh list").hasSize(1);
  }

  @Test
  void everyFirstContactIsLookedAtAlone() {
    Visit second = new Visit("b", NOON.plusSeconds(60), "waste", NOON.plusSeconds(600), false);
    Visit third = again("c", NOON.plusSeconds(700), "waste");
    assertThat(of(SETTLED, second).repeats()).extracting(Repeat::inquiryId).containsExactly("a");
    assertThat(of(SETTLED, second, third).repeats())
        .extracting(Repeat::inquiryId)
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theOrderInWhichTheyAreNotedDoesNotMatter(long seed) {
    List<Visit> visits =
        new ArrayList<>(
            List.of(
                SETTLED,
                again("b", NOON.plusSeconds(60), "waste"),
                again("c", NOON.plusSeconds(60), "noise"),
                new Visit("d", NOON.plusSeconds(90), "noise", NOON.plusSeconds(99), false),
                again("e", NOON.plusSeconds(120), "noise")));
    Caller expected = of(visits.toArray(Visit[]::new));
    Collections.shuffle(visits, new Random(seed));

    Caller shuffled = of(visits.toArray(Visit[]::new));

    assertThat(shuffled).isEqualTo(expected);
    assertThat(shuffled.repeats()).extracting(Repeat::inquiryId).containsExactly("a", "d");
  }

  @Test
  void theLastTwentyAreKept() {
    Caller caller =
        of(
            IntStream.range(0, 25)
                .mapToObj(i -> again("v%02d".formatted(i), NOON.plusSeconds(i), null))
                .toArray(Visit[]::new));
    assertThat(caller.visits()).hasSize(20);
    assertThat(caller.visits().get(0).inquiryId()).isEqualTo("v05");
    assertThat(caller.with(again("old", NOON.minusSeconds(1), null))).isEqualTo(caller);
  }

  static Stream<Arguments> contacts() {
    return Stream.of(
        Arguments.of("a form", true, List.of(written("x", "waste", "글"))),
        Arguments.of("it rings", false, List.of(ringing("x", null))),
        Arguments.of(
            "hung up",
            false,
            List.of(ringing("x", null), ended("x", CallOutcome.ABANDONED, null, null))),
        Arguments.of(
            "hung up after a word",
            true,
            List.of(ringing("x", "말"), ended("x", CallOutcome.ABANDONED, null, null))),
        Arguments.of("taken", true, List.of(ringing("x", null), answered("x", "agent-1"))),
        Arguments.of("the call itself is not known yet", false, List.of(answered("x", "agent-1"))),
        Arguments.of(
            "its end told first",
            true,
            List.of(ringing("x", null), ended("x", CallOutcome.ANSWERED, "agent-1", null))),
        Arguments.of(
            "asks to be rung",
            true,
            List.of(ringing("x", null), ended("x", CallOutcome.CALLBACK, null, null))),
        Arguments.of(
            "we rang", false, List.of(outgoing(ringing("x", "말")), answered("x", "agent-1"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contacts")
  void whoGotThroughWasInTouch(String name, boolean contact, List<InquiryEvent> facts) {
    assertThat(known(facts).isContact()).isEqualTo(contact);
  }

  @ParameterizedTest
  @EnumSource(How.class)
  void whatAnAgentEndedIsSettledUnlessPutThroughOrUndescribed(How how) {
    Visit visit =
        Visit.of(known(List.of(written("x", "waste", "글"), resolved(how, By.AGENT, 2, true))));
    boolean settled = how != How.CONNECTED && how != How.UNDESCRIBED && how != How.ABANDONED;
    assertThat(visit.resolvedAt()).isEqualTo(settled ? NOON.plusSeconds(200) : null);
  }

  @Test
  void onlyTheFirstEndCountsAndOnlyAnAgentsAtFirstContact() {
    CallReceived received = written("x", "waste", "글");
    InquiryResolved byRule = resolved(How.ANSWERED, By.RULE, 1, true);
    InquiryResolved afterwards = resolved(How.ANSWERED, By.AGENT, 3, true);
    assertThat(Visit.of(known(List.of(received, byRule))).resolvedAt()).isNull();
    assertThat(Visit.of(known(List.of(afterwards, byRule, received))).resolvedAt()).isNull();
    assertThat(
            Visit.of(known(List.of(received, resolved(How.ANSWERED, By.AGENT, 3, false))))
                .resolvedAt())
        .isNull();
    assertThat(Visit.of(known(List.of(received, Calls.done("x", 1, "roads")))).resolvedAt())
        .isNull();
  }

  @Test
  void theSubjectIsTheOneLastWrittenDownByWhoGotThrough() {
    InquiryDescribed described =
        new InquiryDescribed(
            Calls.inquiry("x", Channel.TELEPHONE, "noise"),
            NOON,
            1,
            1,
            "agent-1",
            null,
            "말",
            null,
            null);
    CallReceived named = written("x", "waste", "글");
    assertThat(Visit.of(known(List.of(ringing("x", null), described))).about()).isEqualTo("noise");
    assertThat(Visit.of(known(List.of(described, named))).about()).isEqualTo("noise");
    assertThat(Visit.of(known(List.of(named))).about()).isEqualTo("waste");
    assertThat(Visit.of(known(List.of(described))).about()).as("not come yet").isNull();
    assertThat(Visit.of(known(List.of(outgoing(named)))).about()).isNull();
  }

  private static Case known(List<? extends InquiryEvent> facts) {
    Case known = Case.none("x", "gyeongju");
    for (InquiryEvent fact : facts) {
      known = known.with(fact, NOON);
    }
    return known;
  }

  private static InquiryResolved resolved(How how, By by, int step, boolean atFirstContact) {
    return new InquiryResolved(
        Calls.inquiry("x", Channel.WEB, "waste"),
        NOON.plusSeconds(100L * step),
        step,
        how,
        by,
        by == By.AGENT ? "agent-1" : null,
        null,
        null,
        null,
        atFirstContact,
        null);
  }

  private static CallReceived outgoing(CallReceived call) {
    return new CallReceived(
        call.inquiry(),
        call.at(),
        0,
        call.door(),
        Direction.OUT,
        null,
        null,
        false,
        null,
        call.text(),
        null,
        null,
        null);
  }

  private static Caller of(Visit... visits) {
    return Arrays.stream(visits).reduce(Caller.NOBODY, Caller::with, (one, other) -> other);
  }

  private static Visit again(String id, Instant at, String category) {
    return new Visit(id, at, category, null, false);
  }
}
