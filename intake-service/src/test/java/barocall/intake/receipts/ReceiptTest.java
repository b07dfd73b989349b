package barocall.intake.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.contract.How;
import barocall.testkit.model.Orders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private final Facts facts = Facts.story();

  @Test
  void whatWasReceivedIsReceived() {
    Receipt receipt = Receipt.of(List.of(facts.received())).orElseThrow();
    assertThat(receipt.state()).isEqualTo(Receipt.State.RECEIVED);
    assertThat(receipt.history()).containsExactly(new Receipt.Entry(Facts.NOON, "received", null));
  }

  @Test
  void anEndWithoutItsCallIsNoReceiptYet() {
    var unknown =
        new Event.Inquiry(
            "gyeongju-c-1", "261104829137", "gyeongju", Channel.TELEPHONE, null, null);
    var ended =
        new Event.CallEnded(
            unknown,
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
    assertThat(Receipt.of(List.of(ended))).isEmpty();
  }

  @Test
  void theDepartmentThatHasItStandsWithItsDueTime() {
    Receipt receipt =
        Receipt.of(List.of(facts.escalated(1, "roads", "도로과"), facts.received())).orElseThrow();
    assertThat(receipt.state()).isEqualTo(Receipt.State.ESCALATED);
    assertThat(receipt.department()).isEqualTo(new Receipt.Holder("roads", "도로과"));
    assertThat(receipt.dueAt()).isEqualTo(Facts.at(10_001));
  }

  @Test
  void aReturnedComplaintWaitsAtTheDeskForAnotherDepartment() {
    List<Event.InquiryEvent> returned =
        List.of(facts.received(), facts.escalated(1, "roads", "도로과"), facts.returned(1, "roads"));
    Receipt receipt = Receipt.of(returned).orElseThrow();
    assertThat(receipt.state()).isEqualTo(Receipt.State.AT_DESK);
    assertThat(receipt.department()).isNull();
    assertThat(receipt.dueAt()).isNull();

    List<Event.InquiryEvent> handedOn = new ArrayList<>(returned);
    handedOn.add(0, facts.escalated(2, "traffic", "교통행정과"));
    assertThat(Receipt.of(handedOn).orElseThrow().department())
        .isEqualTo(new Receipt.Holder("traffic", "교통행정과"));
  }

  @Test
  void theAnswerStandsUntilTheCitizenAsksAgain() {
    List<Event.InquiryEvent> story = wholeStory();
    Receipt resolved = Receipt.of(story.subList(0, 5)).orElseThrow();
    assertThat(resolved.state()).isEqualTo(Receipt.State.RESOLVED);
    assertThat(resolved.answer()).isEqualTo("보수했습니다");
    assertThat(resolved.rating().score()).isEqualTo(4);

    Receipt reopened = Receipt.of(story.subList(0, 6)).orElseThrow();
    assertThat(reopened.state()).isEqualTo(Receipt.State.RECEIVED);
    assertThat(reopened.answer()).isNull();
    assertThat(reopened.reopening()).isEqualTo(facts.reopened(1));
  }

  @Test
  void anAbandonedCallIsAbandoned() {
    assertThat(
            Receipt.of(List.of(facts.resolvedByAgent(1, How.ABANDONED), facts.received()))
                .orElseThrow()
                .state())
        .isEqualTo(Receipt.State.ABANDONED);
  }

  @Test
  void aRatingOfAnEarlierAnswerDoesNotRateTheLater() {
    List<Event.InquiryEvent> story = new ArrayList<>(wholeStory());
    story.add(facts.resolvedByAgent(3, How.ANSWERED));
    Receipt receipt = Receipt.of(story).orElseThrow();
    assertThat(receipt.rating()).isNull();
    assertThat(receipt.reopening()).isNull();
    assertThat(receipt.answer()).isEqualTo("안내했습니다");
  }

  @Test
  void theAnswerIsAsItWasLastPutRightWhateverCameFirst() {
    List<Event.InquiryEvent> story =
        new ArrayList<>(
            List.of(
                facts.received(),
                facts.resolvedByAgent(1, How.ANSWERED),
                facts.corrected(1, 1, "열 시까지입니다"),
                facts.corrected(1, 2, "아홉 시까지입니다"),
                facts.rated(1, 4)));
    Receipt expected = Receipt.of(story).orElseThrow();
    assertThat(expected.answer()).isEqualTo("아홉 시까지입니다");
    assertThat(expected.correction()).isEqualTo(facts.corrected(1, 2, "아홉 시까지입니다"));
    assertThat(expected.resolution()).isEqualTo(facts.resolvedByAgent(1, How.ANSWERED));
    assertThat(expected.rating()).isNotNull();
    assertThat(expected.history())
        .extracting(Receipt.Entry::what)
        .containsExactly("received", "resolved", "corrected", "corrected", "rated");
    Orders.each(story, order -> assertThat(Receipt.of(order)).contains(expected));

    story.add(facts.reopened(1));
    story.add(facts.resolvedByAgent(3, How.ANSWERED));
    Receipt later = Receipt.of(story).orElseThrow();
    assertThat(later.answer()).isEqualTo("안내했습니다");
    assertThat(later.correction()).isNull();
  }

  @Test
  void neitherOrderNorRepeatsMatter() {
    List<Event.InquiryEvent> story = new ArrayList<>(wholeStory());
    Receipt expected = Receipt.of(story).orElseThrow();
    assertThat(expected.state()).isEqualTo(Receipt.State.AT_DESK);
    assertThat(expected.history())
        .extracting(Receipt.Entry::what)
        .containsExactly(
            "received", "escalated", "acknowledged", "resolved", "rated", "reopened", "at-desk");
    story.addAll(wholeStory());
    for (int seed = 0; seed < 200; seed++) {
      Collections.shuffle(story, new Random(seed));
      assertThat(Receipt.of(story)).as("seed %d", seed).contains(expected);
    }
  }

  private List<Event.InquiryEvent> wholeStory() {
    return List.of(
        facts.received(),
        facts.escalated(1, "roads", "도로과"),
        facts.acknowledged(1, "roads"),
        facts.resolvedByDepartment(1, "roads", "도로과"),
        facts.rated(1, 4),
        facts.reopened(1),
        facts.atDesk(2));
  }
}
