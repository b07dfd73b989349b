package barocall.notification.cases;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Door;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.RecallRequested;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.Reminder;
import barocall.contract.WhyKind;
import barocall.testkit.model.Orders;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Facts of one inquiry in every order, each of them again at every moment: the same case. */
class EveryOrderTest {
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");
  private static final Inquiry INQUIRY =
      new Inquiry("gyeongju-c-1", "261104829137", "gyeongju", Channel.WEB, "road-damage", NOON);
  private static final Why WHY = new Why(WhyKind.RULE, "pothole", "A rule.");

  private static final CallReceived RECEIVED =
      new CallReceived(
          INQUIRY,
          NOON,
          0,
          Door.INQUIRIES,
          null,
          null,
          null,
          false,
          null,
          "words",
          null,
          new Contact("name", null, "mail", null),
          null);
  private static final ComplaintEscalated TO_ROADS = escalated(1, "roads", NOON);

  static Stream<List<InquiryEvent>> lives() {
    return Stream.of(
        // Sent back by one department, answered at once by another, and asked again.
        List.of(
            TO_ROADS,
            new ComplaintReturned(INQUIRY, at(1), 1, "roads", "a", "Not ours."),
            escalated(2, "parks", at(1)),
            new ComplaintAcknowledged(INQUIRY, at(2), 2, "parks", "b"),
            resolved(2, "parks", at(2)),
            new InquiryReopened(INQUIRY, at(3), 2, "again"),
            escalated(3, "parks", at(3))),
        // Taken back by the desk, and with another department since.
        List.of(
            TO_ROADS,
            new RecallRequested(INQUIRY, at(1), 1, "agent-1", "Parks."),
            new ComplaintRecalled(INQUIRY, at(2), 1, "roads", "agent-1", "Parks."),
            new ComplaintRecalled(INQUIRY, at(2), 1, "roads", "agent-1", "Parks.").erase(),
            new InquiryAssigned(INQUIRY, at(3), 2, WHY, null, false, List.of(), List.of()),
            escalated(3, "parks", at(4)),
            new ComplaintAcknowledged(INQUIRY, at(5), 3, "parks", "b")),
        // Answered by an agent and put right twice in one moment, then asked again.
        List.of(
            RECEIVED,
            new InquiryAssigned(INQUIRY, NOON, 1, WHY, null, false, List.of(), List.of()),
            new InquiryResolved(
                INQUIRY, at(1), 2, How.ANSWERED, By.AGENT, "a", null, null, null, true, "answer"),
            new AnswerCorrected(INQUIRY, at(2), 2, 1, "a", "better"),
            new AnswerCorrected(INQUIRY, at(2), 2, 2, "b", "best"),
            new InquiryReopened(INQUIRY, at(3), 2, "again")),
        // Erased, each event perhaps before its own words.
        List.of(
            RECEIVED,
            RECEIVED.erase(),
            TO_ROADS,
            TO_ROADS.erase(),
            new ComplaintAcknowledged(INQUIRY, at(1), 1, "roads", "a"),
            resolved(1, "roads", at(2)),
            resolved(1, "roads", at(2)).erase()),
        // Written down twice at the desk in one moment, then passed on.
        List.of(
            RECEIVED,
            new InquiryAssigned(INQUIRY, NOON, 1, WHY, null, false, List.of(), List.of()),
            described(1, "waste", new Contact("one", null, null, null)),
            described(2, "noise", new Contact("two", "number", null, "hash")),
            escalated(2, "environment", at(1)),
            new ComplaintReminded(INQUIRY, at(2), 2, Reminder.REMINDER, 1, "environment", null),
            new ComplaintAcknowledged(INQUIRY, at(2), 2, "environment", "b")));
  }

  @ParameterizedTest
  @MethodSource("lives")
  void theCaseIsTheSame(List<InquiryEvent> life) {
    List<Object> expected = seen(folded(life));

    Orders.each(
        life,
        order -> {
          List<Object> seen = seen(folded(order));
          if (!seen.equals(expected)) {
            assertThat(seen).as("in the order %s", order).isEqualTo(expected);
          }
        });
  }

  /** Everything that anybody is shown or told of a case. */
  private static List<Object> seen(CaseFile file) {
    return List.of(
        file.all(InquiryEvent.class).toList(),
        file.standings(),
        file.contact(),
        file.inquiry(),
        file.contactsSince(TO_ROADS),
        file.unsent());
  }

  private static CaseFile folded(List<InquiryEvent> order) {
    CaseFile file = CaseFile.empty("gyeongju-c-1");
    for (int i = 0; i < order.size(); i++) {
      file = file.told(order.get(i));
      for (InquiryEvent again : order.subList(0, i + 1)) {
        if (file.told(again) != file) {
          throw new AssertionError(again.id() + " came again and changed the case: " + order);
        }
      }
    }
    return file;
  }

  private static ComplaintEscalated escalated(int step, String department, Instant at) {
    return new ComplaintEscalated(
        INQUIRY,
        at,
        step,
        department,
        null,
        null,
        Priority.NORMAL,
        null,
        null,
        WHY,
        null,
        0,
        null,
        "words",
        null,
        new Contact("name", null, "mail", null));
  }

  private static InquiryResolved resolved(int step, String department, Instant at) {
    return new InquiryResolved(
        INQUIRY,
        at,
        step,
        How.ANSWERED,
        By.DEPARTMENT,
        "b",
        null,
        department,
        null,
        false,
        "answer");
  }

  private static InquiryDescribed described(int revision, String category, Contact contact) {
    return new InquiryDescribed(
        INQUIRY.withCategory(category), at(1), 1, revision, "agent-1", null, null, null, contact);
  }

  private static Instant at(int minutes) {
    return NOON.plusSeconds(60L * minutes);
  }
}
