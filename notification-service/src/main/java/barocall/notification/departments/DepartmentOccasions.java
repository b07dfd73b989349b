package barocall.notification.departments;

import barocall.city.City;
import barocall.city.Department;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.InquiryEvent;
import barocall.notification.cases.CaseFile;
import barocall.notification.deliveries.Delivery;
import barocall.notification.deliveries.Delivery.Means;
import barocall.notification.deliveries.Occasions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A department is told when it gets a complaint, when it is reminded and when the desk takes it
 * back, by all its ways.
 */
@Component
final class DepartmentOccasions implements Occasions {
  static final String ESCALATED = "escalated";

  private static final String RECALLED = "recalled";

  private final Clock clock;

  DepartmentOccasions(Clock clock) {
    this.clock = clock;
  }

  @Override
  public List<Delivery> of(InquiryEvent fact, CaseFile file, City city) {
    if (fact instanceof ComplaintEscalated escalated) {
      return deliveries(fact, escalated.department(), ESCALATED, city);
    }
    if (fact instanceof ComplaintReminded reminded) {
      return deliveries(fact, reminded.department(), reminded.counter(), city);
    }
    if (fact instanceof ComplaintRecalled recalled) {
      return deliveries(fact, recalled.department(), RECALLED, city);
    }
    return List.of();
  }

  private List<Delivery> deliveries(
      InquiryEvent fact, String department, String occasion, City city) {
    List<Delivery> deliveries = new ArrayList<>();
    Optional<Department> known = city.department(department);
    if (known.map(Department::email).isPresent()) {
      deliveries.add(delivery(fact, department, occasion, Means.EMAIL));
    }
    if (known.map(Department::webhook).isPresent()) {
      deliveries.add(delivery(fact, department, occasion, Means.WEBHOOK));
    }
    return deliveries;
  }

  private Delivery delivery(InquiryEvent fact, String department, String occasion, Means means) {
    return Delivery.of(
        fact.id(),
        fact.cityId(),
        fact.about(),
        fact.inquiry().receiptNumber(),
        fact.step(),
        occasion,
        means,
        department,
        clock.instant());
  }
}
