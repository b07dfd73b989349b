package barocall.intake.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.contract.Event;
import barocall.intake.IntakeStack;
import barocall.kit.events.EventPublisher;
import barocall.testkit.Backends;
import barocall.testkit.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ReceiptBindingTest extends IntakeStack {
  @Autowired private EventPublisher publisher;
  @Autowired private Receipts receipts;

  @Test
  void aMalformedRecordGoesToTheDeadLettersAndItsNeighbourIsNoted() {
    String garbage = "{\"garbage\":\"" + Backends.unique("g") + "\"}";
    Topics.shared().send("inquiry-resolved", "x", garbage.getBytes(StandardCharsets.UTF_8));
    Facts facts = facts();
    publisher.sendAndWait(facts.received());

    await().atMost(Duration.ofSeconds(90)).until(() -> stored(facts).size() == 1);
    Topics.shared()
        .read(
            "inquiry-resolved.intake-service.dead",
            records ->
                records.stream()
                    .anyMatch(
                        it ->
                            it.value() != null
                                && new String(it.value(), StandardCharsets.UTF_8).equals(garbage)));
  }

  @Test
  void factsMayComeInAnyOrderAndMoreThanOnceAndTheFirstWordsStand() {
    Facts facts = facts();
    Event.InquiryReopened first = facts.reopened(1);
    List<Event.InquiryEvent> story =
        List.of(
            facts.resolvedByDepartment(1, "roads", "도로과"),
            first,
            facts.acknowledged(1, "roads"),
            facts.received(),
            facts.escalated(1, "roads", "도로과"),
            new Event.InquiryReopened(
                first.inquiry(), first.at().plusSeconds(60), first.step(), "다른 말"),
            facts.received());
    story.forEach(publisher::sendAndWait);

    await().atMost(Duration.ofSeconds(90)).until(() -> stored(facts).size() == 5);
    Receipt receipt = Receipt.of(stored(facts)).orElseThrow();
    assertThat(receipt.state()).isEqualTo(Receipt.State.RECEIVED);
    assertThat(receipt.reopening().at()).isEqualTo(first.at());
  }

  @Test
  void noWordsOfTheCitizenAreKept() {
    Facts facts = facts();
    publisher.sendAndWait(facts.received());
    publisher.sendAndWait(facts.escalated(1, "roads", "도로과"));
    publisher.sendAndWait(facts.reopened(1));

    await().atMost(Duration.ofSeconds(90)).until(() -> stored(facts).size() == 3);
    assertThat(stored(facts).toString()).doesNotContain("내용", "제목", "아직입니다");
  }

  @Test
  void twoInquiriesMayMeetOnOneNumber() {
    String number = number();
    Facts one = new Facts(Backends.unique("gyeongju-c"), number);
    Facts two = new Facts(Backends.unique("gyeongju-c"), number);
    publisher.sendAndWait(one.received());
    publisher.sendAndWait(two.received());
    publisher.sendAndWait(two.atDesk(1));

    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> inquiries(number).values().stream().mapToInt(List::size).sum() == 3);
    assertThat(inquiries(number).get(one.received().about())).hasSize(1);
    assertThat(inquiries(number).get(two.received().about())).hasSize(2);
  }

  private static Facts facts() {
    return new Facts(Backends.unique("gyeongju-c"), number());
  }

  private static String number() {
    return String.format("%012d", System.nanoTime() % 1_000_000_000_000L);
  }

  private Map<String, List<Event.InquiryEvent>> inquiries(String number) {
    return receipts.find(number).block(Duration.ofSeconds(60));
  }

  private List<Event.InquiryEvent> stored(Facts facts) {
    Event.Inquiry inquiry = facts.received().inquiry();
    return inquiries(inquiry.receiptNumber()).getOrDefault(inquiry.inquiryId(), List.of());
  }
}
