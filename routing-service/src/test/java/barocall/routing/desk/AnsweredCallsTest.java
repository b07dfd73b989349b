package barocall.routing.desk;

import static barocall.routing.Calls.answered;
import static barocall.routing.Calls.ended;
import static barocall.routing.Calls.ringing;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.CallOutcome;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.Why;
import barocall.contract.WhyKind;
import barocall.routing.cases.Case;
import barocall.routing.cases.Entry;
import barocall.routing.desk.AnsweredCalls.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnsweredCallsTest {
  private final AnsweredCalls calls = new AnsweredCalls();
  private final List<Call> told = new ArrayList<>();

  @Test
  void whoAnswersIsToldWithoutAWordOfTheCitizens() {
    calls.of("gyeongju").subscribe(told::add);
    InquiryEvent answer = answered("a", "agent-2");
    calls.handled(answer, waiting(ringing("a", "불국사"), answer));

    assertThat(told).containsExactly(new Call("gyeongju", "a", "agent-2", "talking"));
  }

  @Test
  void nothingIsToldOfACallThatNobodyHasOrThatIsOverOrNotAtTheDesk() {
    calls.of("gyeongju").subscribe(told::add);
    InquiryEvent call = ringing("a", null);
    InquiryEvent answer = answered("a", "agent-2");
    calls.handled(call, waiting(call));
    calls.handled(answer, waiting(call, answer, ended("a", CallOutcome.ANSWERED, "agent-2", null)));
    calls.handled(answer, known(call, answer));
    calls.handled(answer, known(answer));

    assertThat(told).isEmpty();
  }

  @Test
  void anotherCityIsToldNothingAndNobodyHasToListen() {
    InquiryEvent answer = answered("a", "agent-2");
    calls.handled(answer, waiting(ringing("a", null), answer));
    calls.of("cheonan").subscribe(told::add);
    calls.handled(answer, waiting(ringing("a", null), answer));

    assertThat(told).isEmpty();
  }

  private static Case waiting(InquiryEvent... events) {
    List<InquiryEvent> all = new ArrayList<>(Arrays.asList(events));
    Why why = new Why(WhyKind.NO_RULE, null, "x");
    all.add(
        new InquiryAssigned(
            events[0].inquiry(), events[0].at(), 1, why, null, false, List.of(), List.of()));
    return known(all.toArray(InquiryEvent[]::new));
  }

  private static Case known(InquiryEvent... events) {
    return new Case(
        events[0].about(),
        events[0].cityId(),
        events.length,
        Arrays.stream(events).map(it -> new Entry(it, it.at(), false, null, null)).toList());
  }
}
