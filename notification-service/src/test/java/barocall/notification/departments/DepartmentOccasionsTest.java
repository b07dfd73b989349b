package barocall.notification.departments;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.WhyKind;
import barocall.notification.cases.CaseFile;
import barocall.notification.deliveries.Delivery;
import barocall.testkit.model.Orders;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DepartmentOccasionsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");
  private static final City GYEONGJU =
      Cities.load(Path.of("../cities")).city("gyeongju").orElseThrow();
  private static final Inquiry INQUIRY =
      new Inquiry("x", "261104829137", "gyeongju", Channel.WEB, "road-damage", NOON);

  private final DepartmentOccasions occasions =
      new DepartmentOccasions(Clock.fixed(NOON, ZoneOffset.UTC));

  @Test
  void whatIsWithdrawnIsToldOnceToWhoHasItWhateverCameFirst() {
    List<InquiryEvent> life = List.of(escalated(1, "roads"), ended(2, How.CANCELLED));
    Orders.each(
        life,
        order ->
            assertThat(told(order)).containsExactly("x~1~escalated~email", "x~1~withdrawn~email"));
  }

  @Test
  void whatTheDeskTookBackIsNotWithdrawnFromTheDepartmentToo() {
    List<InquiryEvent> life =
        List.of(
            escalated(1, "roads"),
            new ComplaintRecalled(INQUIRY, NOON, 1, "roads", "agent-1", null),
            ended(3, How.CANCELLED));
    Orders.each(life, order -> assertThat(told(order)).contains("x~1~recalled~email"));
    assertThat(told(life)).containsExactly("x~1~escalated~email", "x~1~recalled~email");
  }

  @Test
  void anotherEndIsNone() {
    assertThat(told(List.of(escalated(1, "roads"), ended(2, How.ANSWERED))))
        .containsExactly("x~1~escalated~email");
  }

  /** The ids of all messages, by which each goes out once. */
  private Set<String> told(List<InquiryEvent> order) {
    Set<String> ids = new TreeSet<>();
    CaseFile file = CaseFile.empty("x");
    for (InquiryEvent fact : order) {
      file = file.told(fact);
      occasions.of(fact, file, GYEONGJU).stream()
          .map(Delivery::id)
          .map(id -> id.substring("gyeongju~".length()))
          .forEach(ids::add);
    }
    return ids;
  }

  private static InquiryResolved ended(int step, How how) {
    return new InquiryResolved(
        INQUIRY, NOON, step, how, By.AGENT, "agent-1", null, null, null, false, "so");
  }

  private static ComplaintEscalated escalated(int step, String department) {
    return new ComplaintEscalated(
        INQUIRY,
        NOON,
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
}
