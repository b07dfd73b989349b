package barocall.routing.cases;

import static barocall.routing.Calls.GYEONGJU;
import static barocall.routing.Calls.NOON;
import static barocall.routing.Calls.answered;
import static barocall.routing.Calls.done;
import static barocall.routing.Calls.ended;
import static barocall.routing.Calls.inquiry;
import static barocall.routing.Calls.recalled;
import static barocall.routing.Calls.reopened;
import static barocall.routing.Calls.returned;
import static barocall.routing.Calls.ringing;
import static barocall.routing.Calls.written;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.By;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Erasable;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.RecallRequested;
import barocall.contract.Event.SatisfactionRated;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.WhyKind;
import barocall.testkit.model.Orders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Facts of one inquiry in every order, each again at once: the same decisions, the same case. */
class EveryOrderTest {
  private static final Course COURSE = new Course(GYEONGJU, Duration.ofMinutes(30));
  private static final Instant LATER = NOON.plus(Duration.ofDays(30));

  static Stream<List<InquiryEvent>> lives() {
    return Stream.of(
        List.of(
            written("x", "road-damage", "도로가 패였습니다"),
            new ComplaintAcknowledged(inquiry("x", Channel.WEB, null), NOON, 1, "roads", "a"),
            done("x", 1, "roads"),
            reopened("x", 1),
            new ComplaintAcknowledged(inquiry("x", Channel.WEB, null), NOON, 2, "roads", "a"),
            returned("x", 2, "roads"),
            new SatisfactionRated(inquiry("x", Channel.WEB, null), NOON, 1, 2)),
        List.of(
            written("x", "road-damage", "도로가 패였습니다"),
            new RecallRequested(inquiry("x", Channel.WEB, null), NOON, 1, "agent-1", "공원과 일입니다"),
            recalled("x", 1, "roads"),
            reopened("x", 1)),
        List.of(written("x", "passport", "여권 준비물이 무엇인가요"), reopened("x", 1)),
        List.of(
            ringing("x", null),
            answered("x", "agent-1"),
            ended("x", CallOutcome.ANSWERED, "agent-1", "roads"),
            reopened("x", 2)),
        List.of(
            ringing("x", null),
            answered("x", "agent-1"),
            ended("x", CallOutcome.ANSWERED, "agent-1", null)),
        List.of(ringing("x", null), ended("x", CallOutcome.ABANDONED, null, null)));
  }

  @ParameterizedTest
  @MethodSource("lives")
  void theSameIsDecided(List<InquiryEvent> life) {
    List<Object> expected = seen(decided(life));

    Orders.each(
        life,
        order -> {
          List<Object> seen = seen(decided(order));
          if (!seen.equals(expected)) {
            assertThat(seen).as("in the order %s", order).isEqualTo(expected);
          }
        });
  }

  /** As a rebuild reads them: decisions of our own among them, and events that were erased. */
  @Test
  void whatWasDecidedIsReadTheSame() {
    Case decided = decided(lives().findFirst().orElseThrow());
    List<InquiryEvent> told =
        new ArrayList<>(
            decided.entries().stream()
                .map(Entry::event)
                .filter(it -> it instanceof Erasable && !(it instanceof ComplaintReturned))
                .toList());
    told.addAll(
        told.stream()
            .filter(it -> it.step() == 0 || it instanceof ComplaintEscalated && it.step() == 1)
            .map(it -> (InquiryEvent) ((Erasable) it).erase())
            .toList());
    List<Object> expected = seen(read(told));

    assertThat(told).as("more would be too many orders").hasSize(8);
    Orders.each(
        told,
        order -> {
          List<Object> seen = seen(read(order));
          if (!seen.equals(expected)) {
            assertThat(seen).as("in the order %s", order).isEqualTo(expected);
          }
        });
  }

  /** As a rebuild reads it: an agent answered, and put it right twice. */
  @Test
  void whatWasPutRightIsReadTheSame() {
    var right = new AnswerCorrected(inquiry("x", Channel.WEB, null), NOON, 2, 1, "agent-1", "열 시");
    List<InquiryEvent> told =
        List.of(
            written("x", null, "몇 시까지 엽니까"),
            new InquiryAssigned(
                inquiry("x", Channel.WEB, null),
                NOON,
                1,
                new Why(WhyKind.NO_RULE, null, ""),
                null,
                false,
                List.of(),
                List.of()),
            new InquiryResolved(
                inquiry("x", Channel.WEB, null),
                NOON,
                2,
                How.ANSWERED,
                By.AGENT,
                "agent-1",
                null,
                null,
                null,
                true,
                "여덟 시"),
            right,
            right.erase(),
            new AnswerCorrected(inquiry("x", Channel.WEB, null), NOON, 2, 2, "agent-2", "아홉 시"));
    Case expected = read(told);
    assertThat(expected.answer()).isEqualTo("아홉 시");
    assertThat(Precedent.of(expected).orElseThrow().answer()).isEqualTo("아홉 시");
    assertThat(expected.state()).isEqualTo("resolved");
    assertThat(Possible.of(expected)).contains("correct");
    Orders.each(
        told, order -> assertThat(seen(read(order))).as("%s", order).isEqualTo(seen(expected)));
  }

  private static Case decided(List<InquiryEvent> order) {
    Case known = Case.none("x", "gyeongju");
    for (InquiryEvent fact : order) {
      known = COURSE.advanced(known.with(fact, NOON), LATER);
      if (COURSE.advanced(known.with(fact, LATER), LATER) != known) {
        throw new AssertionError(fact.id() + " came again and changed the case: " + order);
      }
    }
    return known;
  }

  private static Case read(List<InquiryEvent> order) {
    Case known = Case.none("x", "gyeongju");
    for (InquiryEvent event : order) {
      known = known.withAll(List.of(Entry.told(event)));
    }
    return known;
  }

  /** Everything that anybody is shown or that is sent, of a case. */
  private static List<Object> seen(Case known) {
    return Stream.of(
            known.entries().stream().map(Entry::event).collect(Collectors.toSet()),
            known.decisions().stream().map(Entry::event).toList(),
            known.state(),
            String.valueOf(known.answer()),
            String.valueOf(known.contact()),
            String.valueOf(known.text()),
            known.inquiry(),
            known.transfers(),
            DeskItem.of(known),
            COURSE.wakeAt(known),
            String.valueOf(known.agent()),
            First.of(known),
            Possible.of(known))
        .map(Objects::requireNonNull)
        .map(Object.class::cast)
        .toList();
  }
}
