package barocall.analytics.facts;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.analytics.Inquiries;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Event;
import org.junit.jupiter.api.Test;

class FactTest {
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
