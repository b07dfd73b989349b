package barocall.analytics.facts;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.analytics.Inquiries;
import barocall.contract.Channel;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.Erasable;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.SatisfactionRated;
import barocall.testkit.model.Orders;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Facts of one inquiry in every order, some of them twice: the same figures, the same standing. */
class EveryOrderTest {
  private static final CityTime TIME = CityTime.roundTheClock(ZoneId.of("Asia/Seoul"));
  private static final Inquiry REOPENED =
      Inquiries.inquiry("x", Channel.WEB, "roads", Inquiries.NOON);

  static Stream<List<InquiryEvent>> lives() {
    List<InquiryEvent> complaint = Inquiries.complaint("x", Inquiries.NOON);
    List<InquiryEvent> call = Inquiries.answeredCall("x", Inquiries.NOON);
    List<InquiryEvent> asked = new ArrayList<>(call.subList(0, 4));
    asked.add(new InquiryReopened(REOPENED, Inquiries.NOON.plusSeconds(5000), 2, null));
    asked.add(Inquiries.escalated(REOPENED, Inquiries.NOON.plusSeconds(5001), 3, "roads", 0));
    asked.add(new SatisfactionRated(REOPENED, Inquiries.NOON.plusSeconds(6000), 2, 1));
    return Stream.of(
        call,
        Inquiries.callPutThrough("x", Inquiries.NOON),
        Inquiries.abandonedCall("x", Inquiries.NOON),
        complaint.subList(0, 7),
        Stream.concat(complaint.stream().limit(2), complaint.stream().skip(6)).toList(),
        asked,
        Inquiries.recalled("x", Inquiries.NOON),
        Stream.concat(
                call.stream().limit(4),
                Stream.of(
                    new AnswerCorrected(
                        REOPENED, Inquiries.NOON.plusSeconds(900), 2, 1, "agent-1", "right")))
            .toList(),
        Inquiries.history("x", Inquiries.NOON));
  }

  @ParameterizedTest
  @MethodSource("lives")
  void figuresAndStandingAreTheSame(List<InquiryEvent> life) {
    Bookings figures = Bookings.of(folded(life).facts(), TIME);
    Standing standing = Standing.of(folded(life).facts());

    Orders.each(
        life,
        order -> {
          InquiryFacts inquiry = folded(order);
          Map<Booking, Long> brought = new HashMap<>();
          for (int offset = 0; offset < 2 * order.size(); offset++) {
            inquiry
                .broughtBy(new Origin("p", offset), TIME)
                .forEach((booking, amount) -> brought.merge(booking, amount, Long::sum));
          }
          brought.values().removeIf(amount -> amount == 0);
          Map<Booking, Long> counted = new HashMap<>();
          figures.forEach(counted::put);
          if (!brought.equals(counted)
              || !Bookings.of(inquiry.facts(), TIME).equals(figures)
              || !Standing.of(inquiry.facts()).equals(standing)) {
            assertThat(brought).as("in the order %s", order).isEqualTo(counted);
            assertThat(Standing.of(inquiry.facts()))
                .as("in the order %s", order)
                .isEqualTo(standing);
          }
        });
  }

  /** Each record, and after it once more the one before it, erased where that can be. */
  private static InquiryFacts folded(List<InquiryEvent> order) {
    InquiryFacts inquiry = InquiryFacts.unknown("x", "gyeongju");
    for (int i = 0; i < order.size(); i++) {
      inquiry = inquiry.with(Fact.of(order.get(i), new Origin("p", 2L * i)));
      InquiryEvent again = order.get(Math.max(0, i - 1));
      inquiry =
          inquiry.with(
              Fact.of(
                  again instanceof Erasable words ? words.erase() : again,
                  new Origin("p", 2L * i + 1)));
    }
    return inquiry;
  }
}
