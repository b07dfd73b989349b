package barocall.notification.departments;

import barocall.city.Cities;
import barocall.city.City;
import barocall.city.Department;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.DepartmentTold;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Telling;
import barocall.contract.Way;
import barocall.kit.events.EventPublisher;
import barocall.kit.web.ServiceUrls;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Cases;
import barocall.notification.deliveries.Delivery;
import barocall.notification.deliveries.Delivery.Means;
import barocall.notification.deliveries.Ending;
import barocall.notification.deliveries.Letter;
import barocall.notification.deliveries.Letters;
import barocall.notification.deliveries.Post;
import barocall.notification.deliveries.Teller;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Departments are told of each complaint, and reminded, by every way that the city file gives; the
 * inbox is one of them and always works.
 */
@Component
class TellingDepartments implements Teller, Letters, Ending {
  private final Cities cities;
  private final Cases cases;
  private final DepartmentOccasions occasions;
  private final ObjectProvider<Post> post;
  private final EventPublisher publisher;
  private final ServiceUrls urls;
  private final JsonMapper json;
  private final Clock clock;

  TellingDepartments(
      Cities cities,
      Cases cases,
      DepartmentOccasions occasions,
      ObjectProvider<Post> post,
      EventPublisher publisher,
      ServiceUrls urls,
      JsonMapper json,
      Clock clock) {
    this.cities = cities;
    this.cases = cases;
    this.occasions = occasions;
    this.post = post;
    this.publisher = publisher;
    this.urls = urls;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public Mono<Void> tell(InquiryEvent fact, CaseFile file, City city) {
    List<Delivery> deliveries = occasions.of(fact, file, city);
    Mono<Void> sent = deliveries.isEmpty() ? Mono.empty() : post.getObject().send(deliveries);
    return fact instanceof ComplaintEscalated escalated
        ? sent.then(Mono.defer(() -> publisher.send(stoodInTheInbox(escalated))))
        : sent;
  }

  private DepartmentTold stoodInTheInbox(ComplaintEscalated escalated) {
    return new DepartmentTold(
        escalated.inquiry(),
        clock.instant(),
        escalated.step(),
        Way.INBOX,
        1,
        Telling.TOLD,
        escalated.department(),
        1,
        null);
  }

  @Override
  public boolean areFor(Delivery delivery) {
    return delivery.department() != null;
  }

  @Override
  public Mono<Optional<Letter>> letter(Delivery delivery) {
    return cases.file(delivery.inquiryId()).map(file -> letter(delivery, file));
  }

  private Optional<Letter> letter(Delivery delivery, CaseFile file) {
    City city = cities.city(delivery.city()).orElse(null);
    ComplaintEscalated escalation =
        file.standing(delivery.step()).map(standing -> standing.escalation()).orElse(null);
    if (city == null || escalation == null) {
      return Optional.empty();
    }
    ComplaintReminded reminded =
        file.all(ComplaintReminded.class)
            .filter(it -> it.id().equals(delivery.eventId()))
            .findFirst()
            .orElse(null);
    DepartmentLetter.Over over = over(delivery, file).orElse(null);
    Department department = city.department(escalation.department()).orElse(null);
    return department == null
        ? Optional.empty()
        : written(delivery, escalation, reminded, over, city, department);
  }

  private Optional<Letter> written(
      Delivery delivery,
      ComplaintEscalated escalation,
      @Nullable ComplaintReminded reminded,
      DepartmentLetter.@Nullable Over over,
      City city,
      Department department) {
    var letter =
        new DepartmentLetter(
            escalation,
            reminded,
            over,
            city,
            department.name().in(city.language()),
            link(escalation, city));
    if (delivery.means() == Means.WEBHOOK) {
      return Optional.ofNullable(department.webhook())
          .map(
              url ->
                  new Letter(
                      url.toString(), null, json.writeValueAsString(letter.payload()), null));
    }
    return Optional.ofNullable(department.email())
        .map(
            address ->
                new Letter(
                    address,
                    letter.subject(),
                    letter.body(),
                    reminded == null && over == null ? null : escalation.id()));
  }

  private static Optional<DepartmentLetter.Over> over(Delivery delivery, CaseFile file) {
    return file.all(InquiryEvent.class)
        .filter(it -> it.id().equals(delivery.eventId()))
        .filter(it -> it instanceof ComplaintRecalled || it instanceof InquiryResolved)
        .findFirst()
        .map(it -> new DepartmentLetter.Over(it instanceof InquiryResolved, it.at()));
  }

  private String link(ComplaintEscalated escalation, City city) {
    return "%s/%s/departments/%s/inbox?case=%s"
        .formatted(
            urls.notification(),
            city.id(),
            encoded(escalation.department()),
            encoded(escalation.about()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Only the first telling counts for the others; reminders are told by an event of their own. */
  @Override
  public Mono<Void> of(Delivery delivery) {
    if (delivery.department() == null
        || !delivery.occasion().equals(DepartmentOccasions.ESCALATED)) {
      return Mono.empty();
    }
    return cases
        .file(delivery.inquiryId())
        .flatMap(
            file ->
                Mono.justOrEmpty(file.standing(delivery.step()))
                    .flatMap(standing -> publisher.send(told(delivery, standing.escalation()))));
  }

  private DepartmentTold told(Delivery delivery, ComplaintEscalated escalation) {
    boolean told = delivery.state() == Delivery.State.TOLD;
    return new DepartmentTold(
        escalation.inquiry(),
        delivery.settledAt() == null ? clock.instant() : delivery.settledAt(),
        delivery.step(),
        delivery.means() == Means.WEBHOOK ? Way.WEBHOOK : Way.EMAIL,
        delivery.sending(),
        told ? Telling.TOLD : Telling.GIVEN_UP,
        escalation.department(),
        delivery.attempts(),
        told ? null : delivery.lastError());
  }
}
