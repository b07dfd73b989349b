package barocall.analytics.facts;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.analytics.Inquiries;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactTest {
  /** So that no figure changes when a citizen's data is erased, even where only that is left. */
  @Test
  void anErasedEventBringsTheVeryFactsOfTheWholeOne() {
    List<Event.InquiryEvent> events = new ArrayList<>();
    events.addAll(Inquiries.answeredCall("a", Inquiries.NOON));
    events.addAll(Inquiries.abandonedCall("b", Inquiries.NOON));
    events.addAll(Inquiries.complaint("c", Inquiries.NOON));
    events.addAll(Inquiries.history("h", Inquiries.NOON));
    Origin origin = new Origin("t-0", 0);
    int compared = 0;
    for (Event.InquiryEvent event : events) {
      if (event instanceof Event.Erasable whole) {
        assertThat(Fact.of(whole.erase(), origin)).isEqualTo(Fact.of(whole, origin));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(5);
  }

  @Test
  void noCallCountsForMoreThanADay() {
    Event.CallEnded ended =
        new Event.CallEnded(
            Inquiries.inquiry("i", Channel.TELEPHONE, "passport", Inquiries.NOON),
            Inquiries.NOON,
            0,
            CallOutcome.ANSWERED,
            "agent-1",
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            7,
            null,
            null,
            null);

    Fact fact = Fact.of(ended, new Origin("t-0", 0)).get(0);

    assertThat(fact.waitSeconds()).isEqualTo(86_400);
    assertThat(fact.handleSeconds()).isEqualTo(2 * 86_400 + 7);
  }
}
