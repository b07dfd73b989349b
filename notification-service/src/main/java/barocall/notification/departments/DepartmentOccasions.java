package barocall.notification.departments;

import barocall.city.City;
import barocall.city.Department;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Standing;
import barocall.notification.deliveries.Delivery;
import barocall.notification.deliveries.Delivery.Means;
import barocall.notification.deliveries.Occasions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A department is told when it gets a complaint, when it is reminded, when the desk takes it back
 * and when the citizen does, by all its ways.
 */
@Component
final class DepartmentOccasions implements Occasions {
  static final String ESCALATED = "escalated";

  private static final String RECALLED = "recalled";
  private static final String WITHDRAWN = "withdrawn";

  private final Clock clock;

  DepartmentOccasions(Clock clock) {
    this.clock = clock;
  }

  @Override
  public List<Delivery> of(InquiryEvent fact, CaseFile file, City city) {
    if (fact instanceof ComplaintEscalated escalated) {
      List<Delivery> deliveries =
          new ArrayList<>(deliveries(fact, fact.step(), escalated.department(), ESCALATED, city));
      // Either of the two may be known first.
      deliveries.addAll(withdrawals(file, city));
      return deliveries;
    }
    if (fact instanceof InquiryResolved) {
      return withdrawals(file, city);
    }
    if (fact instanceof ComplaintReminded reminded) {
      return deliveries(fact, fact.step(), reminded.department(), reminded.counter(), city);
    }
    if (fact instanceof ComplaintRecalled recalled) {
      return deliveries(fact, fact.step(), recalled.department(), RECALLED, city);
    }
    return List.of();
  }

  private List<Delivery> withdrawals(CaseFile file, City city) {
    List<Delivery> deliveries = new ArrayList<>();
    for (Standing standing : file.standings()) {
      InquiryResolved withdrawn = standing.withdrawn();
      if (withdrawn != null) {
        ComplaintEscalated escalation = standing.escalation();
        deliveries.addAll(
            deliveries(withdrawn, escalation.step(), escalation.department(), WITHDRAWN, city));
      }
    }
    return deliveries;
  }

  /**
   * @param step of the escalation that it is about
   */
  private List<Delivery> deliveries(
      InquiryEvent fact, int step, String department, String occasion, City city) {
    List<Delivery> deliveries = new ArrayList<>();
    Optional<Department> known = city.department(department);
    if (known.map(Department::email).isPresent()) {
      deliveries.add(delivery(fact, step, department, occasion, Means.EMAIL));
    }
    if (known.map(Department::webhook).isPresent()) {
      deliveries.add(delivery(fact, step, department, occasion, Means.WEBHOOK));
    }
    return deliveries;
  }

  private Delivery delivery(
      InquiryEvent fact, int step, String department, String occasion, Means means) {
    return Delivery.of(
        fact.id(),
        fact.cityId(),
        fact.about(),
        fact.inquiry().receiptNumber(),
        step,
        occasion,
        means,
        department,
        clock.instant());
  }
}
