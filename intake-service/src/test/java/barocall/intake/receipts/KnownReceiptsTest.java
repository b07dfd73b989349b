package barocall.intake.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.kit.store.StoreAwayException;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class KnownReceiptsTest {
  private static final Event.CallAnswered FIRST = answered("agent-1");
  private static final Event.CallAnswered AGAIN = answered("agent-2");

  private final RecentFacts recent = new RecentFacts(Ticker.systemTicker(), () -> false);

  @Test
  void anotherIntakeKnowsTheFirstTellingFromTheStore() {
    KnownReceipts known = with(Mono.just(Map.of(FIRST.about(), List.of(FIRST))));

    assertThat(known.first(AGAIN).block()).isEqualTo(FIRST);
    assertThat(known.first(ended()).blockOptional()).isEmpty();
  }

  @Test
  void whatThisIntakeSaidNeedsNoStore() {
    KnownReceipts known = with(Mono.error(new StoreAwayException()));
    assertThat(known.first(AGAIN).blockOptional()).as("nothing said yet").isEmpty();

    known.said(FIRST);
    known.said(AGAIN);

    assertThat(known.first(AGAIN).block()).isEqualTo(FIRST);
  }

  private KnownReceipts with(Mono<Map<String, List<Event.InquiryEvent>>> stored) {
    return new KnownReceipts(
        new Receipts() {
          @Override
          public Mono<Void> note(Event.InquiryEvent event) {
            return Mono.empty();
          }

          @Override
          public Mono<Map<String, List<Event.InquiryEvent>>> find(String receiptNumber) {
            return stored;
          }
        },
        recent);
  }

  private static Event.CallAnswered answered(String agent) {
    return new Event.CallAnswered(call(), Facts.NOON, 0, agent, 5, null);
  }

  private static Event.CallEnded ended() {
    return new Event.CallEnded(
        call(),
        Facts.NOON,
        0,
        barocall.contract.CallOutcome.ABANDONED,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Event.Inquiry call() {
    return new Event.Inquiry(
        "gyeongju-c-1", "261104829137", "gyeongju", Channel.TELEPHONE, null, Facts.NOON);
  }
}
