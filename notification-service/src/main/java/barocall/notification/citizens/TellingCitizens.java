package barocall.notification.citizens;

import barocall.access.ContactSeal.Field;
import barocall.access.CredentialsException;
import barocall.access.ReceiptNumbers;
import barocall.access.Vault;
import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import barocall.kit.web.ServiceUrls;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Cases;
import barocall.notification.deliveries.Delivery;
import barocall.notification.deliveries.Delivery.Means;
import barocall.notification.deliveries.Letter;
import barocall.notification.deliveries.Letters;
import barocall.notification.deliveries.Post;
import barocall.notification.deliveries.Teller;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Citizens are told at receipt and at the end, by the way that they came, if they left an address.
 * Their contact is opened only for as long as a letter is written.
 */
@Component
class TellingCitizens implements Teller, Letters {
  private static final String RECEIVED = "received";
  private static final String RESOLVED = "resolved";

  /** Ends that a citizen does not know of already. */
  private static final Set<How> NEWS =
      EnumSet.of(How.ANSWERED, How.DONE, How.REFERRED, How.CANCELLED);

  private final Cities cities;
  private final Cases cases;
  private final ObjectProvider<Post> post;
  private final Vault vault;
  private final ServiceUrls urls;
  private final Clock clock;

  TellingCitizens(
      Cities cities,
      Cases cases,
      ObjectProvider<Post> post,
      Vault vault,
      ServiceUrls urls,
      Clock clock) {
    this.cities = cities;
    this.cases = cases;
    this.post = post;
    this.vault = vault;
    this.urls = urls;
    this.clock = clock;
  }

  @Override
  public Mono<Void> tell(InquiryEvent fact, CaseFile file, City city) {
    boolean matters =
        fact instanceof CallReceived
            || fact instanceof InquiryResolved
            || CaseFile.contactIn(fact).isPresent();
    List<Delivery> deliveries = matters ? deliveries(file, city) : List.of();
    return deliveries.isEmpty() ? Mono.empty() : post.getObject().send(deliveries);
  }

  /**
   * By the contact as it stood at that fact, or the first that reaches the citizen afterwards: what
   * is written down later must not tell the same again by another way.
   */
  private Optional<Means> means(InquiryEvent fact, CaseFile file, City city) {
    return file.contactsSince(fact).stream()
        .map(contact -> means(fact.inquiry(), contact, city))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Means> means(Inquiry inquiry, Contact contact, City city) {
    return Reach.of(inquiry.channel(), contact)
        .filter(by -> by != Means.TEXT || takesTexts(contact, city));
  }

  /** A contact that does not open is found out when it is used, where it shows as a failure. */
  private boolean takesTexts(Contact contact, City city) {
    try {
      return Reach.takesTexts(opened(contact, Means.TEXT, city));
    } catch (CredentialsException unopened) {
      return true;
    }
  }

  private List<Delivery> deliveries(CaseFile file, City city) {
    List<Delivery> deliveries = new ArrayList<>();
    file.all(CallReceived.class)
        .forEach(
            fact ->
                means(fact, file, city)
                    .ifPresent(by -> deliveries.add(delivery(fact, RECEIVED, by, city))));
    file.all(InquiryResolved.class)
        .filter(fact -> NEWS.contains(fact.how()))
        .forEach(
            fact ->
                means(fact, file, city)
                    .ifPresent(by -> deliveries.add(delivery(fact, RESOLVED, by, city))));
    return deliveries;
  }

  private Delivery delivery(InquiryEvent fact, String occasion, Means means, City city) {
    return Delivery.of(
        fact.id(),
        city.id(),
        fact.about(),
        fact.inquiry().receiptNumber(),
        fact.step(),
        occasion,
        means,
        null,
        clock.instant());
  }

  @Override
  public boolean areFor(Delivery delivery) {
    return delivery.department() == null;
  }

  @Override
  public Mono<Optional<Letter>> letter(Delivery delivery) {
    return cases.file(delivery.inquiryId()).map(file -> letter(delivery, file));
  }

  private Optional<Letter> letter(Delivery delivery, CaseFile file) {
    City city = cities.city(delivery.city()).orElse(null);
    Contact contact = file.contact().orElse(null);
    if (city == null || contact == null || !has(contact, delivery.means())) {
      return Optional.empty();
    }
    CallReceived received = file.all(CallReceived.class).findFirst().orElse(null);
    ReceiptNumbers numbers = vault.receiptNumbers();
    String number = numbers.of(file.inquiryId());
    CitizenLetter letter =
        new CitizenLetter(
            city,
            number,
            delivery.occasion().equals(RESOLVED),
            file.inquiry().map(Inquiry::receivedAt).orElse(null),
            received != null && received.outOfHours() ? city.nextOpening(received.at()) : null,
            urls.intake() + "/receipts/" + number + "?token=" + numbers.token(file.inquiryId()));
    String to = opened(contact, delivery.means(), city);
    return Optional.of(
        delivery.means() == Means.EMAIL
            ? new Letter(
                to,
                letter.subject(),
                letter.body(),
                delivery.occasion().equals(RESOLVED) && received != null ? received.id() : null)
            : new Letter(to, null, letter.text(), null));
  }

  private static boolean has(Contact contact, Means means) {
    return means == Means.EMAIL ? contact.email() != null : contact.telephone() != null;
  }

  private String opened(Contact contact, Means means, City city) {
    return means == Means.EMAIL
        ? vault.contactSeal(city.id()).open(Field.EMAIL, String.valueOf(contact.email()))
        : vault.contactSeal(city.id()).open(Field.TELEPHONE, String.valueOf(contact.telephone()));
  }
}
