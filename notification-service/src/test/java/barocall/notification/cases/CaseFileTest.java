package barocall.notification.cases;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.WhyKind;
import barocall.notification.cases.Standing.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CaseFileTest {
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");
  private static final Inquiry INQUIRY =
      new Inquiry("gyeongju-c-1", "261104829137", "gyeongju", Channel.WEB, "road-damage", NOON);

  @Test
  void anErasedFactTakesThePlaceOfTheWholeOneAndNeverTheOtherWay() {
    ComplaintEscalated whole = escalated(1, "roads");
    CaseFile expected = told(List.of(whole.erase()));

    CaseFile after = told(List.of(whole, whole.erase(), whole));
    CaseFile before = told(List.of(whole.erase(), whole, whole.erase()));

    assertThat(after.facts()).isEqualTo(expected.facts());
    assertThat(before.facts()).isEqualTo(expected.facts());
    assertThat(before.version()).isEqualTo(expected.version());
    assertThat(after.standings().get(0).state()).isEqualTo(State.ESCALATED);
    assertThat(after.standings().get(0).escalation().dueAt()).isEqualTo(whole.dueAt());
  }

  @Test
  void standingsAreTheSameInWhateverOrderAndHoweverOftenFactsCome() {
    List<InquiryEvent> facts =
        List.of(
            escalated(1, "roads"),
            new ComplaintReturned(INQUIRY, at(2), 1, "roads", "a", "국도입니다."),
            escalated(2, "safety"),
            new ComplaintAcknowledged(INQUIRY, at(4), 2, "safety", "b"),
            resolved(2, By.DEPARTMENT, "safety"),
            new InquiryReopened(INQUIRY, at(6), 2, null),
            escalated(3, "roads"));
    var random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<InquiryEvent> shuffled = new ArrayList<>(facts);
      shuffled.addAll(facts.subList(0, random.nextInt(facts.size())));
      Collections.shuffle(shuffled, random);
      CaseFile file = told(shuffled);
      assertThat(file.facts()).hasSize(facts.size());
      assertThat(file.standings())
          .extracting(Standing::state)
          .containsExactly(State.RETURNED, State.RESOLVED, State.ESCALATED);
      assertThat(file.standing("roads").orElseThrow().escalation().step()).isEqualTo(3);
      assertThat(file.standing(2).orElseThrow().reopened()).isNotNull();
      assertThat(file.standing("parks")).isEmpty();
    }
  }

  @Test
  void anAnswerOfAnAgentAtALaterStepTakesTheCaseAway() {
    CaseFile file =
        told(
            List.of(
                resolved(2, By.AGENT, null),
                escalated(1, "roads"),
                new ComplaintAcknowledged(INQUIRY, at(2), 1, "roads", "a")));

    assertThat(file.standing(1).orElseThrow().state()).isEqualTo(State.MOVED);
    assertThat(file.standing(1).orElseThrow().isOpen()).isFalse();
  }

  @Test
  void ownDecisionThatComesBackIsMarkedAsSentAndNotKeptTwice() {
    var taken = new ComplaintAcknowledged(INQUIRY, at(2), 1, "roads", "a");
    CaseFile file = told(List.of(escalated(1, "roads"))).decided(List.of(taken));
    assertThat(file.unsent()).containsExactly(taken);

    CaseFile back = file.told(taken);

    assertThat(back.unsent()).isEmpty();
    assertThat(back.facts()).hasSize(2);
    assertThat(back.told(taken)).isSameAs(back);
  }

  @Test
  void theContactWrittenDownLastStands() {
    CaseFile file = told(List.of(described(2, "second"), described(1, "first"), escalated(1, "x")));

    assertThat(file.contact().orElseThrow().email()).isEqualTo("second");
  }

  @Test
  void contactsAreMergedFieldByFieldInTheOrderOfTheirFacts() {
    InquiryDescribed mail = described(1, "mail");
    InquiryDescribed name = described(2, new Contact("name", null, null, null));
    InquiryDescribed telephone = described(3, new Contact(null, "number", null, "hash"));
    CaseFile file = told(List.of(telephone, name, mail));

    Contact all = new Contact("name", "number", "mail", "hash");
    assertThat(file.contact()).contains(all);
    assertThat(file.contactsSince(name))
        .containsExactly(new Contact("name", null, "mail", null), all);
    assertThat(file.contactsSince(escalated(1, "roads"))).isEmpty();
  }

  private static CaseFile told(List<InquiryEvent> facts) {
    CaseFile file = CaseFile.empty("gyeongju-c-1");
    for (InquiryEvent fact : facts) {
      file = file.told(fact);
    }
    return file;
  }

  private static ComplaintEscalated escalated(int step, String department) {
    return new ComplaintEscalated(
        INQUIRY,
        at(step * 2 - 1),
        step,
        department,
        null,
        null,
        Priority.NORMAL,
        null,
        null,
        new Why(WhyKind.RULE, null, ""),
        null,
        0,
        null,
        null,
        null,
        null);
  }

  private static InquiryResolved resolved(int step, By by, @Nullable String department) {
    return new InquiryResolved(
        INQUIRY, at(5), step, How.ANSWERED, by, "b", null, department, null, false, "ok");
  }

  private static InquiryDescribed described(int revision, String email) {
    return described(revision, new Contact(null, null, email, null));
  }

  private static InquiryDescribed described(int revision, Contact contact) {
    return new InquiryDescribed(INQUIRY, at(0), 1, revision, "agent-1", null, null, null, contact);
  }

  private static Instant at(int minutes) {
    return NOON.plusSeconds(60L * minutes);
  }
}
